package io.fairlead.route.pool;

import io.fairlead.backend.Exchange;
import io.fairlead.backend.ExchangePool;
import io.fairlead.backend.ReplySink;
import io.fairlead.config.PoolSettings;
import io.fairlead.config.PoolSettings.Mode;
import io.fairlead.config.ReplicaSettings.ReadFrom;
import io.fairlead.hashing.KeyHash;
import io.fairlead.loop.ProxyLoop;
import io.fairlead.protocol.Ascii;
import io.fairlead.protocol.Command;
import io.fairlead.protocol.ReplyShape;
import io.fairlead.protocol.RequestWriter;
import io.fairlead.route.Entrance;
import io.fairlead.route.Outline;
import io.netty.buffer.ByteBuf;

/**
 * Each key lives on every server: writes go to all of them, a read takes the first that has the
 * key.
 *
 * <p>One server, usually the first live one in the order of the configuration, is the primary. A
 * write that depends on what is stored (add, cas, incr, append ...) is decided by the primary and
 * followed by the others, so that replicas which differed do not differ more. With {@link
 * Mode#PRIMARY_REPLICA} this holds for every write but a delete, which goes to all at once.
 */
public final class ReplicatedPool implements Entrance {
  private static final int NONE = -1;

  /** Spreads the clients over the replicas of a key. */
  private static final int LANE_STEP = 0x9E3779B9;

  private static final int MIX = 0x85EBCA6B;

  private final ProxyLoop loop;
  private final PoolSettings settings;
  private final boolean primaryFirst;
  private final ReadFrom readFrom;
  private final ServerGroup servers;
  private final ExchangePool exchanges;
  private final ReplicaReads reads;
  private final Invalidations invalidations;
  private final ReplicaWrite.Free writes;
  private final byte[] key = new byte[Ascii.MAX_KEY_BYTES];

  public ReplicatedPool(ProxyLoop loop, ServerGroup servers, ExchangePool exchanges) {
    this.loop = loop;
    this.settings = servers.settings();
    this.primaryFirst = settings.mode() == Mode.PRIMARY_REPLICA;
    this.readFrom = settings.replicas().reads();
    this.servers = servers;
    this.exchanges = exchanges;
    this.reads = new ReplicaReads(loop, servers, exchanges);
    this.invalidations = new Invalidations(loop, servers);
    this.writes = new ReplicaWrite.Free(loop, servers, invalidations);
  }

  @Override
  public void get(Exchange exchange, int lane) {
    servers.asked(exchange);
    int hash = KeyHash.FNV1A_64.hash(exchange.key(), 0, exchange.keyLength());
    exchange.hashed(hash);
    int primary = servers.primary();
    boolean touches = exchange.verb().touches();
    if (primary < 0 && (touches || exchange.verb().returnsCas())) {
      exchanges.fail(exchange, servers.noServer());
      return;
    }
    if (touches) {
      servers.repairs().onWrite(exchange.key(), exchange.keyLength());
      touchOthers(exchange, primary, lane);
    }
    if (exchange.verb().returnsCas()) {
      servers.get(primary).get(exchange, lane); // only its cas unique is good for a cas
    } else {
      read(touches ? ReadFrom.PRIMARY : readFrom, primary, hash, lane).get(exchange, lane);
    }
  }

  private ReplicaRead read(ReadFrom from, int primary, int hash, int lane) {
    ReplicaRead read = reads.take();
    if (from == ReadFrom.PRIMARY) {
      return read.inOrder(primary, NONE, 0);
    }
    int spread = spread(hash, lane);
    int count = servers.size();
    if (from == ReadFrom.ALL || primary < 0 || count < 2) {
      return read.inOrder(NONE, NONE, count == 0 ? 0 : Math.floorMod(spread, count));
    }
    int start = Math.floorMod(spread, count - 1); // among those that are not the primary
    return read.inOrder(NONE, primary, start < primary ? start : start + 1);
  }

  private static int spread(int hash, int lane) {
    int mixed = hash + lane * LANE_STEP;
    mixed = (mixed ^ (mixed >>> 16)) * MIX;
    return mixed ^ (mixed >>> 13);
  }

  private void touchOthers(Exchange exchange, int primary, int lane) {
    for (int i = servers.firstUp(0); i >= 0; i = servers.firstUp(i + 1)) {
      if (i != primary) {
        ByteBuf touch = loop.outputs().take();
        RequestWriter.touch(touch, exchange.key(), exchange.keyLength(), exchange.expiry());
        servers.get(i).sendOwned(touch, ReplyShape.TOUCH, ReplySink.NOBODY, 0, lane);
      }
    }
  }

  @Override
  public void endOfGet(int lane) {
    if (!settings.coalesce()) {
      servers.endBatches(lane);
    }
  }

