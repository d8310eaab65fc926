package io.fairlead.runtime;

import io.fairlead.config.Address;
import io.fairlead.config.ClientLimits;
import io.fairlead.config.KeepaliveSettings;
import io.fairlead.config.ListenerSettings;
import io.fairlead.config.ListenerTlsSettings;
import io.fairlead.config.SocketSettings;
import io.fairlead.tls.Keyring;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An address that clients connect to; it gives each of them to an event loop. */
final class Listener {
  private final Address address;
  private final SocketSettings socket;
  private final ClientPlaces places;
  private final AddressPlaces placesOfAddresses = new AddressPlaces(Integer.MAX_VALUE);
  private final LongAdder arrivals = new LongAdder();
  private final Channel channel;
  private volatile @Nullable ListenerTlsSettings tls;

  /**
   * Starts listening; clients wait until they are accepted.
   *
   * @param acceptors the event loops that accept clients
   * @param group those that clients are given to
   * @param runtimeOf finds what runs on the event loop of a channel
   * @param all the places of the clients of all listeners
   * @param keyring what TLS is spoken with
   * @param given sockets that listen already, which are used in place of new ones
   */
  Listener(
      ListenerSettings settings,
      Transport transport,
      EventLoopGroup acceptors,
      EventLoopGroup group,
      ByteBufAllocator allocator,
      Function<Channel, LoopRuntime> runtimeOf,
      ClientPlaces all,
      Keyring keyring,
      GivenSockets given)
      throws IOException {
    address = settings.address();
    socket = settings.socket();
    places = new ClientPlaces(most(settings));
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(acceptors, group)
            .option(ChannelOption.SO_BACKLOG, socket.backlog())
            .option(ChannelOption.AUTO_READ, false)
            .childOption(ChannelOption.ALLOCATOR, allocator)
            .childHandler(new Acceptor(this, runtimeOf, transport, all, keyring));
    channel = open(bootstrap, transport, given);
    if (canDivert()) {
      Diversion.end(channel);
    }
  }

  private Channel open(ServerBootstrap bootstrap, Transport transport, GivenSockets given)
      throws IOException {
    Integer inherited = socket.descriptor();
    int descriptor = given.take(name(address));
    if (descriptor == GivenSockets.NONE && inherited != null) {
      descriptor = inherited;
    }
    if (!(address instanceof Address.Unix)) {
      setUpClients(bootstrap, transport);
    }
    if (descriptor != GivenSockets.NONE) {
      return adopt(bootstrap, transport, descriptor);
    }
    return address instanceof Address.Unix unix
        ? bindUnix(bootstrap, unix, socket, transport)
        : bindTcp(bootstrap, address, socket, transport);
  }

  private void setUpClients(ServerBootstrap bootstrap, Transport transport) {
    bootstrap.childOption(ChannelOption.TCP_NODELAY, true);
    KeepaliveOptions.set(
        socket.keepAlive() ? KeepaliveSettings.OF_CLIENTS : KeepaliveSettings.OFF,
        transport,
        bootstrap::childOption);
  }

  /** Goes on with a socket that listens already, whoever has opened it. */
  private Channel adopt(ServerBootstrap bootstrap, Transport transport, int descriptor)
      throws IOException {
    if (!transport.adopts()) {
      throw new IOException(
          "listen on descriptor "
              + descriptor
              + ": only the transport epoll can take over a socket; give an address and a port");
    }
    return address instanceof Address.Unix
        ? Descriptors.adoptUnix(bootstrap, descriptor)
        : Descriptors.adoptTcp(bootstrap, descriptor);
  }

  private static int most(ListenerSettings settings) {
    return settings.connections() == 0 ? Integer.MAX_VALUE : settings.connections();
  }

  /** Whether it listens where these settings want it; how it does may be another matter. */
  boolean isAt(ListenerSettings settings) {
    return settings.address().equals(address);
  }

  /** Accepts clients, as these settings say, from now on. */
  void accept(ListenerSettings settings, ClientLimits limits) {
    places.limit(most(settings));
    tls = settings.tls();
    placesOfAddresses.limit(limits.mostConnectionsPerAddress());
    channel.config().setAutoRead(true);
  }

