package io.fairlead.route.pool;

import io.fairlead.backend.ReplySink;
import io.fairlead.loop.ProxyLoop;
import io.fairlead.protocol.Ascii;
import io.fairlead.protocol.Command;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** A write that goes to all live replicas at once; one that it misses loses its old value. */
final class ReplicaWrite extends WriteMerge {
  private final Free free;
  private final byte[] key = new byte[Ascii.MAX_KEY_BYTES];
  private int keyLength;
  private int lane;
  private @Nullable ReplicaWrite nextFree;

  private ReplicaWrite(ProxyLoop loop, Free free) {
    super(loop);
    this.free = free;
  }

  /** The writes of an event loop that are not in use. */
  static final class Free {
    private final ProxyLoop loop;
    private final ServerGroup servers;
    private final Invalidations invalidations;
    private @Nullable ReplicaWrite first;

    Free(ProxyLoop loop, ServerGroup servers, Invalidations invalidations) {
      this.loop = loop;
      this.servers = servers;
      this.invalidations = invalidations;
    }

    ReplicaWrite take() {
      ReplicaWrite write = first;
      if (write == null) {
        return new ReplicaWrite(loop, this);
      }
      first = write.nextFree;
      write.nextFree = null;
      return write;
    }
  }

  /** Sends it. */
  void send(Command command, ByteBuf in, ReplySink sink, int slot, int onLane) {
    ServerGroup servers = free.servers;
    keyLength = command.copyKey(in, key);
    lane = onLane;
    int up = servers.countUp();
    begin(sink, slot, 1, servers.settings().replicas().writes().needed(up, servers.size()));
    free.invalidations.missedByThoseOut(key, keyLength, lane);
    for (int i = servers.firstUp(0); i >= 0; i = servers.firstUp(i + 1)) {
      expect();
      servers.get(i).send(command, in, this, i, onLane);
    }
    ended(); // what begin counted, so that nothing was over before all were sent to
  }

  @Override
  void missedBy(int server) {
    free.invalidations.missedBy(server, key, keyLength, lane);
  }

  @Override
  void finished() {
    nextFree = free.first;
    free.first = this;
  }
}
