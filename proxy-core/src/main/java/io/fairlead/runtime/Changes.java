package io.fairlead.runtime;

import io.fairlead.config.Address;
import io.fairlead.config.LimitSettings;
import io.fairlead.config.ListenerSettings;
import io.fairlead.config.ProxySettings;
import io.fairlead.config.SocketSettings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What becomes of other settings while a proxy runs. */
final class Changes {
  private final ProxySettings present;
  private final ProxySettings wanted;
  private final List<String> takeRestart = new ArrayList<>();
  private final ProxySettings possible;

  /** A socket that is listened on, which stays as it is while settings change. */
  record OpenSocket(Address address, SocketSettings settings) {}

  /**
   * @param sockets those in use
   * @param canIntrospect whether there is something that answers questions about the proxy
   */
  Changes(
      ProxySettings present,
      ProxySettings wanted,
      List<OpenSocket> sockets,
      boolean canIntrospect) {
    this.present = present;
    this.wanted = wanted;
    this.possible =
        wanted
            .change()
            .listeners(listeners(new ArrayList<>(sockets), canIntrospect))
            .admin(keep("admin", present.admin(), wanted.admin()))
            .threads(keep("threads", present.threads(), wanted.threads()))
            .limits(limits())
            .version(keep("version", present.version(), wanted.version()))
            .twemproxyStats(
                keep("twemproxy_stats", present.twemproxyStats(), wanted.twemproxyStats()))
            .deleteSpool(keep("delete_spool", present.deleteSpool(), wanted.deleteSpool()))
            .reload(keep("reload", present.reload(), wanted.reload()))
            .warmUp(keep("warm_up", present.warmUp(), wanted.warmUp()))
            .build();
  }

  /** The keys of what a proxy with these settings cannot take without a restart. */
  static List<String> takeRestart(ProxySettings present, ProxySettings wanted) {
    List<OpenSocket> sockets =
        present.listeners().stream()
            .map(listener -> new OpenSocket(listener.address(), listener.socket()))
            .toList();
    return new Changes(present, wanted, sockets, false).takeRestart();
  }

  /** The settings as far as they can be followed; the rest of them is as it was. */
  ProxySettings possible() {
    return possible;
  }

  /** The keys of the rest. */
  List<String> takeRestart() {
    return List.copyOf(takeRestart);
  }

  private <T extends @Nullable Object> T keep(String key, T before, T after) {
    if (!Objects.equals(before, after)) {
      takeRestart.add(key);
    }
    return before;
  }

  private LimitSettings limits() {
    LimitSettings limits = wanted.limits();
    return limits
        .change()
        .loopBytes(keep("limits.loop_buffer", present.limits().loopBytes(), limits.loopBytes()))
        .load(keep("limits.loop_requests and the like", present.limits().load(), limits.load()))
        .build();
  }

  private List<ListenerSettings> listeners(List<OpenSocket> kept, boolean canIntrospect) {
    boolean introspected =
        canIntrospect || present.listeners().stream().anyMatch(ListenerSettings::hasIntrospection);
    List<ListenerSettings> all = new ArrayList<>();
    for (int i = 0; i < wanted.listeners().size(); i++) {
      String key = "listeners[" + i + "]";
      ListenerSettings listener = withSocket(key, wanted.listeners().get(i), kept);
      if (listener.hasIntrospection() && !introspected) {
        takeRestart.add(key + ".introspection");
        listener = listener.change().introspectionFrom(List.of()).build();
      }
      all.add(listener);
    }
    return all;
  }

  /** A socket that is open stays as it is. */
  private ListenerSettings withSocket(String key, ListenerSettings wanted, List<OpenSocket> kept) {
    for (OpenSocket open : kept) {
      if (open.address().equals(wanted.address())) {
        kept.remove(open);
        SocketSettings socket = keep(key + " (its socket)", open.settings(), wanted.socket());
        return wanted.change().socket(socket).build();
      }
    }
    return wanted;
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
}
