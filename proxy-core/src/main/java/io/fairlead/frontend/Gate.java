package io.fairlead.frontend;

import io.fairlead.config.LoadSettings;
import io.fairlead.loop.ProxyLoop;
import io.fairlead.metrics.Counter;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lets so many requests of an event loop's clients be under way, and lets clients that have more
 * wait in line.
 *
 * <pre>
 *   a client's request --- room, nobody in line --------> goes on
 *                      --- else: the client stands in line, and is not read from
 *                            |  a request ends: the first in line is called
 *                            +--> goes on, or is refused when it has waited too long
 *                      --- the line is full ------------> is refused
 * </pre>
 */
public final class Gate {
  /*
   * What waits is a client and not a request: nothing is copied or allocated, and a client that sends
   * many requests at once stands in line once, however many they are. mcrouter has a queue of requests
   * instead. Whoever is refused here would have been refused there, as each client in line has at least
   * one request that waits.
   *
   * A client that is called may have lost interest (it has closed, or does not read its replies), and
   * then leaves its place unused. So the line is looked at from time to time, too.
   */
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final ProxyLoop loop;
  private final int most;
  private final int mostWaiting;
  private final long timeoutNanos;
  private final ArrayDeque<GatePass> line = new ArrayDeque<>();
  private final Runnable look = this::look;
  private int inFlight;
  private boolean looks;

  private Gate(ProxyLoop loop, LoadSettings load) {
    this.loop = loop;
    this.most = load.requests();
    this.mostWaiting = load.waiting() == 0 ? Integer.MAX_VALUE : load.waiting();
    boolean isBounded = !load.waitingTimeout().isZero();
    this.timeoutNanos = isBounded ? load.waitingTimeout().toNanos() : Long.MAX_VALUE;
  }

  /** The gate of an event loop; null when any number of requests may be under way. */
  public static @Nullable Gate of(ProxyLoop loop, LoadSettings load) {
    return load.requests() == 0 ? null : new Gate(loop, load);
  }

  /** What becomes of a request. */
  enum Verdict {
    GO,
    WAIT,
    REFUSE
  }

  /** Decides on the next request of a client, which stands in line when it has to wait. */
  Verdict verdict(GatePass pass) {
    boolean wasCalled = pass.wasCalled();
    if (wasCalled && isOver(pass)) {
      callNext(); // because it leaves its place to another
      return Verdict.REFUSE;
    }
    if (inFlight < most && (wasCalled || line.isEmpty())) {
      return Verdict.GO;
    }
    if (wasCalled) { // somebody was faster
      line.addFirst(pass);
      pass.standsInLine();
    } else if (line.size() < mostWaiting) {
      line.addLast(pass);
      pass.standsInLine(loop.now());
    } else {
      return Verdict.REFUSE;
    }
    onLineChanged();
    lookLater();
    return Verdict.WAIT;
  }

  private boolean isOver(GatePass pass) {
    return timeoutNanos != Long.MAX_VALUE && loop.now() - pass.waitsSince() >= timeoutNanos;
  }

  /** A request, or one key of it, goes on. */
  void enter() {
    inFlight++;
  }

  /** It is over. */
  void leave() {
    inFlight--;
    assert inFlight >= 0;
    if (!line.isEmpty()) {
      callNext();
    }
  }

  private void callNext() {
    if (inFlight < most && !line.isEmpty()) {
      call();
    }
  }

  private void call() {
    GatePass first = line.removeFirst();
    onLineChanged();
    first.call();
  }

  /** A client that stands in line is gone. */
  void forget(GatePass pass) {
    line.remove(pass);
    onLineChanged();
  }

  private void onLineChanged() {
    loop.stats().set(Counter.CLIENTS_WAITING, line.size());
  }

  private void lookLater() {
    if (!looks) {
      looks = true;
      loop.later(look, LOOK_NANOS);
    }
  }

  private void look() {
    looks = false;
    for (int room = most - inFlight; room > 0 && !line.isEmpty(); room--) {
      call();
    }
    while (!line.isEmpty() && isOver(line.getFirst())) {
      call();
    }
    if (!line.isEmpty()) {
      lookLater();
    }
  }
}
