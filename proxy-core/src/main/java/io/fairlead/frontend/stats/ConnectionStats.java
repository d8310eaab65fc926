package io.fairlead.frontend.stats;

import io.fairlead.config.Address;
import io.fairlead.config.ListenerSettings;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** {@code stats conns}: listeners and clients in memcached's form, not more than a page or two. */
final class ConnectionStats {
  /** A reply is made at once and kept until it is read, so there must be an end to it. */
  static final int MOST = 1000;

  private static final String UNIX = "unix:";

  private ConnectionStats() {}

  static byte[] reply(List<ListenerSettings> listeners, OpenClients open, long now) {
    StatLines lines = new StatLines();
    for (int i = 0; i < Math.min(listeners.size(), OpenClients.FIRST); i++) {
      lines.add(i + ":addr", text(listeners.get(i).address()));
      lines.add(i + ":state", "conn_listening");
    }
    int listed = 0;
    int others = 0;
    for (Map.Entry<Long, OpenClients.Client> entry : open.byAge().entrySet()) {
      if (listed < MOST) {
        add(lines, entry.getKey(), entry.getValue(), now);
        listed++;
      } else {
        others++;
      }
    }
    if (others > 0) {
      lines.add("not_listed", others);
    }
    return lines.end();
  }

  private static void add(StatLines lines, long id, OpenClients.Client client, long now) {
    lines.add(id + ":addr", text(client.from()));
    lines.add(id + ":listen_addr", text(client.at()));
    lines.add(id + ":state", client.waitsForReplies() ? "conn_io_queue" : "conn_read");
    long silence = Math.max(0, client.silenceNanos(now));
    lines.add(id + ":secs_since_last_cmd", TimeUnit.NANOSECONDS.toSeconds(silence));
  }

  private static String text(Address address) {
    return address instanceof Address.Unix unix ? UNIX + unix.path() : "tcp:" + address;
  }

  private static String text(@Nullable SocketAddress address) {
    if (address instanceof InetSocketAddress inet && inet.getAddress() != null) {
      String host = inet.getAddress().getHostAddress();
      return inet.getAddress() instanceof Inet6Address
          ? "tcp6:[" + host + "]:" + inet.getPort()
          : "tcp:" + host + ":" + inet.getPort();
    }
    return UNIX + (address == null ? "" : address);
  }
}
