package io.fairlead.backend;

import io.fairlead.health.ServerHealth;
import io.fairlead.loop.ProxyLoop;
import io.fairlead.metrics.Counter;

/** Sends the probes of a server when they are due, while that is up to this event loop. */
final class Prober {
  private final ProxyLoop loop;
  private final Server server;
  private final ServerHealth health;
  private final Runnable onProbed;

  /** Of the timers that were started, the one that counts. */
  private int timer;

  private boolean isMine;
  private boolean isAsking;
  private boolean stopped;

  /**
   * @param onProbed called when the health knows the outcome of a probe
   */
  Prober(ProxyLoop loop, Server server, ServerHealth health, Runnable onProbed) {
    this.loop = loop;
    this.server = server;
    this.health = health;
    this.onProbed = onProbed;
  }

  /** Something has changed: probes, or no longer, or sooner than it was going to. */
  void follow(boolean probes) {
    isMine = probes;
    timer++;
    if (probes) {
      schedule();
    }
  }

  private void schedule() {
    if (stopped || isAsking) {
      return;
    }
    int mine = ++timer;
    loop.later(
        () -> {
          if (mine == timer) {
            probe();
          }
        },
        health.nanosToProbe());
  }

  private void probe() {
    isAsking = true;
    loop.stats().count(Counter.PROBES);
    new Probe(loop, server, this::onProbed).start();
  }

  private void onProbed(boolean answered) {
    isAsking = false;
    if (stopped) {
      return;
    }
    health.probed(answered, answered && server.availability().mayReturn());
    onProbed.run();
    if (isMine) {
      schedule();
    }
  }

  void stop() {
    stopped = true;
    timer++;
  }
}