  /** How it speaks TLS with those who come now; null when it does not. */
  @Nullable ListenerTlsSettings tls() {
    return tls;
  }

  /** Those of its own clients. */
  ClientPlaces places() {
    return places;
  }

  /** Those of its own clients, by where they come from. */
  AddressPlaces placesOfAddresses() {
    return placesOfAddresses;
  }

  /** Its socket, and what the kernel was told of that. */
  Changes.OpenSocket socket() {
    return new Changes.OpenSocket(address, socket);
  }

  private static String name(Address address) {
    return "listen " + address;
  }

  private static Channel bindTcp(
      ServerBootstrap bootstrap, Address address, SocketSettings settings, Transport transport)
      throws IOException {
    SocketAddress resolved = transport.resolve(address);
    if (resolved instanceof InetSocketAddress inet && inet.isUnresolved()) {
      throw new IOException("listen " + address + ": unknown host " + inet.getHostString());
    }
    bootstrap.channel(transport.serverChannel(address)).option(ChannelOption.SO_REUSEADDR, true);
    if (!settings.reusePort()) {
      return bind(bootstrap, address, resolved);
    }
    try {
      bootstrap.option(transport.reusePort(), true);
    } catch (IOException e) {
      throw failed(address, e);
    }
    try {
      return bind(bootstrap, address, resolved);
    } catch (IOException e) {
      throw new IOException(SharedPort.explain(e.getMessage()), e);
    }
  }

  private static Channel bindUnix(
      ServerBootstrap bootstrap, Address.Unix address, SocketSettings settings, Transport transport)
      throws IOException {
    Path path = Path.of(address.path());
    UnixSockets.removeStale(path);
    Integer mode = settings.mode();
    UnixSockets.Binding binding =
        at -> bindUnix(bootstrap, address, at, settings.backlog(), transport);
    return mode == null ? binding.at(path) : UnixSockets.bind(path, mode, binding);
  }

  private static Channel bindUnix(
      ServerBootstrap bootstrap, Address.Unix address, Path at, int backlog, Transport transport)
      throws IOException {
    if (transport == Transport.EPOLL) {
      try {
        return Descriptors.adoptUnix(bootstrap, Descriptors.listen(at, backlog));
      } catch (IOException e) {
        throw failed(address, e);
      }
    }
    bootstrap.channel(transport.serverChannel(address));
    return bind(bootstrap, address, transport.unix(at.toString()));
  }

  private static Channel bind(ServerBootstrap bootstrap, Address address, SocketAddress at)
      throws IOException {
    ChannelFuture bound = bootstrap.bind(at).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw failed(address, bound.cause());
    }
    return bound.channel();
  }

  private static IOException failed(Address address, Throwable cause) {
    return new IOException("listen " + address + ": " + reason(cause), cause);
  }

  private static String reason(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    return message.toLowerCase(Locale.ROOT).contains("address already in use")
        ? "the address is already in use"
        : message;
  }

  /** The address with the port that was really taken. */
  SocketAddress address() {
    return address instanceof Address.Unix unix
        ? UnixDomainSocketAddress.of(unix.path())
        : channel.localAddress();
  }

  /** Whether other processes accept clients of its port, and may be sent all of them. */
  boolean canDivert() {
    return socket.reusePort() && Diversion.isPossible(channel);
  }

  /** What listens. */
  Channel channel() {
    return channel;
  }

  /** Counts a client that has come, whether it is let in or not. */
  void onArrival() {
    arrivals.increment();
  }

  /** How many have come. */
  long arrivals() {
    return arrivals.sum();
  }

  /** What another process may be given to accept in place of this one. */
  HeldSocket held() {
    return new HeldSocket(name(address), Descriptors.of(channel));
  }

  /**
   * Stops accepting. Once only: afterwards the path of a socket may be another's.
   *
   * @param isShared whether another process goes on listening on the same socket
   */
  void close(boolean isShared) {
    if (!channel.isOpen()) {
      return;
    }
    channel.close().awaitUninterruptibly();
    if (!isShared && address instanceof Address.Unix unix) {
      try {
        Files.deleteIfExists(Path.of(unix.path()));
      } catch (IOException e) {
        // A stale socket file; the next start removes it.
      }
    }
  }
}
