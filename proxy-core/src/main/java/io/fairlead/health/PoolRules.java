package io.fairlead.health;

import io.fairlead.config.EjectSettings;
import io.fairlead.config.EjectSettings.InPanic;
import io.fairlead.config.EjectSettings.WhileEjected;
import io.fairlead.health.ServerStatus.State;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the settings say about the servers of a pool as they are: how many may be out, whether there
 * are too few, and who gets requests. The lock of the pool guards it.
 */
final class PoolRules {
  private EjectSettings settings;
  private Map<String, ServerHealth> servers = new LinkedHashMap<>();
  private boolean inPanic;

  PoolRules(EjectSettings settings) {
    this.settings = settings;
  }

  /** Takes other settings, and servers by name. */
  void follow(EjectSettings other, Map<String, ServerHealth> members) {
    settings = other;
    servers = members;
  }

  EjectSettings settings() {
    return settings;
  }

  Collection<ServerHealth> servers() {
    return servers.values();
  }

  /** The server of a name; null when there is none. */
  @Nullable ServerHealth server(String name) {
    return servers.get(name);
  }

  @SuppressWarnings("ReferenceEquality") // another one may have its name by now
  boolean hasMember(ServerHealth server) {
    return servers.get(server.toString()) == server;
  }

  /** Those for which the rules hold. */
  List<ServerHealth> counted() {
    return servers.values().stream().filter(server -> server.hold() != Hold.DRAINED).toList();
  }

  int countHealthy() {
    return (int) counted().stream().filter(server -> server.state().isHealthy()).count();
  }

  private int countOut() {
    return (int) counted().stream().filter(server -> server.state().isOut()).count();
  }

  /** How many may be out at a time. */
  int mostOut() {
    return Math.max(1, counted().size() * settings.atMost() / EjectSettings.ALL);
  }

  /** Whether one more may be taken out. */
  boolean hasRoom() {
    return countOut() < mostOut();
  }

  /** Whether a server that has failed is to be taken out, or held to fail if there is no room. */
  boolean isToBeOut(ServerHealth server) {
    return settings.enabled()
        && server.hasFailedTooOften(settings)
        && (server.state().isHealthy() || (server.state() == State.FAILING && hasRoom()));
  }

  /** Whether there are too few healthy servers. */
  boolean isPanicDue() {
    return settings.enabled()
        && countHealthy() * EjectSettings.ALL < settings.panic().below() * counted().size();
  }

  boolean isInPanic() {
    return inPanic;
  }

  void panic(boolean panics) {
    inPanic = panics;
  }

  /** Whether the service waits for the next server to come back. */
  boolean isUrgent() {
    return inPanic || countOut() == counted().size();
  }

  /** Those that get requests need no probes. */
  boolean isProbed(ServerHealth server) {
    return server.hold() == Hold.NONE
        && (server.state().isOut() || (server.state() == State.FAILING && !serves(server)));
  }

  boolean serves(ServerHealth server) {
    if (server.hold() == Hold.DRAINED) {
      return false;
    }
    if (server.state().isHealthy()) {
      return true;
    }
    return inPanic
        ? settings.panic().then() == InPanic.IGNORE_HEALTH
        : server.state() == State.FAILING;
  }

  private boolean misses(ServerHealth server) {
    boolean isOfPanic = inPanic && server.hold() != Hold.DRAINED;
    return isOfPanic
        ? settings.panic().then() == InPanic.MISS
        : settings.then() == WhileEjected.MISS;
  }

  private boolean keepsKeys(ServerHealth server) {
    if (server.hold() == Hold.DRAINED) {
      return settings.then() != WhileEjected.REHASH; // also in panic: this one is no failure
    }
    return inPanic || settings.then() != WhileEjected.REHASH || !server.state().isOut();
  }

  /** What follows for event loops. */
  ServerView view(ServerHealth server) {
    return server.view(serves(server), keepsKeys(server), misses(server), isProbed(server));
  }
}
