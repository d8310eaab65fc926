package io.fairlead.runtime;

import io.fairlead.discovery.Names;
import io.fairlead.loop.Connection;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The open connections of one event loop to servers that are known by host names. Those to an
 * address that its name has left are told, as a server that is there no more may not say so itself.
 */
final class NamedConnections implements Names.Listener {
  private final Names names;
  private final EventLoop eventLoop;
  private final Map<Connection, Peer> peers = new HashMap<>();

  private record Peer(String host, InetAddress address) {}

  NamedConnections(Names names, EventLoop eventLoop) {
    this.names = names;
    this.eventLoop = eventLoop;
    names.addListener(this);
  }

  Names names() {
    return names;
  }

  /** A connection is open; on the loop. */
  void add(String host, InetAddress address, Connection connection, Channel channel) {
    peers.put(connection, new Peer(host, address));
    names.opened(host);
    channel
        .closeFuture()
        .addListener(
            closed -> {
              peers.remove(connection);
              names.closed(host);
            });
  }

  @Override
  public void onLeft(String host, Collection<InetAddress> addresses) {
    if (!eventLoop.isShutdown()) {
      eventLoop.execute(() -> leave(host, addresses));
    }
  }

  private void leave(String host, Collection<InetAddress> addresses) {
    for (Map.Entry<Connection, Peer> entry : List.copyOf(peers.entrySet())) {
      Peer peer = entry.getValue();
      if (peer.host().equals(host) && !addresses.contains(peer.address())) {
        entry.getKey().leave();
      }
    }
  }
}
