package io.fairlead.helm;

import java.nio.file.Path;

/** The chart of an application that has the chart fairlead among its dependencies. */
final class AppChart {
  private AppChart() {}

  /** A copy, beside one of the chart that it depends on: Helm writes into it. */
  static Path in(Path folder) {
    Chart.copyTo(Chart.FOLDER, folder.resolve("fairlead"));
    Path app = Chart.copyTo(Chart.RESOURCES.resolve("charts/app"), folder.resolve("app"));
    Path file = app.resolve("Chart.yaml");
    Chart.write(file, Chart.read(file).replaceAll("file://[./]*/fairlead", "file://../fairlead"));
    return app;
  }
}
