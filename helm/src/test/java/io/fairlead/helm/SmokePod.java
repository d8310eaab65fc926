package io.fairlead.helm;

import java.nio.file.Path;

/**
 * The pod of {@code helm test}, which Helm leaves out of what it renders as long as it is a hook.
 */
final class SmokePod {
  private SmokePod() {}

  static Path template(Path chart) {
    return chart.resolve("templates/tests/smoke.yaml");
  }

  /** A copy of the chart in which it is a pod like others. */
  static Path withoutHook(Path folder) {
    Path chart = Chart.copyTo(Chart.FOLDER, folder.resolve("fairlead"));
    Path file = template(chart);
    Chart.write(file, Chart.read(file).replaceAll("(?m)^    helm\\.sh/hook.*\\R", ""));
    return chart;
  }
}
