package io.fairlead.route.pool;

import io.fairlead.backend.ExchangePool;
import io.fairlead.config.ReplicaSettings;
import io.fairlead.loop.ProxyLoop;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The reads of a pool on one event loop, and the time that they have. */
final class ReplicaReads implements ProxyLoop.Ticking {
  /*
   * A read has the time-out of the pool for all replicas together. Half of it is for the first one: then
   * the next is asked beside it, after half of what is left the one after that, and whoever has the key
   * first wins. So the health of a server is still judged by the whole time-out, and all reads wait in the
   * order in which they began, which costs two links for each.
   */
  private static final int PATIENCE_PART = 2;

  final ProxyLoop loop;
  final ServerGroup servers;
  final ExchangePool exchanges;
  final ReplicaSettings settings;
  private final long timeoutNanos;
  private final long patienceNanos;
  private final List<ReplicaRead> due = new ArrayList<>();
  private @Nullable ReplicaRead free;
  private @Nullable ReplicaRead oldest;
  private @Nullable ReplicaRead newest;
  private boolean ticks;

  ReplicaReads(ProxyLoop loop, ServerGroup servers, ExchangePool exchanges) {
    this.loop = loop;
    this.servers = servers;
    this.exchanges = exchanges;
    this.settings = servers.settings().replicas();
    this.timeoutNanos = servers.settings().timeout().toNanos();
    this.patienceNanos = timeoutNanos / PATIENCE_PART;
  }

  ReplicaRead take() {
    ReplicaRead read = free;
    if (read == null) {
      return new ReplicaRead(this);
    }
    free = read.next;
    read.next = null;
    return read;
  }

  void give(ReplicaRead read) {
    read.next = free;
    free = read;
  }

  /** Begins to look at the time of a read. */
  void watch(ReplicaRead read) {
    if (!ticks) {
      ticks = true;
      loop.addTicking(this);
    }
    long now = loop.now();
    read.lookAt = now + patienceNanos;
    read.patienceEnd = read.lookAt;
    read.deadline = now + timeoutNanos;
    read.previous = newest;
    if (newest == null) {
      oldest = read;
    } else {
      newest.next = read;
    }
    newest = read;
    loop.watch(read.lookAt);
  }

  /** Looks at it no more. */
  void forget(ReplicaRead read) {
    ReplicaRead before = read.previous;
    ReplicaRead after = read.next;
    if (before == null) {
      oldest = after;
    } else {
      before.next = after;
    }
    if (after == null) {
      newest = before;
    } else {
      after.previous = before;
    }
    read.previous = null;
    read.next = null;
  }

  @Override
  public long onTick(long now) {
    if (oldest == null) {
      ticks = false;
      loop.removeTicking(this);
      return ProxyLoop.NEVER;
    }
    due.clear();
    for (ReplicaRead read = oldest; read != null && read.patienceEnd - now <= 0; read = read.next) {
      due.add(read);
    }
    for (int i = 0; i < due.size(); i++) { // each may end others
      due.get(i).look(now);
    }
    return nextLook(now);
  }

  /** Those whose patience is over may look at any time, all others in their order. */
  private long nextLook(long now) {
    long next = ProxyLoop.NEVER;
    for (ReplicaRead read = oldest; read != null; read = read.next) {
      next = Math.min(next, read.lookAt - now);
      if (read.patienceEnd - now > 0) {
        break;
      }
    }
    return next;
  }
}
