package io.fairlead.server.holders;

import io.fairlead.config.PoolSettings;
import io.fairlead.config.ServerSettings;
import io.fairlead.server.client.Servers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a server has said about keys.
 *
 * @param copies for each key in the order in which they were asked, null where it has none; none at
 *     all when there is a problem
 * @param problem the rest of a sentence that begins with the server; null when it has answered
 */
public record ServerAnswer(
    PoolSettings pool,
    ServerSettings server,
    List<@Nullable Copy> copies,
    @Nullable String problem) {
  // Written out because a compact constructor loses the @Nullable of its parameters.
  public ServerAnswer(
      PoolSettings pool,
      ServerSettings server,
      List<@Nullable Copy> copies,
      @Nullable String problem) {
    this.pool = pool;
    this.server = server;
    this.copies = copies;
    this.problem = problem;
  }

  /** What messages call it. */
  public String name() {
    return Servers.nameOf(pool, server);
  }

  /** Whether it has told what it has. */
  public boolean isKnown() {
    return problem == null;
  }

  /** What it has under the key of that index; null for nothing. */
  public @Nullable Copy copy(int key) {
    return problem == null ? copies.get(key) : null;
  }
}
