package io.fairlead.benchmarks.load;

import java.util.HashMap;
import java.util.Map;

/**
 * One measured slice of load on one peer. Travels from the generator to its parent as one line.
 *
 * @param peerNanos CPU time of the peer's processes
 * @param backendNanos CPU time of the memcached servers behind it, all together
 * @param generatorNanos CPU time of the generator
 * @param busyNanos CPU time of the whole machine
 * @param p50Nanos from when a request was due to its complete reply; so are p99Nanos
 * @param lateNanos 99th percentile of how late the open loop sent, 0 in the closed loop
 * @param allocatedBytes what the loop thread allocated
 * @param wrong faults, misses and errors since the last measurement, warm-up included
 * @param problem the first fault in words, empty when there was none
 */
public record Measurement(
    double seconds,
    long requests,
    long peerNanos,
    long backendNanos,
    long generatorNanos,
    long busyNanos,
    long p50Nanos,
    long p99Nanos,
    long lateNanos,
    long residentKib,
    long voluntarySwitches,
    long allocatedBytes,
    long wrong,
    long misses,
    long errors,
    String problem) {
  private static final char SEPARATOR = '\t';

  /** Whether every reply was right. */
  public boolean isClean() {
    return wrong + misses + errors == 0;
  }

  /** CPU cores that something outside of the measurement used meanwhile. */
  public double foreignCores() {
    return (busyNanos - peerNanos - backendNanos - generatorNanos) / (seconds * 1e9);
  }

  String toLine() {
    StringBuilder line = new StringBuilder(256);
    put(line, "seconds", seconds);
    put(line, "requests", requests);
    put(line, "peer", peerNanos);
    put(line, "backends", backendNanos);
    put(line, "generator", generatorNanos);
    put(line, "busy", busyNanos);
    put(line, "p50", p50Nanos);
    put(line, "p99", p99Nanos);
    put(line, "late", lateNanos);
    put(line, "resident", residentKib);
    put(line, "switches", voluntarySwitches);
    put(line, "allocated", allocatedBytes);
    put(line, "wrong", wrong);
    put(line, "misses", misses);
    put(line, "errors", errors);
    put(line, "problem", problem.replaceAll("\\p{Cntrl}", " "));
    return line.toString();
  }

  /** What {@link #toLine} wrote. */
  public static Measurement parse(String line) {
    Map<String, String> values = new HashMap<>();
    for (String word : line.split(String.valueOf(SEPARATOR), -1)) {
      int colon = word.indexOf(':');
      values.put(word.substring(0, colon), word.substring(colon + 1));
    }
    return new Measurement(
        Double.parseDouble(values.getOrDefault("seconds", "0")),
        number(values, "requests"),
        number(values, "peer"),
        number(values, "backends"),
        number(values, "generator"),
        number(values, "busy"),
        number(values, "p50"),
        number(values, "p99"),
        number(values, "late"),
        number(values, "resident"),
        number(values, "switches"),
        number(values, "allocated"),
        number(values, "wrong"),
        number(values, "misses"),
        number(values, "errors"),
        values.getOrDefault("problem", ""));
  }

  private static void put(StringBuilder line, String name, Object value) {
    line.append(line.isEmpty() ? "" : SEPARATOR).append(name).append(':').append(value);
  }

  private static long number(Map<String, String> values, String name) {
    return Long.parseLong(values.getOrDefault(name, "0"));
  }
}
