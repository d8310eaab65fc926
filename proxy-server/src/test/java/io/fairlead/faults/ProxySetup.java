package io.fairlead.faults;

import io.fairlead.config.Address;
import io.fairlead.config.ConnectionSettings;
import io.fairlead.config.EjectSettings;
import io.fairlead.config.EjectSettings.WhileEjected;
import io.fairlead.config.LimitSettings;
import io.fairlead.config.ListenerSettings;
import io.fairlead.config.ListenerSettings.GuardedCommand;
import io.fairlead.config.PoolSettings;
import io.fairlead.config.PoolSettings.ErrorText;
import io.fairlead.config.PoolSettings.Mode;
import io.fairlead.config.PoolSettings.MultigetFailure;
import io.fairlead.config.ProxySettings;
import io.fairlead.config.ReplicaSettings;
import io.fairlead.config.ReplicaSettings.WritePolicy;
import io.fairlead.config.ServerSettings;
import io.fairlead.config.SpoolSettings;
import io.fairlead.config.ThreadSettings;
import io.fairlead.runtime.Proxy;
import io.fairlead.testkit.MemcachedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a test changes of a proxy's settings. Servers are named s0, s1 ..., so that keys have the
 * same place in every run; nothing is ejected, and no value repaired, unless the test says so.
 */
public final class ProxySetup {
  /** For tests that measure or need requests to time out. */
  static final Duration TIMEOUT = Duration.ofMillis(200);

  /** For all others, which a machine that is slow for a moment must not fail. */
  private static final Duration PATIENT_TIMEOUT = Duration.ofSeconds(2);

  private final List<Integer> ports = new ArrayList<>();
  private Mode mode = Mode.SHARDED;
  private Address listen = new Address.Tcp("127.0.0.1", 0);
  private String host = "127.0.0.1";
  private int loops = 1;
  private Set<GuardedCommand> allow = Set.of();
  private Duration timeout = PATIENT_TIMEOUT;
  private Duration connectTimeout = PoolSettings.DEFAULT_CONNECT_TIMEOUT;
  private ConnectionSettings connection = ConnectionSettings.DEFAULT;
  private boolean preconnect = true;
  private boolean coalesce = true;
  private MultigetFailure multigetFailure = MultigetFailure.PARTIAL;
  private ReplicaSettings replicas = without(ReplicaSettings.defaultFor(Mode.REPLICATED));
  private ErrorText errorText = ErrorText.NATIVE;
  private EjectSettings eject = EjectSettings.OFF;
  private int valueBytes = LimitSettings.DEFAULT.valueBytes();
  private int clientBufferBytes = LimitSettings.DEFAULT.clients().clientBufferBytes();
  private Duration clientTimeout = LimitSettings.DEFAULT.clients().clientTimeout();
  private int serverRequests = LimitSettings.DEFAULT.serverRequests();
  private int serverBufferBytes = LimitSettings.DEFAULT.serverBufferBytes();
  private long loopBytes = LimitSettings.DEFAULT.loopBytes();
  private int connections = LimitSettings.DEFAULT.connections();
  private @Nullable SpoolSettings spool;

  public static ProxySetup sharded(int... ports) {
    ProxySetup setup = new ProxySetup();
    for (int port : ports) {
      setup.ports.add(port);
    }
    return setup;
  }

  public static ProxySetup sharded(List<MemcachedServer> servers) {
    return sharded(servers.stream().mapToInt(MemcachedServer::port).toArray());
  }

  public static ProxySetup replicated(int... ports) {
    ProxySetup setup = sharded(ports);
    setup.mode = Mode.REPLICATED;
    return setup;
  }

  /** The first server is the primary, the others are its replicas. */
  public static ProxySetup primaryReplica(int... ports) {
    ProxySetup setup = sharded(ports);
    setup.mode = Mode.PRIMARY_REPLICA;
    setup.replicas = without(ReplicaSettings.defaultFor(setup.mode));
    return setup;
  }

  private static ReplicaSettings without(ReplicaSettings usual) {
    return usual.withRepair(0);
  }

