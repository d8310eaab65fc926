package io.fairlead.benchmarks.load;

import java.util.Locale;

/** A shape of load. The letters are those of the comparison's {@code --scenarios} option. */
public enum Scenario {
  // connections, pipelined, keys per get, per cent sets, value bytes, keys, open loop requests/s
  A(50, 1, 1, 0, 100, 10_000, 10_000),
  B(50, 1, 1, 10, 100, 10_000, 10_000),
  C(500, 1, 1, 0, 100, 10_000, 10_000),
  D(10, 16, 1, 0, 100, 10_000, 20_000),
  E(50, 1, 20, 0, 100, 10_000, 2_000),
  F(10, 1, 1, 0, 100 << 10, 1_000, 2_000),
  G(1, 1, 1, 0, 100, 10_000, 2_000),
  H(50, 1, 1, 100, 100, 10_000, 8_000),
  I(50, 1, 1, 0, 1 << 10, 10_000, 10_000),
  // A little less than 1 MiB, so that item and header fit the usual item limit of memcached.
  J(4, 1, 1, 10, (1 << 20) - 512, 200, 100),
  K(1000, 1, 1, 0, 100, 10_000, 10_000),
  L(50, 1, 100, 0, 100, 10_000, 500);

  private final int connections;
  private final int pipelined;
  private final int keysPerGet;
  private final int setPercent;
  private final int valueBytes;
  private final int keys;
  private final int openRate;

  Scenario(
      int connections,
      int pipelined,
      int keysPerGet,
      int setPercent,
      int valueBytes,
      int keys,
      int openRate) {
    this.connections = connections;
    this.pipelined = pipelined;
    this.keysPerGet = keysPerGet;
    this.setPercent = setPercent;
    this.valueBytes = valueBytes;
    this.keys = keys;
    this.openRate = openRate;
  }

  public int connections() {
    return connections;
  }

  /** Requests of the closed loop that a connection sends together, waiting for all replies. */
  public int pipelined() {
    return pipelined;
  }

  public int keysPerGet() {
    return keysPerGet;
  }

  public int setPercent() {
    return setPercent;
  }

  public int valueBytes() {
    return valueBytes;
  }

  public int keys() {
    return keys;
  }

  /** Requests per second of the open loop unless the user asks for another rate. */
  public int openRate() {
    return openRate;
  }

  /** Whether the proxy must write every value to all servers. */
  public boolean isReplicated() {
    return this == H;
  }

  /** The scenario in words, for the heading of its table. */
  public String description() {
    StringBuilder words = new StringBuilder(80);
    words.append(connections).append(connections == 1 ? " connection" : " connections");
    if (pipelined > 1) {
      words.append(", ").append(pipelined).append(" requests pipelined as a batch");
    }
    if (setPercent < 100) {
      words.append(keysPerGet == 1 ? ", get" : ", " + keysPerGet + " keys per get");
    }
    if (setPercent > 0) {
      words.append(String.format(Locale.ROOT, ", %d %% sets", setPercent));
    }
    words.append(isReplicated() ? ", replicated" : "").append(", values of ").append(valueBytes);
    return words.append(" bytes").toString();
  }
}
