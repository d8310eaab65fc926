package io.fairlead.server.top;

import io.fairlead.server.remote.RemoteException;
import io.fairlead.server.remote.Snapshot;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/** Asks a proxy again and again, on a thread of its own, as it may take its time. */
public final class Feed {
  private final Source source;
  private final long intervalNanos;

  /** Who is asked. */
  public interface Source {
    Snapshot snapshot() throws RemoteException;
  }

  public Feed(Source source, Duration interval) {
    this.source = source;
    this.intervalNanos = interval.toNanos();
  }

  /** How long it is between two questions, when they are answered soon. */
  long intervalNanos() {
    return intervalNanos;
  }

  /** Tells {@code events} of each answer, from now to the end of the process. */
  void start(Queue<Event> events) {
    Thread thread = new Thread(() -> run(events), "top-feed");
    thread.setDaemon(true);
    thread.start();
  }

  private void run(Queue<Event> events) {
    try {
      events.add(ask()); // the first takes longest
      long due = System.nanoTime();
      while (true) {
        // One that is late is not made up for.
        due = Math.max(due + intervalNanos, System.nanoTime());
        TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
        events.add(ask());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      events.add(new Event.Failed(e));
    }
  }

  private Event ask() {
    try {
      return new Event.Answered(source.snapshot());
    } catch (RemoteException e) {
      return new Event.NotAnswered(e);
    }
  }
}
