package io.fairlead.benchmarks;

import io.fairlead.benchmarks.load.Pacing;
import io.fairlead.benchmarks.load.Scenario;
import io.fairlead.benchmarks.peers.Backends;
import io.fairlead.benchmarks.peers.OwnedProcesses;
import io.fairlead.benchmarks.report.Bar;
import io.fairlead.benchmarks.report.Chart;
import io.fairlead.benchmarks.report.JsonReport;
import io.fairlead.benchmarks.report.Report;
import io.fairlead.benchmarks.report.Slices;
import io.fairlead.benchmarks.report.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Measures the proxy next to nutcracker, before the same memcached servers, and prints what each
 * costs. Run it through the script {@code compare}; {@code README.md} says how to read the result.
 */
public final class Comparison {
  private static final int FINE = 0;
  private static final int WRONG_REPLIES = 1;
  private static final int WRONG_USAGE = 2;
  private static final int BAR_MISSED = 3;
  private static final int COULD_NOT_RUN = 4;

  private Comparison() {}

  /** Runs the comparison; {@link Options#USAGE} explains arguments and exit status. */
  public static void main(String[] args) throws InterruptedException {
    if (List.of(args).contains("--help")) {
      System.out.print(Options.USAGE);
      return;
    }
    System.exit(run(args));
  }

  /** Everything but the end of the process: returns its status. */
  static int run(String... args) throws InterruptedException {
    try {
      Options options = Options.of(args);
      List<Bar> bars = options.check == null ? List.of() : Bar.read(options.check);
      return report(options, bars, measure(options));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + "\n\n" + Options.USAGE);
      return WRONG_USAGE;
    } catch (IOException e) {
      System.err.println(e.getMessage());
      return COULD_NOT_RUN;
    }
  }

  private static Slices measure(Options options) throws IOException, InterruptedException {
    Slices slices = new Slices();
    try (OwnedProcesses processes = OwnedProcesses.inTemporaryDirectory()) {
      Backends backends = Backends.start(processes, options.servers);
      Measuring measuring = new Measuring(options, backends, processes, slices);
      for (int session = 0; session < options.sessions; session++) {
        measuring.session(session);
      }
    }
    return slices;
  }

  private static int report(Options options, List<Bar> bars, Slices slices) throws IOException {
    System.out.println(machine() + "\n");
    Report report = new Report(slices, options.reference(), options.isMarkdown);
    for (Scenario scenario : options.scenarios) {
      for (Pacing pacing : Pacing.values()) {
        String section = report.section(scenario, pacing);
        System.out.print(section.isEmpty() ? "" : section + "\n");
      }
    }
    if (options.json != null) {
      Files.writeString(options.json, JsonReport.of(slices, machine(), options.reference()));
    }
    if (options.chart != null) {
      Chart chart = new Chart(slices, options.subject(), options.reference());
      Files.writeString(options.chart, chart.of(options.scenarios));
    }
    if (!slices.areClean()) {
      System.out.println("Not every reply was right: the figures above mean nothing.");
      return WRONG_REPLIES;
    }
    if (options.check == null) {
      return FINE;
    }
    Verdict verdict = Verdict.of(bars, slices, options.subject(), options.reference());
    System.out.print(verdict.text());
    return verdict.isPassed() ? FINE : BAR_MISSED;
  }

  private static String machine() throws IOException {
    String model =
        Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .findFirst()
            .orElse("unknown processor");
    return String.format(
        Locale.ROOT,
        "%s, %d cores, Linux %s",
        model,
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.version"));
  }
}
