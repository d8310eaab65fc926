package io.fairlead.server;

import io.fairlead.config.PoolSettings;
import io.fairlead.config.ProxySettings;
import io.fairlead.config.ThreadSettings;
import io.fairlead.config.ThreadSettings.Transport;
import io.fairlead.config.route.RouteTreeSettings;
import io.fairlead.protocol.Operation;
import io.fairlead.route.Outline;
import io.fairlead.route.Question;
import io.fairlead.runtime.Proxy;
import io.fairlead.server.command.UserError;
import io.fairlead.server.process.StartFailure;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The routes of a configuration as a proxy would build them, without clients and connections. */
final class OfflineRoutes implements AutoCloseable {
  private final ProxySettings settings;
  private final Proxy proxy;

  OfflineRoutes(ProxySettings settings) throws UserError {
    this.settings = settings;
    try {
      proxy = Proxy.start(withoutOthers(settings));
    } catch (IOException e) {
      throw StartFailure.explain(e);
    }
  }

  /** Nothing that talks to anybody, or leaves a trace. */
  private static ProxySettings withoutOthers(ProxySettings settings) {
    return ProxySettings.of(
            List.of(), settings.pools().stream().map(OfflineRoutes::unconnected).toList())
        .threads(new ThreadSettings(1, Transport.NIO, settings.threads().rest()))
        .limits(settings.limits())
        .version(settings.version())
        .routes(settings.routes())
        .build();
  }

  private static PoolSettings unconnected(PoolSettings pool) {
    return PoolSettings.with(pool.name(), pool.mode(), pool.servers())
        .placement(pool.placement())
        .eject(pool.eject())
        .timeout(pool.timeout())
        .preconnect(false)
        .build();
  }

  List<String> names() {
    return settings.routes().stream().map(RouteTreeSettings::name).toList();
  }

  /** Where a request goes while all servers are up. */
  Outline outline(String routes, Operation operation, byte[] key) {
    return outline(routes, new Question(operation, key));
  }

  /** Where a request for a tree of routes or a pool goes; all of it when there is no question. */
  Outline outline(String target, @Nullable Question question) {
    return proxy.outline(target, question);
  }

  @Override
  public void close() {
    proxy.close();
  }
}
