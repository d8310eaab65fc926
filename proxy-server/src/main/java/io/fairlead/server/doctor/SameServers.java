package io.fairlead.server.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Addresses that lead to one and the same memcached, which then gets twice its share of the keys
 * and is no spare for itself.
 *
 * <p>Those of which process id, version and time of start are the same may be: in containers, these
 * are easily the same by chance. It is certain when one server sees the connection that we have
 * with the other.
 */
final class SameServers {
  private static final long START_SECONDS = 2;

  private SameServers() {}

  static List<Finding> findings(List<ServerVisit> visits) {
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i < visits.size(); i++) {
      for (int j = i + 1; j < visits.size(); j++) {
        ServerVisit one = visits.get(i);
        ServerVisit other = visits.get(j);
        if (mayBeSame(one, other) && one.sees(other)) {
          findings.add(
              Finding.fail(
                  "server",
                  one.subject(),
                  "is the same memcached as " + other.subject() + ": leave one of them out"));
        }
      }
    }
    return findings;
  }

  private static boolean mayBeSame(ServerVisit one, ServerVisit other) {
    Long oneStart = one.startedAt();
    Long otherStart = other.startedAt();
    return oneStart != null
        && otherStart != null
        && Math.abs(oneStart - otherStart) <= START_SECONDS
        && isEqual(one, other, "pid")
        && isEqual(one, other, "version");
  }

  private static boolean isEqual(ServerVisit one, ServerVisit other, String stat) {
    return Objects.equals(one.stats().get(stat), other.stats().get(stat));
  }
}
