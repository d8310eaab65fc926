package io.fairlead.config;

import io.fairlead.config.EjectSettings.InPanic;
import io.fairlead.config.EjectSettings.PanicSettings;
import io.fairlead.config.EjectSettings.ProbeSettings;
import io.fairlead.config.EjectSettings.WhileEjected;
import java.time.Duration;

/**
 * When servers are ejected, each setting at its default until it is given.
 *
 * <p>Where keys move, few servers may be out: those that are left get their load. Where no key
 * moves, a server that is out harms nobody else, so that all may be.
 */
public final class EjectBuilder {
  private static final int USUAL_AT_MOST = 34;
  private static final PanicSettings USUAL_PANIC = new PanicSettings(50, InPanic.ERROR);

  private final WhileEjected then;
  private int failures = 3;

  /** As many as failures of any kind, unless given. */
  private int connectFailures;

  private Duration time = Duration.ofSeconds(1);
  private Duration longestTime = Duration.ofSeconds(60);
  private int atMost;
  private Duration ramp = Duration.ofSeconds(10);
  private ProbeSettings probe = new ProbeSettings(Duration.ofMillis(250), Duration.ofSeconds(10));
  private PanicSettings panic;

  EjectBuilder(WhileEjected then) {
    this.then = then;
    this.atMost = then == WhileEjected.REHASH ? USUAL_AT_MOST : EjectSettings.ALL;
    this.panic = then == WhileEjected.REHASH ? USUAL_PANIC : PanicSettings.NEVER;
  }

  public EjectBuilder failures(int value) {
    failures = value;
    return this;
  }

  public EjectBuilder connectFailures(int value) {
    connectFailures = value;
    return this;
  }

  public EjectBuilder time(Duration least, Duration longest) {
    time = least;
    longestTime = longest;
    return this;
  }

  public EjectBuilder atMost(int percent) {
    atMost = percent;
    return this;
  }

  public EjectBuilder ramp(Duration value) {
    ramp = value;
    return this;
  }

  public EjectBuilder probe(Duration first, Duration longest) {
    probe = new ProbeSettings(first, longest);
    return this;
  }

  public EjectBuilder panic(PanicSettings value) {
    panic = value;
    return this;
  }

  /** All servers may be out, and nothing is done about it. */
  public EjectBuilder unbounded() {
    return atMost(EjectSettings.ALL).panic(PanicSettings.NEVER);
  }

  /** A server is out for so long, however often, and then tested again and again after as long. */
  public EjectBuilder every(Duration pause) {
    return time(pause, pause).probe(pause, pause);
  }

  public EjectSettings build() {
    return new EjectSettings(
        true,
        failures,
        connectFailures == 0 ? failures : connectFailures,
        time,
        longestTime,
        atMost,
        ramp,
        probe,
        panic,
        then);
  }
}
