package io.fairlead.server;

import io.fairlead.config.ProxySettings;
import io.fairlead.runtime.Proxy;
import io.fairlead.server.admin.ProxyReadings;
import io.fairlead.server.admin.Reloading;
import io.fairlead.server.introspection.McrouterIntrospection;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running proxy together with the ports for its operators. */
final class ProxyProcess implements AutoCloseable {
  /*
   * Order. The operators' ports open first, so that a start that takes its time is seen as alive and
   * not ready; they close last, so that a drain is seen as not ready until the end.
   */
  private static final Logger LOG = LoggerFactory.getLogger("fairlead");

  private final Proxy proxy;
  private final OpsPorts ports;
  private final @Nullable McrouterIntrospection introspection;

  private ProxyProcess(Proxy proxy, OpsPorts ports, @Nullable McrouterIntrospection introspection) {
    this.introspection = introspection;
    this.proxy = proxy;
    this.ports = ports;
  }

  static ProxyProcess start(ProxySettings settings) throws UserError {
    return start(settings, null);
  }

  /** The same with what tells clients about the proxy, which ends with it. */
  static ProxyProcess start(ProxySettings settings, @Nullable McrouterIntrospection introspection)
      throws UserError {
    try {
      OpsPorts ports = OpsPorts.open(settings);
      try {
        Proxy proxy = Proxy.start(settings, introspection);
        if (introspection != null) {
          introspection.follow(proxy);
        }
        ports.onReady(new ProxyReadings(proxy::stats, proxy::servers, proxy::pools, proxy::spool));
        return new ProxyProcess(proxy, ports, introspection);
      } catch (IOException | RuntimeException e) {
        ports.close();
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      throw StartFailure.explain(e);
    }
  }

  /** Writes files of statistics from now on. */
  void writeStats(Path folder, Duration interval) {
    if (introspection != null) {
      introspection.writeFiles(folder, interval, proxy);
    }
  }

  /** Where clients connect. */
  List<SocketAddress> addresses() {
    return proxy.addresses();
  }

  /** Where the admin port listens, if anywhere. */
  @Nullable InetSocketAddress adminAddress() {
    return ports.adminAddress();
  }

  /** Where statistics are given in the form of twemproxy, if anywhere. */
  @Nullable InetSocketAddress statsAddress() {
    return ports.statsAddress();
  }

  /** Takes other settings; returns the keys of what takes a restart, and stays as it was. */
  List<String> update(ProxySettings settings) {
    return proxy.update(settings);
  }

  /** Lets operators ask for the configuration to be read again. */
  void onReloadable(Reloading config) {
    ports.onReloadable(config);
  }

  /** Answers what is in flight, within {@code limit}, and closes everything. */
  void drain(Duration limit) {
    LOG.atInfo().addKeyValue("limit", limit.toSeconds() + "s").log("draining");
    ports.onDraining();
    try {
      proxy.drain(limit);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    close();
    LOG.info("stopped");
  }

  @Override
  public void close() {
    if (introspection != null) {
      introspection.close();
    }
    proxy.close();
    ports.close();
  }
}
