package io.fairlead.server.bench;

import java.time.Duration;

/**
 * What load is made.
 *
 * @param rate requests per second; 0 for as many as are answered
 * @param warmUp for how long the same load is made before anything counts
 * @param duration for how long it counts, for each address
 * @param skew the exponent of Zipf's law by which keys are chosen; 0 for all alike
 * @param multiget keys of one get
 * @param pipeline most requests on one connection that are not answered yet
 * @param prefix what every key begins with
 */
public record BenchSettings(
    double rate,
    Duration warmUp,
    Duration duration,
    int connections,
    int keys,
    double skew,
    int valueBytes,
    Mix mix,
    int multiget,
    int pipeline,
    String prefix) {

  /** How every key must begin, so that no key of anybody else is ever touched. */
  public static final String OWN_PREFIX = "fairlead-bench:";

  /** How many gets come with how many sets. */
  public record Mix(int gets, int sets) {
    double getShare() {
      return (double) gets / (gets + sets);
    }
  }

  public BenchSettings {
    if (!prefix.startsWith(OWN_PREFIX)) {
      throw new IllegalArgumentException(prefix + " (expected: " + OWN_PREFIX + " at its start)");
    }
  }

  /** Whether requests are due whatever the server does, and not only when others are answered. */
  boolean isOpen() {
    return rate > 0;
  }
}
