package io.fairlead.config;

import io.fairlead.config.EjectSettings.PanicSettings;
import io.fairlead.config.EjectSettings.ProbeSettings;
import io.fairlead.config.ListenerSettings.Introspection;
import io.fairlead.config.PoolSettings.Mode;
import io.fairlead.config.route.RouteTreeSettings;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes settings as the YAML that {@link ConfigLoader} reads back to equal settings. Nothing is
 * left to a default, other than options of routes.
 *
 * <p>What the file cannot say is written as the nearest it can: a disabled {@link EjectSettings} is
 * {@code false} whatever else it holds, and a sharded pool has no replicas. Weights and tags are
 * written as many as there are servers. A tree of routes is read back when a listener leads to it.
 */
public final class ConfigWriter {
  private final StringBuilder yaml = new StringBuilder();

  private ConfigWriter() {}

  /**
   * The settings as a document that ends in a line feed.
   *
   * @throws IllegalArgumentException when a duration is not of whole milliseconds
   */
  public static String render(ProxySettings settings) {
    ConfigWriter writer = new ConfigWriter();
    writer.proxy(settings);
    return writer.yaml.toString();
  }

  private void proxy(ProxySettings settings) {
    line(settings.listeners().isEmpty() ? "listeners: []" : "listeners:");
    Set<String> trees =
        settings.routes().stream().map(RouteTreeSettings::name).collect(Collectors.toSet());
    settings.listeners().forEach(listener -> listener(listener, trees));
    line(settings.pools().isEmpty() ? "pools: {}" : "pools:");
    settings.pools().forEach(this::pool);
    if (!settings.routes().isEmpty()) {
      new YamlLayout(yaml).entry(0, "routes", RouteWriter.routes(settings));
    }
    threads(settings.threads());
    line("limits:");
    limits(settings.limits());
    admin(settings.admin());
    line("twemproxy_stats: " + orFalse(settings.twemproxyStats()));
    deleteSpool(settings.deleteSpool());
    line("version: " + text(settings.version()));
    shutdown(settings.shutdown());
    line("reload: " + settings.reload());
    line("warm_up: " + timeOrFalse(settings.warmUp()));
  }

  private void admin(@Nullable AdminSettings admin) {
    if (admin == null || admin.equals(AdminSettings.at(admin.address()))) {
      line("admin: " + orFalse(admin == null ? null : admin.address()));
      return;
    }
    line("admin:");
    line("  listen: " + text(admin.address().toString()));
    line("  reuse_port: " + admin.reusePort());
    if (admin.tokenFile() != null) {
      line("  token_file: " + text(admin.tokenFile().toString()));
    }
    line(
        admin.hosts().stream()
            .map(ConfigWriter::text)
            .collect(Collectors.joining(", ", "  hosts: [", "]")));
  }

  private void listener(ListenerSettings listener, Set<String> trees) {
    String target = listener.target();
    line("  - address: " + text(listener.address().toString()));
    line((trees.contains(target) ? "    route: " : "    pool: ") + text(target));
    if (listener.access().rules().isEmpty()) {
      allow(listener);
    }
    socket(listener.socket());
    line("    connections: " + listener.connections());
    line("    on_parse_error: " + ValueKind.nameOf(listener.onParseError()));
    if (listener.hasIntrospection()) {
      line("    introspection: " + ValueKind.nameOf(Introspection.MCROUTER));
      line(
          listener.introspectionFrom().stream()
              .map(range -> text(range.toString()))
              .collect(Collectors.joining(", ", "    introspection_from: [", "]")));
    }
    ListenerTlsSettings tls = listener.tls();
    if (tls != null) {
      tls(TlsWriter.lines(tls));
    }
    AccessText.of(listener.access()).forEach(this::line);
    ClientLimits limits = listener.limits();
    if (limits != null) {
      line("    limits:");
      limits("      ", limits);
    }
  }

  private void allow(ListenerSettings listener) {
    line(
        listener.allow().stream()
            .sorted()
            .map(ValueKind::nameOf)
            .collect(Collectors.joining(", ", "    allow: [", "]")));
  }

  private void socket(SocketSettings socket) {
    line("    backlog: " + socket.backlog());
    line("    keepalive: " + socket.keepAlive());
    line("    reuse_port: " + socket.reusePort());
    Integer mode = socket.mode();
    if (mode != null) {
      line("    mode: " + text(SocketMode.format(mode)));
    }
  }

