package io.fairlead.server.admin;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the pages are made from; it may change on any thread. */
final class AdminState {
  private final String version;
  private volatile ProcessReadings process = ProcessReadings.NONE;
  private volatile ProxyReadings readings = ProxyReadings.NONE;
  private volatile @Nullable ProxyView proxy;
  private volatile @Nullable Reloading reloading;
  private volatile Phase phase = Phase.STARTING;

  AdminState(String version) {
    this.version = version;
  }

  void onServing(ProxyReadings ofProxy, @Nullable ProxyView view) {
    readings = ofProxy;
    proxy = view;
  }

  /** Unless it is about to end already. */
  synchronized void onReady() {
    if (phase == Phase.STARTING) {
      phase = Phase.READY;
    }
  }

  void onReloadable(Reloading config) {
    reloading = config;
  }

  synchronized void onDraining() {
    phase = Phase.DRAINING;
  }

  void readsProcess(ProcessReadings given) {
    process = given;
  }

  String version() {
    return version;
  }

  ProcessReadings process() {
    return process;
  }

  ProxyReadings readings() {
    return readings;
  }

  /** Null before there is a proxy. */
  @Nullable ProxyView proxy() {
    return proxy;
  }

  /** Null when there is no file. */
  @Nullable Reloading reloading() {
    return reloading;
  }

  Phase phase() {
    return phase;
  }

  String phaseName() {
    return phase.name().toLowerCase(Locale.ROOT);
  }
}
