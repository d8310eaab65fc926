package io.fairlead.twemproxy;

/** Where a number of the statistics is among the metrics: the rule that the documentation gives. */
final class PrometheusName {
  private PrometheusName() {}

  /** The name and the labels of a pool's counter, or of a counter of its server. */
  static String of(String... path) {
    String counter = path[path.length - 1];
    boolean ofServer = path.length == 3;
    String prefix = ofServer && !counter.startsWith("server_") ? "server_" : "";
    String labels = "pool=\"" + path[0] + "\"" + (ofServer ? ",server=\"" + path[1] + "\"" : "");
    boolean upAndDown =
        counter.endsWith("_connections")
            || counter.endsWith("_ejected_at")
            || counter.contains("_queue");
    return "\nfairlead_pool_" + prefix + counter + (upAndDown ? "" : "_total") + "{" + labels + "}";
  }
}
