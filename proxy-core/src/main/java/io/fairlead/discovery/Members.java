package io.fairlead.discovery;

import io.fairlead.config.ServerSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The servers of one source as far as they are known: what it said last, and for a while also those
 * that it does not name any more.
 *
 * <p>Time is given in nanoseconds of any clock that does not jump.
 */
final class Members {
  private final long removeAfterNanos;
  private final Map<String, ServerSettings> servers = new TreeMap<>(NaturalOrder.INSTANCE);

  /** Since when those are missing that are. */
  private final Map<String, Long> missing = new HashMap<>();

  Members(Duration removeAfter) {
    this.removeAfterNanos = removeAfter.toNanos();
  }

  /**
   * The source has named its servers.
   *
   * @param isComplete whether those that are not named are missing
   * @return whether {@link #servers} are others now
   */
  boolean named(List<ServerSettings> named, boolean isComplete, long now) {
    Map<String, ServerSettings> present = new HashMap<>();
    named.forEach(server -> present.putIfAbsent(server.name(), server));
    boolean changed = false;
    for (ServerSettings server : present.values()) {
      missing.remove(server.name());
      changed |= !server.equals(servers.put(server.name(), server));
    }
    if (isComplete) {
      servers.keySet().stream()
          .filter(name -> !present.containsKey(name))
          .forEach(name -> missing.putIfAbsent(name, now));
    }
    boolean removed = removeMissing(now);
    return changed || removed;
  }

  /** Takes those out that have been missing for long enough; whether there were any. */
  boolean removeMissing(long now) {
    List<String> over = new ArrayList<>();
    missing.forEach(
        (name, since) -> {
          if (now - since >= removeAfterNanos) {
            over.add(name);
          }
        });
    over.forEach(missing::remove);
    return servers.keySet().removeAll(over);
  }

  /** How long it takes until a server is to be taken out; null when none is missing. */
  @Nullable Long nanosUntilRemoval(long now) {
    return missing.values().stream()
        .map(since -> Math.max(0, removeAfterNanos - (now - since)))
        .min(Long::compare)
        .orElse(null);
  }

  int missing() {
    return missing.size();
  }

  /** In the order of their names. */
  List<ServerSettings> servers() {
    return List.copyOf(servers.values());
  }
}
