package io.fairlead.server.warm;

import io.fairlead.config.PoolSettings;
import io.fairlead.config.ServerSettings;
import io.fairlead.placement.PoolPlacement;
import io.fairlead.server.client.ServerException;
import io.fairlead.server.client.ServerLink;
import io.fairlead.server.client.Servers;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One of the two pools, with a connection to each server that was asked so far. */
final class Side implements AutoCloseable {
  private final PoolSettings pool;
  private final Servers servers;
  private final PoolPlacement placement;
  private final List<@Nullable ServerLink> links = new ArrayList<>();

  Side(PoolSettings pool, Servers servers) {
    this.pool = pool;
    this.servers = servers;
    this.placement = PoolPlacement.of(pool);
    pool.servers().forEach(server -> links.add(null));
  }

  int size() {
    return links.size();
  }

  boolean hasReplicas() {
    return pool.mode().hasReplicas();
  }

  String nameOf(int server) {
    ServerSettings settings = pool.servers().get(server);
    return settings.name().equals(settings.address().toString())
        ? settings.name()
        : settings.name() + " (" + settings.address() + ")";
  }

  /** The server of a key; the first of those that have every key. */
  int serverOf(ItemKey key) {
    byte[] bytes = key.bytes();
    if (!placement.usesHash()) {
      return 0;
    }
    return placement.serverOf(placement.hash(bytes, 0, bytes.length), bytes, 0, bytes.length);
  }

  /** The connection to a server, which is made when it is first asked for. */
  ServerLink link(int server) throws ServerException {
    ServerLink open = links.get(server);
    if (open == null) {
      open = fresh(server);
      links.set(server, open);
    }
    return open;
  }

  /** A connection of its own, which the caller closes. */
  ServerLink fresh(int server) throws ServerException {
    return servers.open(pool, pool.servers().get(server));
  }

  /** Forgets a connection of which nobody knows any more what comes next on it. */
  void drop(int server) {
    ServerLink open = links.set(server, null);
    if (open != null) {
      open.close();
    }
  }

  @Override
  public void close() {
    for (int i = 0; i < links.size(); i++) {
      drop(i);
    }
  }
}
