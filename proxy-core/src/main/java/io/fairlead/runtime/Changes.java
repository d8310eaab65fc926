package io.fairlead.runtime;

import io.fairlead.config.ListenerSettings;
import io.fairlead.config.ProxySettings;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** What may change while a proxy runs. */
final class Changes {
  private Changes() {}

  /** Refuses settings that differ in more than their pools and routes. */
  static void requireOnlyRoutes(ProxySettings before, ProxySettings after) {
    require(places(before).equals(places(after)), "the listeners");
    require(before.threads().equals(after.threads()), "the threads");
    require(before.limits().equals(after.limits()), "the limits");
    require(before.version().equals(after.version()), "the version");
    require(Objects.equals(before.deleteSpool(), after.deleteSpool()), "the spool of deletes");
    require(Objects.equals(before.admin(), after.admin()), "the admin port");
    require(
        Objects.equals(before.twemproxyStats(), after.twemproxyStats()), "the port for statistics");
  }

  /** Refuses a listener that leads nowhere, before any event loop has changed. */
  static void requireTargets(ProxySettings settings) {
    Set<String> names = new HashSet<>();
    settings.pools().forEach(pool -> names.add(pool.name()));
    settings.routes().forEach(tree -> names.add(tree.name()));
    for (ListenerSettings listener : settings.listeners()) {
      if (!names.contains(listener.target())) {
        throw new IllegalArgumentException(
            "no pool or tree of routes is called " + listener.target());
      }
    }
  }

  /** Where a listener leads to may change. */
  private static List<ListenerSettings> places(ProxySettings settings) {
    return settings.listeners().stream().map(listener -> listener.withTarget("")).toList();
  }

  private static void require(boolean isSame, String what) {
    if (!isSame) {
      throw new IllegalArgumentException(what + " changed, which takes a restart");
    }
  }
}
