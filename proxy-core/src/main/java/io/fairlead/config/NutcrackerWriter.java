package io.fairlead.config;

import io.fairlead.config.EjectSettings.WhileEjected;
import io.fairlead.hashing.HashTag;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Writes pools with their listeners as a nutcracker.yml: block style, and only keys that nutcracker
 * 0.5.0 knows, which ends at a key that it does not.
 */
final class NutcrackerWriter {
  /** Addresses with what nutcracker writes behind them, which YAML takes as they are. */
  private static final Pattern SAFE =
      Pattern.compile("[A-Za-z0-9/][A-Za-z0-9_./:-]*[A-Za-z0-9](?: [A-Za-z0-9_./-]+)?");

  private final StringBuilder yaml = new StringBuilder();

  String text() {
    return yaml.toString();
  }

  /** Adds a pool in which {@link NutcrackerGaps} finds none. */
  void add(PoolSettings pool, ListenerSettings listener) {
    yaml.append(yaml.isEmpty() ? "" : "\n");
    yaml.append(YamlScalar.text(pool.name())).append(":\n");
    entry("listen", address(listen(listener)));
    placement((RingSettings) pool.placement());
    entry("timeout", millis(pool.timeout()));
    clients(listener);
    entry("redis", false);
    entry("preconnect", pool.preconnect());
    eject(pool.eject());
    entry("server_connections", pool.connections());
    yaml.append("  servers:\n");
    pool.servers().forEach(server -> yaml.append("    - " + address(line(server)) + "\n"));
  }

  private void placement(RingSettings ring) {
    entry("hash", ValueKind.nameOf(ring.hash()));
    entry("distribution", ring.distributionName());
    HashTag tag = ring.hashTag();
    if (tag != null) {
      byte[] bytes = {tag.open(), tag.close()};
      entry("hash_tag", QuotedText.quote(new String(bytes, StandardCharsets.UTF_8)));
    }
  }

  private void clients(ListenerSettings listener) {
    SocketSettings socket = listener.socket();
    entry("backlog", socket.backlog());
    if (listener.address() instanceof Address.Tcp || !socket.keepAlive()) {
      entry("tcpkeepalive", socket.keepAlive());
    }
    if (listener.connections() > 0) {
      entry("client_connections", listener.connections());
    }
  }

  /** Only where keys move to other servers meanwhile, as nothing else is done there. */
  private void eject(EjectSettings eject) {
    boolean isOn = eject.enabled() && eject.then() == WhileEjected.REHASH;
    entry("auto_eject_hosts", isOn);
    if (isOn) {
      entry("server_retry_timeout", millis(eject.probe().longest()));
      entry("server_failure_limit", eject.failures());
    }
  }

  private static String listen(ListenerSettings listener) {
    if (listener.address() instanceof Address.Tcp tcp) {
      return tcp.host() + ":" + tcp.port();
    }
    String path = ((Address.Unix) listener.address()).path();
    Integer mode = listener.socket().mode();
    if (mode != null) {
      return path + " " + SocketMode.format(mode);
    }
    // What stands behind the last space is a mode; 0 leaves it to the umask, as none does.
    return path.indexOf(' ') < 0 ? path : path + " 0";
  }

  private static String line(ServerSettings server) {
    Address address = server.address();
    String place =
        address instanceof Address.Tcp tcp
            ? tcp.host() + ":" + tcp.port()
            : ((Address.Unix) address).path();
    boolean isNamed = !server.name().equals(ServerSettings.ringName(address));
    return place + ":" + server.weight() + (isNamed ? " " + server.name() : "");
  }

  private static String address(String text) {
    return SAFE.matcher(text).matches() ? text : QuotedText.quote(text);
  }

  private static long millis(Duration time) {
    return time.toMillis();
  }

  private void entry(String key, Object value) {
    yaml.append("  ").append(key).append(": ").append(value).append('\n');
  }
}
