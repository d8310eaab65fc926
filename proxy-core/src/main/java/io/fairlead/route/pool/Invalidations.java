package io.fairlead.route.pool;

import io.fairlead.backend.ReplySink;
import io.fairlead.config.ReplicaSettings.MissedWrites;
import io.fairlead.loop.ProxyLoop;
import io.fairlead.metrics.Counter;
import io.fairlead.protocol.ReplyShape;
import io.fairlead.protocol.RequestWriter;
import io.netty.buffer.ByteBuf;

/**
 * Deletes the old value from replicas that a write did not reach, so that they do not serve it when
 * they are back.
 *
 * <p>With a spool of deletes nothing gets lost: one that cannot be told now is told before it
 * serves anything else. Without one a replica is told only if it answers again in time.
 */
final class Invalidations {
  private final ProxyLoop loop;
  private final ServerGroup servers;
  private final boolean afterMissedWrites;

  Invalidations(ProxyLoop loop, ServerGroup servers) {
    this.loop = loop;
    this.servers = servers;
    this.afterMissedWrites = servers.settings().replicas().missedWrites() == MissedWrites.DELETE;
  }

  /** A write has failed on a server that it was sent to. */
  void missedBy(int server, byte[] key, int length, int lane) {
    if (afterMissedWrites && (servers.hasSpool() || servers.get(server).isUp())) {
      delete(server, key, length, lane);
    }
  }

  /** A write was sent to the servers that are not out; the others get to hear of it later. */
  void missedByThoseOut(byte[] key, int length, int lane) {
    if (!afterMissedWrites || !servers.hasSpool()) {
      return;
    }
    for (int i = 0; i < servers.size(); i++) {
      if (!servers.get(i).isUp()) {
        delete(i, key, length, lane);
      }
    }
  }

  void delete(int server, byte[] key, int length, int lane) {
    loop.stats().count(Counter.INVALIDATIONS);
    ByteBuf request = loop.outputs().take();
    ReplyShape shape = ReplyShape.of(RequestWriter.deletion(request, key, length));
    servers.get(server).sendOwned(request, shape, ReplySink.NOBODY, 0, lane);
  }
}
