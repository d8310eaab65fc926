package io.fairlead.model;

import java.util.List;

/** What stands behind the listener of a run: three servers, in one way or another. */
enum Topology {
  SHARDED(
      true,
      """
      listeners: [{ address: 127.0.0.1:0, pool: main }]
      pools:
        main: { servers: [S0, S1, S2], timeout: TIMEOUT, eject: false }
      """),
  REPLICATED(
      false,
      """
      listeners: [{ address: 127.0.0.1:0, pool: main }]
      pools:
        main: { mode: replicated, servers: [S0, S1, S2], timeout: TIMEOUT, eject: false }
      """),
  FAILOVER(
      false,
      """
      listeners: [{ address: 127.0.0.1:0, route: tree }]
      pools:
        main:
          servers: [S0, S1]
          timeout: TIMEOUT
          eject: { failures: 3, time: 100ms, probe: { first: 50ms, longest: 100ms }, then: error }
        gutter: { servers: [S2], timeout: TIMEOUT, eject: false }
      routes:
        tree: { failover: [main, gutter] }
      """);

  static final int SERVERS = 3;

  private final boolean oneServer;
  private final String yaml;

  Topology(boolean oneServer, String yaml) {
    this.oneServer = oneServer;
    this.yaml = yaml;
  }

  /** Whether each key has one server, the same all the time. */
  boolean hasOneServerForAKey() {
    return oneServer;
  }

  String yaml(List<Integer> ports, int loops, String timeout) {
    String text = yaml.replace("TIMEOUT", timeout);
    for (int i = 0; i < SERVERS; i++) {
      text = text.replace("S" + i, "127.0.0.1:" + ports.get(i));
    }
    return text + "threads: { loops: " + loops + " }\nadmin: false\n";
  }
}
