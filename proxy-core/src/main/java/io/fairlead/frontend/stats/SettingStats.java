package io.fairlead.frontend.stats;

import io.fairlead.config.Address;
import io.fairlead.config.ClientLimits;
import io.fairlead.config.ListenerSettings;
import io.fairlead.config.ListenerSettings.GuardedCommand;
import io.fairlead.config.ProxySettings;
import java.util.List;

/**
 * {@code stats settings}: the names of memcached, as far as a proxy has such a thing. What differs
 * from listener to listener is that of the first.
 */
final class SettingStats {
  private SettingStats() {}

  static byte[] reply(ProxySettings settings) {
    StatLines lines = new StatLines();
    List<ListenerSettings> listeners = settings.listeners();
    lines.add("proxy", "fairlead");
    lines.add("maxbytes", 0);
    lines.add("maxconns", settings.limits().connections());
    addPlaces(lines, listeners);
    lines.add("verbosity", 0);
    lines.add("oldest", 0);
    lines.add("evictions", "off");
    lines.add("shutdown_command", "no");
    lines.add("num_threads", settings.threads().loops());
    lines.add("detail_enabled", "no");
    lines.add("cas_enabled", "yes");
    lines.add("binding_protocol", "ascii");
    lines.add("auth_enabled_sasl", "no");
    listeners.stream().findFirst().ifPresent(first -> addFirst(lines, first, settings));
    lines.add("maxconns_fast", "yes");
    lines.add("dump_enabled", "no");
    lines.add("lru_crawler", "no");
    lines.add("lru_maintainer_thread", "no");
    lines.add("track_sizes", "no");
    lines.add("version", settings.version());
    return lines.end();
  }

  private static void addPlaces(StatLines lines, List<ListenerSettings> listeners) {
    Address.Tcp tcp =
        listeners.stream()
            .map(ListenerSettings::address)
            .filter(Address.Tcp.class::isInstance)
            .map(Address.Tcp.class::cast)
            .findFirst()
            .orElse(null);
    lines.add("tcpport", tcp == null ? 0 : tcp.port());
    lines.add("udpport", 0);
    lines.add("inter", tcp == null ? "NULL" : tcp.host());
    lines.add(
        "domain_socket",
        listeners.stream()
            .map(ListenerSettings::address)
            .filter(Address.Unix.class::isInstance)
            .map(address -> ((Address.Unix) address).path())
            .findFirst()
            .orElse("NULL"));
  }

  private static void addFirst(StatLines lines, ListenerSettings first, ProxySettings settings) {
    ClientLimits limits = first.limitsOr(settings.limits().clients());
    lines.add("tcp_backlog", first.socket().backlog());
    lines.add("auth_enabled_ascii", yes(first.access().users() != null));
    lines.add("ssl_enabled", yes(first.tls() != null));
    lines.add("item_size_max", limits.valueBytes());
    lines.add("idle_timeout", limits.idleTimeout().toSeconds());
    lines.add("flush_enabled", yes(first.allow().contains(GuardedCommand.FLUSH_ALL)));
  }

  private static String yes(boolean is) {
    return is ? "yes" : "no";
  }
}
