package io.fairlead.server.serve;

import io.fairlead.config.Address;
import io.fairlead.config.DiscoverySettings;
import io.fairlead.config.ListenerSettings;
import io.fairlead.config.ListenerSettings.GuardedCommand;
import io.fairlead.config.LoadOptions;
import io.fairlead.config.PoolSettings;
import io.fairlead.config.ProxySettings;
import io.fairlead.config.ServerSettings;
import io.fairlead.config.SourceSettings;
import io.fairlead.config.ThreadSettings;
import io.fairlead.config.ThreadSettings.Transport;
import io.fairlead.server.command.Choices;
import io.fairlead.server.command.ListenText;
import io.fairlead.server.command.TimeOption;
import io.fairlead.server.settings.OnePool;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** A proxy with one pool, described by options instead of a file. */
final class ProxyOptions {
  /** The environment's word for an option that is not given. */
  static final String LISTEN_VARIABLE = "FAIRLEAD_LISTEN";

  static final String ADMIN_VARIABLE = "FAIRLEAD_ADMIN";

  private static final String POOL = "default";

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--server",
      paramLabel = "HOST:PORT",
      split = ",",
      hideParamSyntax = true,
      converter = ServerText.class,
      description = {
        "A memcached server, unix:/path, or where servers are",
        "looked up, as dns+srv://name. Repeat it, or use",
        "commas."
      })
  private List<GivenServer> servers = List.of();

  @Option(
      names = "--listen",
      paramLabel = "ADDR:PORT",
      converter = ListenText.class,
      defaultValue = "${env:" + LISTEN_VARIABLE + ":-127.0.0.1:5000}",
      description = {
        "Where clients connect; default: what the environment",
        "has as FAIRLEAD_LISTEN, or 127.0.0.1:5000. As :PORT",
        "on every interface; unix:/path for a socket. May be",
        "repeated."
      })
  private List<Address> listen = List.of(ListenerSettings.DEFAULT_ADDRESS);

  @Option(
      names = "--admin",
      paramLabel = "ADDR:PORT",
      converter = ListenText.Admin.class,
      defaultValue = "${env:" + ADMIN_VARIABLE + ":-127.0.0.1:5001}",
      description = {
        "Probes, metrics and statistics over HTTP, or off;",
        "default: FAIRLEAD_ADMIN, or 127.0.0.1:5001."
      })
  private Address.@Nullable Tcp admin = ProxySettings.DEFAULT_ADMIN;

  @Option(
      names = "--replicated",
      description = "Keep every key on every server; default: each key on one server.")
  private boolean replicated;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = TimeOption.class,
      description = "How long a server may take to answer; default: 250ms.")
  private Duration timeout = PoolSettings.DEFAULT_TIMEOUT;

  @Option(
      names = "--allow",
      paramLabel = "COMMAND",
      split = ",",
      hideParamSyntax = true,
      converter = Choices.Guarded.class,
      description = "Accept a command that reaches every server: flush_all.")
  private Set<GuardedCommand> allow = EnumSet.noneOf(GuardedCommand.class);

  @Option(
      names = "--threads",
      paramLabel = "N",
      converter = Choices.Threads.class,
      description = "Event loops; default: 1. auto: more when full.")
  private ThreadSettings threads = ThreadSettings.DEFAULT;

  @Option(
      names = "--transport",
      paramLabel = "KIND",
      converter = Choices.Transports.class,
      description = "auto (default: epoll where it loads), epoll or nio.")
  private Transport transport = ThreadSettings.DEFAULT.transport();

  @Option(
      names = "--coalesce",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Whether gets of different clients may travel together; default: they may.")
  private boolean coalesce;

  @SuppressWarnings("NullAway.Init") // picocli sets the specification
  ProxyOptions() {}

  boolean hasServers() {
    return !servers.isEmpty();
  }

  /** Where clients connect, for a file that does not say it. */
  List<Address> listen() {
    return listen;
  }

  /** What replaces the word of a file on the admin port; null when nothing is said about it. */
  LoadOptions.@Nullable Admin givenAdmin() {
    boolean isGiven = spec.commandLine().getParseResult().hasMatchedOption("--admin");
    return isGiven ? new LoadOptions.Admin(admin) : null;
  }

  ProxySettings toSettings() {
    requireDistinctServers();
    requireOwnAdminPort();
    return OnePool.settings(
        pool(),
        listen,
        allow,
        admin,
        new ThreadSettings(threads.loops(), threads.mostLoops(), transport, threads.rest()));
  }

  private PoolSettings pool() {
    return PoolSettings.with(
            POOL, replicated ? PoolSettings.Mode.REPLICATED : PoolSettings.Mode.SHARDED, named())
        .discovery(discovery())
        .timeout(timeout)
        .coalesce(coalesce)
        .build();
  }

  private List<ServerSettings> named() {
    return servers.stream()
        .filter(GivenServer.Named.class::isInstance)
        .map(server -> ServerSettings.at(((GivenServer.Named) server).address()))
        .toList();
  }

  private DiscoverySettings discovery() {
    List<SourceSettings> sources =
        servers.stream()
            .filter(GivenServer.LookedUp.class::isInstance)
            .map(server -> SourceSettings.at(((GivenServer.LookedUp) server).place()))
            .toList();
    return sources.isEmpty()
        ? DiscoverySettings.NONE
        : new DiscoverySettings(sources, DiscoverySettings.DEFAULT_REMOVE_AFTER);
  }

  private void requireDistinctServers() {
    Set<GivenServer> seen = new HashSet<>();
    for (GivenServer server : servers) {
      if (!seen.add(server)) {
        throw mistake("--server: " + server + " (expected: each server once)");
      }
    }
  }

  private void requireOwnAdminPort() {
    for (Address address : listen) {
      if (admin != null
          && address instanceof Address.Tcp tcp
          && tcp.port() == admin.port()
          && admin.port() != 0) {
        throw mistake(
            "--admin: " + admin + " (expected: another port than --listen " + tcp + ", or off)");
      }
    }
  }

  private ParameterException mistake(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