  private void pool(PoolSettings pool) {
    line("  " + text(pool.name()) + ":");
    line("    mode: " + ValueKind.nameOf(pool.mode()));
    servers(pool);
    placement(pool);
    line("    timeout: " + time(pool.timeout()));
    line("    connect_timeout: " + time(pool.connectTimeout()));
    line("    connections: " + pool.connections());
    line("    preconnect: " + pool.preconnect());
    line("    coalesce: " + pool.coalesce());
    line("    multiget_failure: " + ValueKind.nameOf(pool.multigetFailure()));
    line("    arithmetic_failure: " + ValueKind.nameOf(pool.arithmeticFailure()));
    line("    error_text: " + ValueKind.nameOf(pool.errorText()));
    if (pool.mode().hasReplicas()) {
      replicas(pool.mode(), pool.replicas());
    }
    eject(pool.eject());
    line("    spool_deletes: " + pool.spoolDeletes());
    connection(pool.connection());
    hotKeys(pool.hotKeys());
    line("    share_gets: " + pool.shareGets());
  }

  private void hotKeys(HotKeySettings hotKeys) {
    if (!hotKeys.on()) {
      line("    hot_keys: false");
      return;
    }
    String show = ValueKind.nameOf(hotKeys.show());
    line("    hot_keys: { keys: " + hotKeys.keys() + ", show: " + show + " }");
  }

  private void connection(ConnectionSettings connection) {
    keepalive(connection.keepalive());
    line("    idle_timeout: " + timeOrFalse(connection.idleTimeout()));
    line("    connect_retries: " + connection.connectRetries());
    line("    server_stats: " + timeOrFalse(connection.serverStats()));
    PasswordPlace auth = connection.auth();
    if (auth instanceof PasswordPlace.InFile file) {
      line("    auth: " + text(file.toString()));
    } else if (auth instanceof PasswordPlace.InEnvironment environment) {
      line("    auth: { environment: " + text(environment.variable()) + " }");
    }
    ServerTlsSettings tls = connection.tls();
    if (tls == null) {
      line("    tls: false");
    } else {
      tls(TlsWriter.lines(tls));
    }
  }

  private void tls(List<String> lines) {
    line("    tls:");
    lines.forEach(line -> line("      " + line));
  }

  private void keepalive(KeepaliveSettings keepalive) {
    if (!keepalive.on() || keepalive.equals(KeepaliveSettings.DEFAULT)) {
      line("    keepalive: " + keepalive.on());
      return;
    }
    line("    keepalive:");
    line("      idle: " + time(keepalive.idle()));
    line("      interval: " + time(keepalive.interval()));
    line("      probes: " + keepalive.probes());
  }

  private void replicas(Mode mode, ReplicaSettings replicas) {
    line("    writes: " + ValueKind.nameOf(replicas.writes()));
    line("    reads: " + ValueKind.nameOf(replicas.reads()));
    line("    miss_failover: " + replicas.missFailover());
    line("    repair: " + part(replicas.repair()));
    line("    missed_writes: " + ValueKind.nameOf(replicas.missedWrites()));
    if (mode == Mode.PRIMARY_REPLICA) {
      line("    promote: " + ValueKind.nameOf(replicas.promote()));
      line("    fail_back: " + replicas.failBack());
    }
  }

  private static String part(double part) {
    boolean isWhole = part == 0 || part == 1;
    return isWhole ? String.valueOf(part == 1) : BigDecimal.valueOf(part).toPlainString();
  }

  private void servers(PoolSettings pool) {
    DiscoverySettings discovery = pool.discovery();
    boolean isEmpty = pool.servers().isEmpty() && !discovery.isOn();
    line(isEmpty ? "    servers: []" : "    servers:");
    pool.servers().forEach(this::server);
    discovery.sources().forEach(this::source);
    if (discovery.isOn()) {
      line("    remove_after: " + time(discovery.removeAfter()));
    }
  }

  private void source(SourceSettings source) {
    String place = YamlScalar.text(source.place().toString());
    String identity = ValueKind.nameOf(source.identity());
    line("      - { source: " + place + ", identity: " + identity + " }");
  }

  private void placement(PoolSettings pool) {
    List<String> names = pool.servers().stream().map(ServerSettings::name).toList();
    PlacementText.of(pool.placement(), names)
        .forEach((key, value) -> line("    " + key + ": " + YamlLayout.flow(value)));
  }

  /** In the short form where that says all. */
  private void server(ServerSettings server) {
    String address = text(server.address().toString());
    boolean isNamed = !server.name().equals(ServerSettings.ringName(server.address()));
    if (!isNamed && server.weight() == 1 && server.tls()) {
      line("      - " + address);
      return;
    }
    String name = isNamed ? "name: " + text(server.name()) + ", " : "";
    String rest = "weight: " + server.weight() + (server.tls() ? "" : ", tls: false");
    line("      - { " + name + "address: " + address + ", " + rest + " }");
  }

