package io.fairlead.runtime;

import io.fairlead.access.Credentials;
import io.fairlead.config.ProxySettings;
import io.fairlead.discovery.DiscoveryPlaces;
import io.fairlead.discovery.Names;
import io.fairlead.discovery.SourceStatus;
import io.fairlead.health.HealthRegistry;
import io.fairlead.tls.Keyring;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The settings that a proxy follows: those of its file, and the servers that sources name. */
final class SettingsInForce {
  /*
   * Two threads bring others: whoever has read a file, and the one of the lookups. A file is taken one
   * at a time (updates), and may wait meanwhile for sources that are new in it; so what both end in is
   * under another lock (this), which nobody holds for long.
   */
  private final Lookups lookups;
  private final Listeners listeners;
  private final ClientPlaces places;
  private final Loops loops;
  private final HealthRegistry health;
  private final Keyring keyring;
  private final Credentials credentials;
  private final boolean canIntrospect;
  private final Object updates = new Object();

  /** The settings of the last file, to which sources add servers. */
  private ProxySettings file;

  private volatile ProxySettings present;
  private boolean started;
  private volatile boolean ended;

  /**
   * @param start what the proxy starts with, which is not followed yet
   * @param places those of the clients of all listeners
   */
  SettingsInForce(
      ProxyStart start,
      Listeners listeners,
      ClientPlaces places,
      Loops loops,
      HealthRegistry health,
      Keyring keyring,
      Credentials credentials) {
    this.file = start.settings();
    this.present = start.settings();
    this.canIntrospect = start.introspections() != null;
    this.listeners = listeners;
    this.places = places;
    this.loops = loops;
    this.health = health;
    this.keyring = keyring;
    this.credentials = credentials;
    this.lookups = lookups(start.settings(), start.lookUpAt());
  }

  private Lookups lookups(ProxySettings settings, DiscoveryPlaces lookUpAt) {
    return new Lookups(settings, lookUpAt, this::onSourcesChanged);
  }

  /** Follows the first ones; the loops have been started. */
  void start(GivenSockets given) throws IOException {
    Changes.requireTargets(file);
    openCredentials();
    follow(lookups.follow(file), given);
    takePresent(); // what sources have named meanwhile
  }

  /** A file of them that cannot be used is a mistake of the user, as an address in use is. */
  private void openCredentials() throws IOException {
    try {
      credentials.follow(file);
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** Those that are followed, with the servers that sources have named. */
  ProxySettings present() {
    return present;
  }

  /** Where host names lead. */
  Names names() {
    return lookups.names();
  }

  /** How each source of servers does. */
  List<SourceStatus> sources() {
    return lookups.status();
  }

  /**
   * Takes those of another file, all of them or none.
   *
   * @return the keys of what takes a restart, and is as it was
   */
  List<String> update(ProxySettings settings) {
    synchronized (updates) {
      if (ended) {
        return List.of();
      }
      Changes.requireTargets(settings);
      List<Changes.OpenSocket> sockets =
          listeners.present().stream().map(Listener::socket).toList();
      Changes changes = new Changes(present, settings, sockets, canIntrospect);
      credentials.follow(changes.possible());
      lookups.follow(changes.possible());
      try {
        takePresent();
      } catch (IOException e) {
        undo();
        throw new UncheckedIOException(e);
      } catch (RuntimeException e) {
        undo();
        throw e;
      }
      file = changes.possible();
      return changes.takeRestart();
    }
  }

  private void undo() {
    credentials.follow(file);
    lookups.follow(file);
  }

  private void onSourcesChanged() {
    try {
      takePresent();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // although sources open no listeners
    } catch (RuntimeException e) {
      if (!ended) { // else it is an event loop that takes no more
        throw e;
      }
    }
  }

  /** Takes the last file and the servers that its sources have named last. */
  private synchronized void takePresent() throws IOException {
    ProxySettings settings = lookups.settings();
    if (started && !ended && !settings.equals(present)) {
      follow(settings, new GivenSockets());
    }
  }

  private synchronized void follow(ProxySettings settings, GivenSockets given) throws IOException {
    keyring.add(settings);
    List<Listener> open = listeners.open(settings.listeners(), given);
    Map<LoopRuntime, LoopRoutes> prepared = new LinkedHashMap<>();
    health.follow(settings.pools());
    try {
      for (LoopRuntime runtime : loops.all()) {
        prepared.put(runtime, runtime.prepare(settings));
      }
    } catch (RuntimeException e) {
      listeners.abandon(open);
      health.follow(present.pools());
      throw e;
    }
    listeners.closeOthers(open);
    places.limit(settings.limits().connections());
    prepared.forEach(
        (runtime, routes) -> loops.run(runtime, () -> runtime.follow(settings, open, routes)));
    present = settings;
    listeners.accept(open, settings.listeners(), settings.limits().clients());
    started = true;
    keyring.keepOnly(settings);
  }

  /**
   * Has one more event loop follow them, which then works.
   *
   * @return false when no others are followed any more
   */
  synchronized boolean admit(LoopRuntime added) {
    if (ended) {
      return false;
    }
    LoopRoutes routes = added.prepare(present);
    List<Listener> open = listeners.present();
    loops.run(added, () -> added.follow(present, open, routes));
    loops.add(added);
    return true;
  }

  /** Looks nobody up any more. */
  void closeLookups() {
    lookups.close();
  }

  /** Follows no others any more, and closes the listeners. */
  synchronized void end() {
    ended = true;
    listeners.close();
  }
}
