package io.fairlead.server;

import io.fairlead.config.Address;
import io.fairlead.config.ProxySettings;
import io.fairlead.server.admin.AdminServer;
import io.fairlead.server.admin.ProxyReadings;
import io.fairlead.server.admin.Reloading;
import io.fairlead.server.admin.TwemproxyStats;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** The ports for those who operate a proxy, as far as they are wanted. */
final class OpsPorts implements AutoCloseable {
  private final @Nullable AdminServer admin;
  private final @Nullable TwemproxyStats stats;

  private OpsPorts(@Nullable AdminServer admin, @Nullable TwemproxyStats stats) {
    this.admin = admin;
    this.stats = stats;
  }

  /**
   * Opens what the settings ask for.
   *
   * @throws IOException when an address cannot be listened on; its message says which and why
   */
  static OpsPorts open(ProxySettings settings) throws IOException {
    Address.Tcp adminAt = settings.admin();
    Address.Tcp statsAt = settings.twemproxyStats();
    AdminServer admin = adminAt == null ? null : AdminServer.start(adminAt, Version.text());
    try {
      TwemproxyStats stats =
          statsAt == null
              ? null
              : TwemproxyStats.start(statsAt, Version.text(), settings.listeners().size());
      return new OpsPorts(admin, stats);
    } catch (IOException | RuntimeException e) {
      if (admin != null) {
        admin.close();
      }
      throw e;
    }
  }

  void onReady(ProxyReadings readings) {
    if (admin != null) {
      admin.onReady(readings);
    }
    if (stats != null) {
      stats.onReady(readings);
    }
  }

  void onReloadable(Reloading config) {
    if (admin != null) {
      admin.onReloadable(config);
    }
  }

  void onDraining() {
    if (admin != null) {
      admin.onDraining();
    }
  }

  @Nullable InetSocketAddress adminAddress() {
    return admin == null ? null : admin.address();
  }

  @Nullable InetSocketAddress statsAddress() {
    return stats == null ? null : stats.address();
  }

  @Override
  public void close() {
    if (admin != null) {
      admin.close();
    }
    if (stats != null) {
      stats.close();
    }
  }
}
