package io.fairlead.server.introspection;

import io.fairlead.health.ServerStatus;
import io.fairlead.metrics.ServerCounter;
import io.fairlead.metrics.ServerStats;
import java.util.List;

/** How many event loops see a server in each of mcrouter's states, or several servers together. */
final class ServerStates {
  private long fresh;
  private long up;
  private long closed;
  private long down;

  /**
   * Adds a server.
   *
   * @param stats what each event loop counts of it
   * @param seen how each event loop saw it a moment ago
   */
  void add(List<ServerStats> stats, List<ServerStatus> seen) {
    long ejected = Math.min(stats.size(), seen.stream().filter(Sample::isEjected).count());
    long connected =
        stats.stream().filter(each -> each.get(ServerCounter.SERVER_CONNECTIONS) > 0).count();
    long untouched = stats.stream().filter(ServerStates::isUntouched).count();
    down += ejected;
    long others = stats.size() - ejected;
    long ups = Math.min(others, connected);
    long news = Math.min(others - ups, untouched);
    up += ups;
    fresh += news;
    closed += others - ups - news;
  }

  private static boolean isUntouched(ServerStats stats) {
    return stats.get(ServerCounter.SERVER_CONNECTIONS) == 0
        && stats.get(ServerCounter.REQUESTS) == 0
        && stats.get(ServerCounter.SERVER_ERR) == 0
        && stats.get(ServerCounter.SERVER_TIMEDOUT) == 0;
  }

  /** Never connected to yet. */
  long fresh() {
    return fresh;
  }

  long up() {
    return up;
  }

  long closed() {
    return closed;
  }

  /** Ejected. */
  long down() {
    return down;
  }

  long sum() {
    return fresh + up + closed + down;
  }

  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    append(out, "new", fresh);
    append(out, "up", up);
    append(out, "closed", closed);
    append(out, "down", down);
    return out.toString();
  }

  private static void append(StringBuilder out, String name, long count) {
    if (count > 0) {
      out.append(' ').append(name).append(':').append(count);
    }
  }
}
