package io.fairlead.server;

import io.fairlead.config.Address;
import io.fairlead.config.ProxySettings;
import io.fairlead.runtime.Proxy;
import io.fairlead.server.admin.AdminServer;
import io.fairlead.server.admin.ProxyReadings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running proxy together with its admin port. */
final class ProxyProcess implements AutoCloseable {
  /*
   * Order. The admin port opens first, so that a start that takes its time is seen as alive and
   * not ready; it closes last, so that a drain is seen as not ready until the end.
   */
  private static final Logger LOG = LoggerFactory.getLogger("fairlead");

  private final Proxy proxy;
  private final @Nullable AdminServer admin;

  private ProxyProcess(Proxy proxy, @Nullable AdminServer admin) {
    this.proxy = proxy;
    this.admin = admin;
  }

  static ProxyProcess start(ProxySettings settings) throws UserError {
    AdminServer admin = settings.admin() == null ? null : openAdmin(settings.admin());
    try {
      Proxy proxy = Proxy.start(settings);
      if (admin != null) {
        admin.onReady(new ProxyReadings(proxy::stats, proxy::servers));
      }
      return new ProxyProcess(proxy, admin);
    } catch (IOException | RuntimeException e) {
      if (admin != null) {
        admin.close();
      }
      throw StartFailure.explain(e);
    }
  }

  private static AdminServer openAdmin(Address.Tcp address) throws UserError {
    try {
      return AdminServer.start(address, Version.text());
    } catch (IOException e) {
      throw StartFailure.explain(e);
    }
  }

  /** Where clients connect. */
  List<SocketAddress> addresses() {
    return proxy.addresses();
  }

  /** Where the admin port listens, if anywhere. */
  @Nullable InetSocketAddress adminAddress() {
    return admin == null ? null : admin.address();
  }

  /** Answers what is in flight, within {@code limit}, and closes everything. */
  void drain(Duration limit) {
    LOG.atInfo().addKeyValue("limit", limit.toSeconds() + "s").log("draining");
    if (admin != null) {
      admin.onDraining();
    }
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
    proxy.close();
    if (admin != null) {
      admin.close();
    }
  }
}