  private void eject(EjectSettings eject) {
    if (!eject.enabled()) {
      line("    eject: false");
      return;
    }
    line("    eject:");
    line("      failures: " + eject.failures());
    line("      connect_failures: " + eject.connectFailures());
    line("      time: " + time(eject.time()));
    line("      longest_time: " + time(eject.longestTime()));
    line("      at_most: " + eject.atMost());
    line("      ramp: " + (eject.ramp().isZero() ? "false" : time(eject.ramp())));
    ProbeSettings probe = eject.probe();
    line(
        "      probe: { first: "
            + time(probe.first())
            + ", longest: "
            + time(probe.longest())
            + " }");
    PanicSettings panic = eject.panic();
    line(
        panic.below() == 0
            ? "      panic: false"
            : "      panic: { below: "
                + panic.below()
                + ", then: "
                + ValueKind.nameOf(panic.then())
                + " }");
    line("      then: " + ValueKind.nameOf(eject.then()));
  }

  private void threads(ThreadSettings threads) {
    line("threads:");
    line("  loops: " + (threads.isAuto() ? ThreadReader.AUTO : threads.loops()));
    if (threads.isAuto() && threads.mostLoops() < ThreadSettings.MOST_LOOPS) {
      line("  most_loops: " + threads.mostLoops());
    }
    line("  transport: " + ValueKind.nameOf(threads.transport()));
    line("  rest: " + threads.rest());
  }

  private void limits(LimitSettings limits) {
    limits("  ", limits.clients());
    line("  server_requests: " + limits.serverRequests());
    line("  server_buffer: " + SizeText.format(limits.serverBufferBytes()));
    line("  loop_buffer: " + SizeText.format(limits.loopBytes()));
    line("  connections: " + limits.connections());
    line("  loop_requests: " + limits.load().requests());
    line("  loop_waiting: " + limits.load().waiting());
    line("  loop_waiting_timeout: " + timeOrFalse(limits.load().waitingTimeout()));
    line("  loop_shadows: " + limits.load().shadows());
  }

  private void limits(String indent, ClientLimits limits) {
    line(indent + "value: " + SizeText.format(limits.valueBytes()));
    line(indent + "line: " + SizeText.format(limits.lineBytes()));
    line(indent + "get_line: " + SizeText.format(limits.getLineBytes()));
    line(indent + "keys_per_get: " + limits.keysPerGet());
    line(indent + "client_buffer: " + SizeText.format(limits.clientBufferBytes()));
    line(indent + "client_timeout: " + time(limits.clientTimeout()));
    line(indent + "client_requests: " + limits.clientRequests());
    line(indent + "connections_per_address: " + limits.connectionsPerAddress());
    line(indent + "idle_timeout: " + timeOrFalse(limits.idleTimeout()));
    line(indent + "command_timeout: " + timeOrFalse(limits.commandTimeout()));
    line(indent + "requests_per_second: " + limits.requestsPerSecond());
    line(indent + "request_burst: " + limits.requestBurst());
  }

  private void deleteSpool(@Nullable SpoolSettings spool) {
    if (spool == null) {
      line("delete_spool: false");
      return;
    }
    line("delete_spool:");
    line("  directory: " + text(spool.directory().toString()));
    line("  version: " + spool.version());
    line("  fsync: " + ValueKind.nameOf(spool.fsync()));
    line("  fsync_interval: " + time(spool.fsyncInterval()));
    line("  size: " + SizeText.format(spool.bytes()));
    line("  entries: " + spool.entries());
    line("  age: " + time(spool.age()));
    line("  keep: " + spool.keep());
  }

  private void shutdown(ShutdownSettings shutdown) {
    line("shutdown:");
    line("  delay: " + timeOrFalse(shutdown.delay()));
    line("  drain: " + time(shutdown.drain()));
    line("  spread: " + timeOrFalse(shutdown.spread()));
  }

  private void line(String line) {
    yaml.append(line).append('\n');
  }

  private static String time(Duration duration) {
    return DurationText.format(duration);
  }

  private static String timeOrFalse(Duration duration) {
    return duration.isZero() ? "false" : time(duration);
  }

  private static String orFalse(@Nullable Object value) {
    return value == null ? "false" : text(value.toString());
  }

  private static String text(String text) {
    return YamlScalar.text(text);
  }
}
