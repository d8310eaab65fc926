package io.fairlead.runtime;

import io.fairlead.config.ListenerTlsSettings;
import io.fairlead.frontend.ClientConnection;
import io.fairlead.loop.Handshake;
import io.fairlead.loop.SecureLink;
import io.fairlead.metrics.Counter;
import io.fairlead.metrics.ListenerCounter;
import io.fairlead.metrics.LoopStats;
import io.fairlead.tls.Keyring;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.DuplexChannelConfig;
import io.netty.handler.ssl.SslHandler;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lets the clients of one listener in, as long as there are places for them. */
final class Acceptor extends ChannelInitializer<Channel> {
  private static final String TOO_MANY = "ERROR Too many open connections\r\n";
  private static final String OVERLOADED = "SERVER_ERROR overloaded\r\n";

  private final Listener listener;
  private final Function<Channel, LoopRuntime> runtimeOf;
  private final Transport transport;
  private final ClientPlaces ofProxy;
  private final Keyring keyring;

  /**
   * @param runtimeOf finds what runs on the event loop of a channel
   */
  Acceptor(
      Listener listener,
      Function<Channel, LoopRuntime> runtimeOf,
      Transport transport,
      ClientPlaces ofProxy,
      Keyring keyring) {
    this.listener = listener;
    this.runtimeOf = runtimeOf;
    this.transport = transport;
    this.ofProxy = ofProxy;
    this.keyring = keyring;
  }

  @Override
  protected void initChannel(Channel client) {
    listener.onArrival();
    // Not by the option of that name, which NIO's unix-domain channels do not know: they close when
    // a client stops sending, whatever is set, and Netty would warn for each of them.
    ((DuplexChannelConfig) client.config()).setAllowHalfClosure(true);
    LoopRuntime runtime = runtimeOf.apply(client);
    if (runtime.loop().load().refusesClients()) {
      refuse(client, runtime, ListenerCounter.REJECTED_MEMORY, OVERLOADED);
      return;
    }
    SocketAddress from = client.remoteAddress();
    Counter limit = takePlaces(from);
    if (limit != null) {
      runtime.loop().stats().count(limit);
      refuse(client, runtime, counterOf(limit), TOO_MANY);
      return;
    }
    client.closeFuture().addListener(closed -> giveBackPlaces(from));
    ClientConnection connection = runtime.clients().accept(listener, from);
    if (connection == null) {
      var unused = client.close();
      return;
    }
    ListenerTlsSettings tls = listener.tls();
    if (tls == null) {
      transport.join(connection, client);
    } else {
      joinSecurely(connection, client, runtime, tls);
    }
  }

  private void joinSecurely(
      ClientConnection connection, Channel client, LoopRuntime runtime, ListenerTlsSettings tls) {
    LoopStats stats = runtime.loop().stats();
    stats.count(Counter.TLS_HANDSHAKES);
    runtime.clients().pace(listener).admit(client);
    SslHandler handler = keyring.withClient(tls);
    Handshake handshake =
        new Handshake(
            cause -> {
              stats.count(Counter.TLS_FAILURES);
              connection.close();
            });
    client.pipeline().addLast(handler, handshake);
    SecureLink.join(connection, client, transport.forgetsHalfClosed(), handler);
  }

  private static ListenerCounter counterOf(Counter limit) {
    return limit == Counter.LIMIT_CONNECTIONS
        ? ListenerCounter.REJECTED_CONNECTIONS
        : ListenerCounter.REJECTED_CONNECTIONS_PER_ADDRESS;
  }

  private void refuse(Channel client, LoopRuntime runtime, ListenerCounter counter, String why) {
    runtime.loop().stats().count(Counter.CLIENTS_REJECTED);
    runtime.clients().countFor(listener, counter);
    if (listener.tls() != null) {
      var unused = client.close(); // what it could read would take a handshake
      return;
    }
    client
        .writeAndFlush(Unpooled.copiedBuffer(why, StandardCharsets.US_ASCII))
        .addListener(ChannelFutureListener.CLOSE);
  }

  /** Null when there is a place; else what counts that there is none. */
  private @Nullable Counter takePlaces(@Nullable SocketAddress from) {
    if (!listener.placesOfAddresses().take(from)) {
      return Counter.LIMIT_CONNECTIONS_PER_ADDRESS;
    }
    if (listener.places().take()) {
      if (ofProxy.take()) {
        return null;
      }
      listener.places().giveBack();
    }
    listener.placesOfAddresses().giveBack(from);
    return Counter.LIMIT_CONNECTIONS;
  }

  private void giveBackPlaces(@Nullable SocketAddress from) {
    listener.placesOfAddresses().giveBack(from);
    listener.places().giveBack();
    ofProxy.giveBack();
  }
}