  /** Makes it a sharded pool of the same servers. */
  ProxySetup sharded() {
    mode = Mode.SHARDED;
    return this;
  }

  ProxySetup listen(Path unixSocket) {
    listen = new Address.Unix(unixSocket.toString());
    return this;
  }

  /** The host of every server. */
  ProxySetup host(String name) {
    host = name;
    return this;
  }

  ProxySetup loops(int count) {
    loops = count;
    return this;
  }

  public ProxySetup allow(GuardedCommand command) {
    allow = Set.of(command);
    return this;
  }

  public ProxySetup timeout(Duration value) {
    timeout = value;
    return this;
  }

  ProxySetup connectTimeout(Duration value) {
    connectTimeout = value;
    return this;
  }

  ProxySetup connection(ConnectionSettings value) {
    connection = value;
    return this;
  }

  ProxySetup preconnect(boolean value) {
    preconnect = value;
    return this;
  }

  ProxySetup coalesce(boolean value) {
    coalesce = value;
    return this;
  }

  ProxySetup multigetFailure(MultigetFailure value) {
    multigetFailure = value;
    return this;
  }

  ProxySetup writes(WritePolicy value) {
    replicas = replicas.with(value);
    return this;
  }

  /** Changes what is done with replicas. */
  public ProxySetup replicas(UnaryOperator<ReplicaSettings> change) {
    replicas = change.apply(replicas);
    return this;
  }

  ProxySetup errorText(ErrorText value) {
    errorText = value;
    return this;
  }

  /** Any number of servers may be out, and comes back between {@code retry} and a probe more. */
  ProxySetup eject(int failures, Duration retry, WhileEjected then) {
    return eject(
        EjectSettings.with(then)
            .failures(failures)
            .every(retry)
            .ramp(Duration.ZERO)
            .unbounded()
            .build());
  }

  ProxySetup eject(EjectSettings value) {
    eject = value;
    return this;
  }

  ProxySetup valueBytes(int value) {
    valueBytes = value;
    return this;
  }

  ProxySetup clientBufferBytes(int value) {
    clientBufferBytes = value;
    return this;
  }

  ProxySetup clientTimeout(Duration value) {
    clientTimeout = value;
    return this;
  }

  ProxySetup serverRequests(int value) {
    serverRequests = value;
    return this;
  }

  ProxySetup serverBufferBytes(int value) {
    serverBufferBytes = value;
    return this;
  }

  ProxySetup loopBytes(long value) {
    loopBytes = value;
    return this;
  }

  ProxySetup connections(int value) {
    connections = value;
    return this;
  }

  ProxySetup spool(SpoolSettings value) {
    spool = value;
    return this;
  }

  public TestProxy start() {
    try {
      return new TestProxy(Proxy.start(settings()), ports.size());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ProxySettings settings() {
    return ProxySettings.of(List.of(ListenerSettings.of(listen, "pool", allow)), List.of(pool()))
        .threads(
            new ThreadSettings(
                loops, ThreadSettings.DEFAULT.transport(), ThreadSettings.DEFAULT.rest()))
        .limits(limits())
        .deleteSpool(spool)
        .build();
  }

  private PoolSettings pool() {
    List<ServerSettings> servers = new ArrayList<>();
    for (int port : ports) {
      Address address = new Address.Tcp(host, port);
      servers.add(new ServerSettings("s" + servers.size(), address, 1));
    }
    return PoolSettings.with("pool", mode, servers)
        .timeout(timeout)
        .connectTimeout(connectTimeout)
        .connection(connection)
        .preconnect(preconnect)
        .coalesce(coalesce)
        .multigetFailure(multigetFailure)
        .errorText(errorText)
        .replicas(replicas)
        .eject(eject)
        .build();
  }

  private LimitSettings limits() {
    return LimitSettings.with()
        .valueBytes(valueBytes)
        .clientBufferBytes(clientBufferBytes)
        .clientTimeout(clientTimeout)
        .serverRequests(serverRequests)
        .serverBufferBytes(serverBufferBytes)
        .loopBytes(loopBytes)
        .connections(connections)
        .build();
  }
}