  @Override
  public void send(Command command, ByteBuf in, ReplySink sink, int slot, int lane) {
    Kind kind = kind(command);
    if (kind != Kind.BROADCAST) {
      servers.asked(command, in);
    }
    if (kind == Kind.READ) {
      read(command, in, sink, slot, servers.primary(), lane);
      return;
    }
    if (kind == Kind.BROADCAST) {
      servers.repairs().onFlush();
      Broadcast.send(command, in, sink, slot, lane, servers, loop);
      return;
    }
    servers.repairs().onWrite(command, in);
    if (servers.size() > 0 && servers.spools(command)) {
      delete(command, in, sink, slot, lane);
      return;
    }
    int primary = servers.primary();
    if (primary < 0) {
      sink.onFailure(slot, servers.noServer());
      return;
    }
    switch (kind) {
      case EVERYWHERE -> writes.take().send(command, in, sink, slot, lane);
      case REMOVAL -> remove(command, in, sink, slot, lane);
      case PRIMARY_FIRST ->
          new FollowedWrite(loop, servers, invalidations, sink, slot, lane)
              .send(command, in, primary);
      case PRIMARY_ONLY -> servers.get(primary).send(command, in, sink, slot, lane);
      default -> touchingRead(command, in, sink, slot, primary, lane);
    }
  }

  /** What a command needs of the replicas. */
  private enum Kind {
    /** Every server, live or not. */
    BROADCAST,
    /** Every live server at once. */
    EVERYWHERE,
    /** The same, and whoever fails has no newer value to lose. */
    REMOVAL,
    PRIMARY_FIRST,
    READ,
    PRIMARY_ONLY,
    TOUCHING_READ
  }

  private Kind kind(Command command) {
    return switch (command.verb()) {
      case FLUSH_ALL -> Kind.BROADCAST;
      case SET, TOUCH -> primaryFirst ? Kind.PRIMARY_FIRST : Kind.EVERYWHERE;
      case DELETE -> Kind.REMOVAL;
      case MS -> primaryFirst || conditional(command) ? Kind.PRIMARY_FIRST : Kind.EVERYWHERE;
      case MD -> command.meta().has('C') ? Kind.PRIMARY_FIRST : Kind.REMOVAL;
      case ME -> Kind.READ;
      case MG -> metaGet(command);
      default -> Kind.PRIMARY_FIRST;
    };
  }

  /**
   * Whether it depends on what is stored, or asks for the cas unique, which must be the primary's.
   */
  private static boolean conditional(Command command) {
    byte mode = command.meta().mode();
    boolean plain = mode == 0 || mode == 'S' || mode == 's';
    return !plain || command.meta().has('C') || command.meta().has('c');
  }

  /** To vivify, or to win the right to recache, is between the client and one server. */
  private static Kind metaGet(Command command) {
    boolean between = command.meta().has('N') || command.meta().has('R') || command.meta().has('E');
    if (command.meta().changesItem()) {
      return between ? Kind.PRIMARY_ONLY : Kind.TOUCHING_READ;
    }
    return command.meta().has('c') ? Kind.PRIMARY_ONLY : Kind.READ;
  }

  /** Also from servers that are ejected, which are told when they are back. */
  private void delete(Command command, ByteBuf in, ReplySink sink, int slot, int lane) {
    int count = servers.size();
    int needed = settings.replicas().writes().needed(count, count);
    ReplySink merge = new WriteMerge(loop).begin(sink, slot, count, needed);
    for (int i = 0; i < count; i++) {
      servers.get(i).send(command, in, merge, i, lane);
    }
  }

  private void remove(Command command, ByteBuf in, ReplySink sink, int slot, int lane) {
    int up = servers.countUp();
    WriteMerge merge =
        new WriteMerge(loop)
            .begin(sink, slot, 1, settings.replicas().writes().needed(up, servers.size()));
    for (int i = servers.firstUp(0); i >= 0; i = servers.firstUp(i + 1)) {
      merge.expect();
      servers.get(i).send(command, in, merge, i, lane);
    }
    merge.ended();
  }

  private void read(Command command, ByteBuf in, ReplySink sink, int slot, int primary, int lane) {
    int length = command.copyKey(in, key);
    int hash = KeyHash.FNV1A_64.hash(key, 0, length);
    read(readFrom, primary, hash, lane).send(command, in, sink, slot, lane);
  }

  private void touchingRead(
      Command command, ByteBuf in, ReplySink sink, int slot, int primary, int lane) {
    for (int i = servers.firstUp(0); i >= 0; i = servers.firstUp(i + 1)) {
      if (i != primary) {
        servers.get(i).send(command, in, ReplySink.NOBODY, 0, lane);
      }
    }
    if (command.meta().has('c')) {
      servers.get(primary).send(command, in, sink, slot, lane);
    } else {
      read(ReadFrom.PRIMARY, primary, 0, lane).send(command, in, sink, slot, lane);
    }
  }

  @Override
  public int invalidate(Command command, ByteBuf in, ReplySink sink, int lane) {
    servers.repairs().onWrite(command, in);
    int asked = 0;
    for (int i = servers.firstUp(0); i >= 0; i = servers.firstUp(i + 1)) {
      servers.get(i).invalidate(command, in, sink, lane);
      asked++;
    }
    return asked;
  }

  @Override
  public void outline(Outline outline) {
    outline.node("replicated|pool=" + servers.name(), servers.routes());
  }
}
