package io.fairlead.it;

import io.fairlead.config.Address;
import io.fairlead.config.AdminSettings;
import io.fairlead.config.EjectSettings;
import io.fairlead.config.LimitSettings;
import io.fairlead.config.ListenerSettings;
import io.fairlead.config.ListenerSettings.GuardedCommand;
import io.fairlead.config.ListenerSettings.ParseError;
import io.fairlead.config.PoolSettings;
import io.fairlead.config.PoolSettings.Mode;
import io.fairlead.config.PoolSettings.MultigetFailure;
import io.fairlead.config.ProxySettings;
import io.fairlead.config.ServerSettings;
import io.fairlead.config.SocketSettings;
import io.fairlead.config.ThreadSettings;
import io.fairlead.metrics.Counter;
import io.fairlead.runtime.Proxy;
import io.fairlead.testkit.MemcachedServer;
import io.fairlead.testkit.RawClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** A proxy with one listener on a free port of this machine. */
final class ProxyUnderTest implements AutoCloseable {
  /** No server of a test is slow; a machine that is busy with other things may be. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Proxy proxy;

  private ProxyUnderTest(Proxy proxy) {
    this.proxy = proxy;
  }

  static Settings inFrontOf(MemcachedServer... servers) {
    return inFrontOf(List.of(servers));
  }

  static Settings inFrontOf(List<? extends MemcachedServer> servers) {
    return new Settings(servers.stream().map(MemcachedServer::address).toList());
  }

  static Settings inFrontOfAddresses(List<SocketAddress> servers) {
    return new Settings(servers);
  }

  SocketAddress address() {
    return proxy.addresses().get(0);
  }

  /** The port it listens on. */
  int port() {
    return ((InetSocketAddress) address()).getPort();
  }

  RawClient connect() {
    return RawClient.connect(address()).withDeadline(PATIENCE);
  }

  /** The counter's sum over all event loops. */
  long count(Counter counter) {
    return proxy.stats().stream().mapToLong(loop -> loop.get(counter)).sum();
  }

  @Override
  public void close() {
    proxy.close();
  }

  /** What a test wants to be different from the defaults. */
  static final class Settings {
    private final List<ServerSettings> servers;
    private Address listen = new Address.Tcp("127.0.0.1", 0);
    private SocketSettings socket = SocketSettings.DEFAULT;
    private int connections;
    private ParseError onParseError = ParseError.ANSWER;
    private int loops = 1;
    private ThreadSettings.Transport transport = ThreadSettings.Transport.AUTO;
    private boolean coalesce = true;
    private boolean shareGets;
    private MultigetFailure multigetFailure = MultigetFailure.PARTIAL;
    private int clientBufferBytes = LimitSettings.DEFAULT.clients().clientBufferBytes();

    private int keysPerGet = LimitSettings.DEFAULT.clients().keysPerGet();

    private Settings(List<SocketAddress> servers) {
      this.servers = servers.stream().map(Settings::server).toList();
    }

    private static ServerSettings server(SocketAddress address) {
      if (address instanceof InetSocketAddress inet) {
        return ServerSettings.at(
            new Address.Tcp(inet.getAddress().getHostAddress(), inet.getPort()));
      }
      return ServerSettings.at(
          new Address.Unix(((UnixDomainSocketAddress) address).getPath().toString()));
    }

    Settings listen(Address address) {
      listen = address;
      return this;
    }

    Settings socket(SocketSettings wanted) {
      socket = wanted;
      return this;
    }

    Settings connections(int most) {
      connections = most;
      return this;
    }

    Settings onParseError(ParseError wanted) {
      onParseError = wanted;
      return this;
    }

    Settings anyNumberOfKeys() {
      keysPerGet = 0;
      return this;
    }

    Settings loops(int count) {
      loops = count;
      return this;
    }

    Settings transport(ThreadSettings.Transport wanted) {
      transport = wanted;
      return this;
    }

    Settings coalesce(boolean wanted) {
      coalesce = wanted;
      return this;
    }

    Settings shareGets(boolean wanted) {
      shareGets = wanted;
      return this;
    }

    Settings multigetFailure(MultigetFailure policy) {
      multigetFailure = policy;
      return this;
    }

    Settings clientBufferBytes(int bytes) {
      clientBufferBytes = bytes;
      return this;
    }

    ProxyUnderTest start() throws IOException {
      ProxySettings settings =
          ProxySettings.of(
                  List.of(
                      ListenerSettings.with(listen, "main")
                          .allow(Set.of(GuardedCommand.FLUSH_ALL))
                          .socket(socket)
                          .connections(connections)
                          .onParseError(onParseError)
                          .build()),
                  List.of(pool()))
              .admin(AdminSettings.DEFAULT) // opened by the process, not by the proxy
              .threads(new ThreadSettings(loops, transport, ThreadSettings.DEFAULT.rest()))
              .limits(limits())
              .build();
      return new ProxyUnderTest(Proxy.start(settings));
    }

    private LimitSettings limits() {
      return LimitSettings.with()
          .clients(clients -> clients.clientBufferBytes(clientBufferBytes).keysPerGet(keysPerGet))
          .build();
    }

    /** Nothing is ejected: a test says itself what becomes of a server. */
    private PoolSettings pool() {
      return PoolSettings.with("main", Mode.SHARDED, servers)
          .timeout(PATIENCE)
          .connectTimeout(PATIENCE)
          .coalesce(coalesce)
          .shareGets(shareGets)
          .multigetFailure(multigetFailure)
          .eject(EjectSettings.OFF)
          .build();
    }
  }
}
