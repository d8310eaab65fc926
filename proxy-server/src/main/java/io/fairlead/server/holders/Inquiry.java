package io.fairlead.server.holders;

import io.fairlead.config.PoolSettings;
import io.fairlead.config.ServerSettings;
import io.fairlead.server.client.AtOnce;
import io.fairlead.server.client.ServerException;
import io.fairlead.server.client.ServerLink;
import io.fairlead.server.client.Servers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Asks every server of some pools, all at the same time, which of some keys it has. */
public final class Inquiry {
  private final Servers servers;
  private final List<byte[]> keys;

  /**
   * @param keys which memcached takes for keys
   */
  public Inquiry(Servers servers, List<byte[]> keys) {
    this.servers = servers;
    this.keys = List.copyOf(keys);
  }

  /** The answer of each server, in the order of the pools and of the servers in them. */
  public List<ServerAnswer> answers(List<PoolSettings> pools) {
    List<Callable<ServerAnswer>> visits = new ArrayList<>();
    for (PoolSettings pool : pools) {
      for (ServerSettings server : pool.servers()) {
        visits.add(() -> ask(pool, server));
      }
    }
    return AtOnce.all(visits);
  }

  private ServerAnswer ask(PoolSettings pool, ServerSettings server) {
    try (ServerLink link = servers.open(pool, server)) {
      return new ServerAnswer(pool, server, new KeyQuestion(link).ask(keys), null);
    } catch (ServerException e) {
      return new ServerAnswer(pool, server, List.of(), String.valueOf(e.getMessage()));
    }
  }
}
