package io.fairlead.benchmarks.start;

import io.fairlead.benchmarks.load.GeneratorSettings;
import io.fairlead.benchmarks.load.GeneratorSettings.LoadedPeer;
import io.fairlead.benchmarks.load.LoadSession;
import io.fairlead.benchmarks.load.Measurement;
import io.fairlead.benchmarks.load.Pacing;
import io.fairlead.benchmarks.load.ProcessSample;
import io.fairlead.benchmarks.load.Scenario;
import io.fairlead.benchmarks.peers.Backends;
import io.fairlead.benchmarks.peers.OwnedProcesses;
import io.fairlead.benchmarks.report.Spread;
import io.fairlead.benchmarks.report.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Starts the proxy again and again, and measures how long it takes and how fast it is in its first
 * seconds. Run it through the script {@code start}.
 *
 * <p>The load comes from this process, which is as warm as it gets by then, and connects when the
 * proxy is ready. All keys are on all servers before, so that no proxy has to be asked to store
 * them.
 */
public final class StartMeasurement {
  private static final int SERVERS = 3;
  private static final double GENERATOR_SECONDS = 5;
  private static final String PROXY = "proxy";
  private static final double MILLION = 1e6;

  private final StartOptions options;
  private final OwnedProcesses processes;
  private final Backends servers;

  /** One start: milliseconds and MiB. */
  private record Figures(
      double accepting, double ready, double mib, double first, double warm, double loadedMib) {}

  private StartMeasurement(StartOptions options, OwnedProcesses processes, Backends servers) {
    this.options = options;
    this.processes = processes;
    this.servers = servers;
  }

  /** Prints a table; {@link StartOptions#USAGE} explains the arguments. */
  public static void main(String[] args) throws IOException, InterruptedException {
    if (List.of(args).contains("--help")) {
      System.out.print(StartOptions.USAGE);
      return;
    }
    StartOptions options;
    try {
      options = StartOptions.of(args);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + "\n\n" + StartOptions.USAGE);
      System.exit(2);
      return;
    }
    try (OwnedProcesses processes = OwnedProcesses.inTemporaryDirectory()) {
      Backends servers = Backends.start(processes, SERVERS);
      new StartMeasurement(options, processes, servers).run();
    }
  }

  /** The ways to start take turns, so that what changes on the machine changes all of them. */
  private void run() throws IOException, InterruptedException {
    if (options.loadSeconds > 0) {
      prepare();
    }
    start("servers", "false"); // makes the class-data archive when there is none
    Map<String, List<Figures>> figures = new LinkedHashMap<>();
    for (int i = 0; i < options.starts; i++) {
      for (String by : options.by) {
        for (String warmUp : options.warmUps) {
          figures
              .computeIfAbsent("by " + by + ", warm-up " + warmUp, way -> new ArrayList<>())
              .add(start(by, warmUp));
        }
      }
    }
    System.out.print(table(figures).plain());
  }

  /** Stores every key on every server, and warms up the generator. */
  private void prepare() throws IOException, InterruptedException {
    for (int i = 0; i < SERVERS; i++) {
      try (LoadSession load = session(servers.ports().get(i), servers.pids().get(i))) {
        load.preload(PROXY);
        load.warm(PROXY, Pacing.OPEN, GENERATOR_SECONDS / SERVERS);
      }
    }
  }

  private LoadSession session(int port, long pid) throws IOException {
    LoadedPeer peer = new LoadedPeer(port, false, List.of(pid));
    return new LoadSession(
        new GeneratorSettings(Scenario.A, options.rate, Map.of(PROXY, peer), servers.pids()));
  }

  private Figures start(String by, String warmUp) throws IOException, InterruptedException {
    TimedStart start =
        TimedStart.of(options.root, by.equals("file"), warmUp, servers.ports(), processes);
    try {
      return measured(start);
    } finally {
      processes.end(start.process());
    }
  }

  private Figures measured(TimedStart start) throws IOException, InterruptedException {
    double accepting = start.acceptingNanos() / MILLION;
    double ready = start.readyNanos() / MILLION;
    double mib = mib(start.process());
    if (options.loadSeconds == 0) {
      return new Figures(accepting, ready, mib, Double.NaN, Double.NaN, Double.NaN);
    }
    try (LoadSession load = session(start.port(), start.process().pid())) {
      Measurement first = load.slice(PROXY, Pacing.OPEN, 0, options.loadSeconds, 1);
      load.warm(PROXY, Pacing.OPEN, options.pauseSeconds);
      Measurement warm = load.slice(PROXY, Pacing.OPEN, 0, options.loadSeconds, 2);
      requireClean(first);
      requireClean(warm);
      return new Figures(
          accepting,
          ready,
          mib,
          first.p99Nanos() / MILLION,
          warm.p99Nanos() / MILLION,
          mib(start.process()));
    }
  }

  private static double mib(Process process) throws IOException {
    return ProcessSample.of(List.of(process.pid())).residentKib() / 1024.0;
  }

  private static void requireClean(Measurement measurement) throws IOException {
    if (!measurement.isClean()) {
      throw new IOException("not every reply was right: " + measurement.problem());
    }
  }

  private static Table table(Map<String, List<Figures>> figures) {
    Table table =
        new Table(
            List.of(
                "started",
                "accepting ms",
                "ready ms",
                "MiB when ready",
                "first p99 ms",
                "warm p99 ms",
                "ratio",
                "MiB in the end"));
    figures.forEach(
        (way, all) ->
            table.add(
                List.of(
                    way,
                    text(all, Figures::accepting, 0),
                    text(all, Figures::ready, 0),
                    text(all, Figures::mib, 0),
                    text(all, Figures::first, 2),
                    text(all, Figures::warm, 2),
                    text(all, each -> each.first() / each.warm(), 1),
                    text(all, Figures::loadedMib, 0))));
    return table;
  }

  private static String text(List<Figures> all, ToDoubleFunction<Figures> figure, int digits) {
    return Spread.of(all.stream().mapToDouble(figure).toArray()).text(digits);
  }
}
