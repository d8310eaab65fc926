package io.fairlead.server.process;

import io.fairlead.config.Address;
import io.fairlead.config.AdminSettings;
import io.fairlead.config.ProxySettings;
import io.fairlead.server.admin.AdminServer;
import io.fairlead.server.admin.ProcessReadings;
import io.fairlead.server.admin.ProxyReadings;
import io.fairlead.server.admin.ProxyView;
import io.fairlead.server.admin.Reloading;
import io.fairlead.server.admin.TwemproxyStats;
import io.fairlead.server.command.Version;
import io.fairlead.server.log.Logs;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ports for those who operate a proxy, as far as they are wanted. */
final class OpsPorts implements AutoCloseable {
  /*
   * A process that takes over from another opens the ports that the other one has when that has let
   * go of them. It serves by then and there is no way back, so a port that is somebody else's all of a
   * sudden is logged, and done without.
   */
  private static final Logger LOG = LoggerFactory.getLogger("fairlead");
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final long POLL_MILLIS = 10;

  /** What the admin port tells of the process; of keys and events nobody keeps any yet. */
  private static final ProcessReadings PROCESS =
      new ProcessReadings(Logs.recentEvents()::latest, Logs.logLevel());

  private final ProxySettings settings;
  private volatile @Nullable AdminServer admin;
  private volatile @Nullable TwemproxyStats stats;

  private OpsPorts(ProxySettings settings) {
    this.settings = settings;
  }

  /**
   * Opens what the settings ask for, except for what the process before this one still has.
   *
   * @throws IOException when an address cannot be listened on; its message says which and why
   */
  static OpsPorts open(ProxySettings settings, Succession succession) throws IOException {
    OpsPorts ports = new OpsPorts(settings);
    try {
      for (String name : ports.names()) {
        if (!succession.mustWaitFor(name)) {
          ports.open(name);
        }
      }
      return ports;
    } catch (IOException | RuntimeException e) {
      ports.close();
      throw e;
    }
  }

  /** What the ports of the settings are called between processes. */
  List<String> names() {
    return Stream.of(adminName(), statsName()).filter(Objects::nonNull).toList();
  }

  private @Nullable String adminName() {
    AdminSettings wanted = settings.admin();
    return wanted == null ? null : "admin " + wanted.address();
  }

  private @Nullable String statsName() {
    return settings.twemproxyStats() == null
        ? null
        : "twemproxy_stats " + settings.twemproxyStats();
  }

  private void open(String name) throws IOException {
    AdminSettings adminAt = settings.admin();
    Address.Tcp statsAt = settings.twemproxyStats();
    if (adminAt != null && name.equals(adminName())) {
      admin = AdminServer.start(adminAt, Version.text(), PROCESS);
    } else if (statsAt != null && name.equals(statsName())) {
      stats = TwemproxyStats.start(statsAt, Version.text(), settings.listeners().size());
    }
  }

  /** Opens what had to wait. */
  void openOthers() {
    String adminName = adminName();
    if (admin == null && adminName != null) {
      openWithPatience(adminName);
    }
    if (stats == null && settings.twemproxyStats() != null) {
      openWithPatience("twemproxy_stats " + settings.twemproxyStats());
    }
  }

  private void openWithPatience(String name) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    boolean isFirst = true;
    for (IOException failure = tryToOpen(name); failure != null; failure = tryToOpen(name)) {
      if (System.nanoTime() - deadline > 0) {
        LOG.atError()
            .addKeyValue("port", name)
            .addKeyValue("cause", failure.getMessage())
            .log("another program has a port: goes on without it, until a restart");
        return;
      }
      if (isFirst) {
        LOG.atInfo().addKeyValue("port", name).log("waits for a port that is in use");
        isFirst = false;
      }
      if (!pause()) {
        return;
      }
    }
  }

  /** Why it could not be opened; null when it was. */
  private @Nullable IOException tryToOpen(String name) {
    try {
      open(name);
      return null;
    } catch (IOException e) {
      return e;
    }
  }

  private static boolean pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  void onServing(ProxyReadings readings, ProxyView proxy) {
    AdminServer adminNow = admin;
    if (adminNow != null) {
      adminNow.onServing(readings, proxy);
    }
    TwemproxyStats statsNow = stats;
    if (statsNow != null) {
      statsNow.onReady(readings);
    }
  }

  void onReady() {
    AdminServer adminNow = admin;
    if (adminNow != null) {
      adminNow.onReady();
    }
  }

  void onReloadable(Reloading config) {
    if (admin != null) {
      admin.onReloadable(config);
    }
  }

  void onDraining() {
    AdminServer adminNow = admin;
    if (adminNow != null) {
      adminNow.onDraining();
    }
  }

  @Nullable InetSocketAddress adminAddress() {
    AdminServer adminNow = admin;
    return adminNow == null ? null : adminNow.address();
  }

  @Nullable InetSocketAddress statsAddress() {
    TwemproxyStats statsNow = stats;
    return statsNow == null ? null : statsNow.address();
  }

  @Override
  public void close() {
    AdminServer adminNow = admin;
    if (adminNow != null) {
      adminNow.close();
    }
    TwemproxyStats statsNow = stats;
    if (statsNow != null) {
      statsNow.close();
    }
  }
}
