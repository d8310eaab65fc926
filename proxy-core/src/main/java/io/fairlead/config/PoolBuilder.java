package io.fairlead.config;

import io.fairlead.config.PoolSettings.ArithmeticFailure;
import io.fairlead.config.PoolSettings.ErrorText;
import io.fairlead.config.PoolSettings.Mode;
import io.fairlead.config.PoolSettings.MultigetFailure;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The settings of a pool, each at its default until it is given. */
public final class PoolBuilder {
  private final String name;
  private final Mode mode;
  private final List<ServerSettings> servers;
  private PlacementSettings placement = RingSettings.DEFAULT;
  private Duration timeout = PoolSettings.DEFAULT_TIMEOUT;
  private Duration connectTimeout = PoolSettings.DEFAULT_CONNECT_TIMEOUT;
  private int connections = 1;
  private boolean preconnect = true;
  private boolean coalesce = true;
  private MultigetFailure multigetFailure = MultigetFailure.PARTIAL;
  private ArithmeticFailure arithmeticFailure = ArithmeticFailure.ERROR;
  private ErrorText errorText = ErrorText.NATIVE;
  private ReplicaSettings replicas;

  /** Null until it is given: the default depends on the placement. */
  private @Nullable EjectSettings eject;

  private boolean spoolDeletes = true;
  private DiscoverySettings discovery = DiscoverySettings.NONE;
  private ConnectionSettings connection = ConnectionSettings.DEFAULT;
  private HotKeySettings hotKeys = HotKeySettings.DEFAULT;
  private boolean shareGets;

  PoolBuilder(String name, Mode mode, List<ServerSettings> servers) {
    this.name = name;
    this.mode = mode;
    this.replicas = ReplicaSettings.defaultFor(mode);
    this.servers = servers;
  }

  public PoolBuilder placement(PlacementSettings value) {
    placement = value;
    return this;
  }

  public PoolBuilder timeout(Duration value) {
    timeout = value;
    return this;
  }

  public PoolBuilder connectTimeout(Duration value) {
    connectTimeout = value;
    return this;
  }

  public PoolBuilder connections(int value) {
    connections = value;
    return this;
  }

  public PoolBuilder preconnect(boolean value) {
    preconnect = value;
    return this;
  }

  public PoolBuilder coalesce(boolean value) {
    coalesce = value;
    return this;
  }

  public PoolBuilder multigetFailure(MultigetFailure value) {
    multigetFailure = value;
    return this;
  }

  public PoolBuilder arithmeticFailure(ArithmeticFailure value) {
    arithmeticFailure = value;
    return this;
  }

  public PoolBuilder errorText(ErrorText value) {
    errorText = value;
    return this;
  }

  public PoolBuilder replicas(ReplicaSettings value) {
    replicas = value;
    return this;
  }

  public PoolBuilder eject(EjectSettings value) {
    eject = value;
    return this;
  }

  public PoolBuilder spoolDeletes(boolean value) {
    spoolDeletes = value;
    return this;
  }

  public PoolBuilder discovery(DiscoverySettings value) {
    discovery = value;
    return this;
  }

  public PoolBuilder connection(ConnectionSettings value) {
    connection = value;
    return this;
  }

  public PoolBuilder hotKeys(HotKeySettings value) {
    hotKeys = value;
    return this;
  }

  public PoolBuilder shareGets(boolean value) {
    shareGets = value;
    return this;
  }

  public PoolSettings build() {
    return new PoolSettings(
        name,
        mode,
        servers,
        placement,
        timeout,
        connectTimeout,
        connections,
        preconnect,
        coalesce,
        multigetFailure,
        arithmeticFailure,
        errorText,
        replicas,
        eject == null ? EjectSettings.defaultFor(placement, mode) : eject,
        spoolDeletes,
        discovery,
        connection,
        hotKeys,
        shareGets);
  }
}
