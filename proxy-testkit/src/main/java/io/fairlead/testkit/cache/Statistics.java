package io.fairlead.testkit.cache;

import java.util.EnumMap;
import java.util.Map;

/** The counters of one cache. */
final class Statistics {
  private final Map<Counter, Long> counts = new EnumMap<>(Counter.class);
  private int currentConnections;
  private long totalConnections;

  void add(Counter counter) {
    add(counter, 1);
  }

  void add(Counter counter, long amount) {
    counts.merge(counter, amount, Long::sum);
  }

  void addHitOrMiss(boolean hit, Counter ifHit, Counter ifMiss) {
    add(hit ? ifHit : ifMiss);
  }

  long count(Counter counter) {
    return counts.getOrDefault(counter, 0L);
  }

  void onConnected() {
    currentConnections++;
    totalConnections++;
  }

  void onDisconnected() {
    currentConnections--;
  }

  int currentConnections() {
    return currentConnections;
  }

  long totalConnections() {
    return totalConnections;
  }

  void reset() {
    counts.clear();
    totalConnections = 0;
  }
}
