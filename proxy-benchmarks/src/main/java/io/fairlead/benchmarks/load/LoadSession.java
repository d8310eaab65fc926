package io.fairlead.benchmarks.load;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The open connections of one scenario to all its peers, and the phases of loading one of them.
 *
 * <p>Used by the control thread, which sleeps while the loop works. A slice is: start the load, let
 * it settle, note time, replies and CPU times, wait, note them again, stop, take the replies that
 * are still on their way. The load goes on while {@code /proc} is read, at both ends alike, so the
 * millisecond this takes cancels out.
 */
public final class LoadSession implements AutoCloseable {
  private static final long POLL_MILLIS = 5;
  private static final double PRELOAD_LIMIT_SECONDS = 120;
  private static final double LAST_REPLIES_LIMIT_SECONDS = 6;

  private final GeneratorSettings settings;
  private final Keyspace keyspace;
  private final Tally tally = new Tally();
  private final LoadLoop loop = new LoadLoop(tally);
  private final Map<String, Target> targets = new LinkedHashMap<>();
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final List<Long> self = List.of(ProcessHandle.current().pid());

  private record Mark(
      long nanos,
      long replies,
      long allocated,
      ProcessSample peer,
      ProcessSample backends,
      ProcessSample generator,
      long busyNanos) {}

  public LoadSession(GeneratorSettings settings) throws IOException {
    this.settings = settings;
    Scenario scenario = settings.scenario();
    keyspace = new Keyspace(scenario.keys(), scenario.valueBytes());
    for (var peer : settings.peers().entrySet()) {
      Target target = new Target(peer.getValue(), loop.selector(), scenario, keyspace, tally);
      targets.put(peer.getKey(), target);
    }
    loop.start();
  }

  /** Sets every key through a peer. */
  public void preload(String peer) throws IOException, InterruptedException {
    Target target = target(peer);
    Workload.Preload sets = new Workload.Preload(keyspace);
    loop.ask(() -> beginClosed(target, sets));
    double waited = 0;
    while (!loop.ask(sets::isDone) && waited < PRELOAD_LIMIT_SECONDS) {
      waited += pollOnce();
    }
    end(target);
    if (!loop.ask(sets::isDone) || tally.problem() != null) {
      String problem = tally.problem();
      tally.clearFaults();
      throw new IOException("preload of " + peer + ": " + (problem == null ? "late" : problem));
    }
  }

  /** Loads a peer without measuring it; faults show in the next measurement. */
  public void warm(String peer, Pacing pacing, double seconds)
      throws IOException, InterruptedException {
    Target target = target(peer);
    begin(target, pacing, seconds, 0);
    sleep(seconds);
    end(target);
  }

  public Measurement slice(String peer, Pacing pacing, double settle, double seconds, long seed)
      throws IOException, InterruptedException {
    Target target = target(peer);
    begin(target, pacing, settle + seconds, seed);
    sleep(settle);
    Mark from = mark(peer, true);
    sleep(seconds);
    Mark to = mark(peer, false);
    end(target);
    Measurement measured = loop.ask(() -> measurement(from, to));
    tally.clearFaults();
    return measured;
  }

  @Override
  public void close() throws IOException {
    loop.close();
    for (Target target : targets.values()) {
      target.close();
    }
  }

  private void begin(Target target, Pacing pacing, double seconds, long seed)
      throws IOException, InterruptedException {
    Workload mixed = new Workload.Mixed(settings.scenario(), keyspace, seed);
    if (pacing == Pacing.CLOSED) {
      loop.ask(() -> beginClosed(target, mixed));
      return;
    }
    // Somewhat longer than needed: a sleep ends late, never early.
    Arrivals due = Arrivals.poisson(settings.openRate(), seconds * 1.1 + 0.5, seed);
    loop.ask(
        () -> {
          loop.beginOpen(target, mixed, due);
          return true;
        });
  }

  private boolean beginClosed(Target target, Workload workload) {
    loop.beginClosed(target, workload, settings.scenario().pipelined());
    return true;
  }

  private void end(Target target) throws IOException, InterruptedException {
    loop.ask(
        () -> {
          loop.end();
          return true;
        });
    double waited = 0;
    while (loop.ask(target::outstanding) > 0 && waited < LAST_REPLIES_LIMIT_SECONDS) {
      waited += pollOnce();
    }
    loop.ask(target::closeUnanswered);
  }

  private Mark mark(String peer, boolean begins) throws IOException, InterruptedException {
    long[] seen =
        loop.ask(
            () -> {
              long now = System.nanoTime();
              if (begins) {
                tally.startCounting(now);
              } else {
                tally.stopCounting();
              }
              return new long[] {now, tally.replies()};
            });
    return new Mark(
        seen[0],
        seen[1],
        threads.getThreadAllocatedBytes(loop.thread().getId()),
        ProcessSample.of(peer(peer).pids()),
        ProcessSample.of(settings.backends()),
        ProcessSample.of(self),
        ProcessSample.machineBusyNanos());
  }

  private Measurement measurement(Mark from, Mark to) {
    String problem = tally.problem();
    return new Measurement(
        (to.nanos - from.nanos) / 1e9,
        to.replies - from.replies,
        to.peer.cpuNanosSince(from.peer),
        to.backends.cpuNanosSince(from.backends),
        to.generator.cpuNanosSince(from.generator),
        to.busyNanos - from.busyNanos,
        tally.latency().percentile(0.5),
        tally.latency().percentile(0.99),
        tally.lateness().percentile(0.99),
        to.peer.residentKib(),
        to.peer.voluntarySwitches() - from.peer.voluntarySwitches(),
        to.allocated - from.allocated,
        tally.wrong(),
        tally.misses(),
        tally.errors(),
        problem == null ? "" : problem);
  }

  private GeneratorSettings.LoadedPeer peer(String name) throws IOException {
    GeneratorSettings.LoadedPeer peer = settings.peers().get(name);
    if (peer == null) {
      throw new IOException("no peer " + name);
    }
    return peer;
  }

  private Target target(String name) throws IOException {
    Target target = targets.get(name);
    if (target == null) {
      throw new IOException("no peer " + name);
    }
    return target;
  }

  private static double pollOnce() throws InterruptedException {
    Thread.sleep(POLL_MILLIS);
    return POLL_MILLIS / 1e3;
  }

  private static void sleep(double seconds) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep((long) (seconds * 1e9));
  }
}
