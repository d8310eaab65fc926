package io.fairlead.route.pool;

import io.fairlead.backend.Exchange;
import io.fairlead.backend.ExchangePool;
import io.fairlead.backend.Failure;
import io.fairlead.backend.ReplySink;
import io.fairlead.config.PoolSettings;
import io.fairlead.hashing.KeyHash;
import io.fairlead.loop.ProxyLoop;
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
 * <p>The first live server in the order of the configuration is the primary. A write that depends
 * on what is stored (add, cas, incr, append ...) is decided by the primary and followed by the
 * others, so that replicas which differed do not differ more.
 */
public final class ReplicatedPool implements Entrance {
  private final ProxyLoop loop;
  private final PoolSettings settings;
  private final ServerGroup servers;
  private final ExchangePool exchanges;
  private final ReplicaRead.Free reads;

  public ReplicatedPool(ProxyLoop loop, ServerGroup servers, ExchangePool exchanges) {
    this.loop = loop;
    this.settings = servers.settings();
    this.servers = servers;
    this.exchanges = exchanges;
    this.reads = new ReplicaRead.Free(servers, exchanges);
  }

  @Override
  public void get(Exchange exchange, int lane) {
    int first = servers.firstUp(0);
    if (first < 0) {
      exchanges.fail(exchange, noServer());
      return;
    }
    exchange.hashed(KeyHash.FNV1A_64.hash(exchange.key(), 0, exchange.keyLength()));
    if (exchange.verb().touches()) {
      touchOthers(exchange, first, lane);
    }
    if (exchange.verb().returnsCas()) {
      servers.get(first).get(exchange, lane); // only the primary's cas unique is good for a cas
    } else {
      reads.take().start(exchange, first, lane);
    }
  }

  private Failure noServer() {
    return servers.size() == 0 ? Failure.NO_SERVERS : Failure.EJECTED;
  }

  private void touchOthers(Exchange exchange, int first, int lane) {
    for (int i = servers.firstUp(first + 1); i >= 0; i = servers.firstUp(i + 1)) {
      ByteBuf touch = loop.outputs().take();
      RequestWriter.touch(touch, exchange.key(), exchange.keyLength(), exchange.expiry());
      servers.get(i).sendOwned(touch, ReplyShape.TOUCH, ReplySink.NOBODY, 0, lane);
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
    if (servers.size() > 0 && servers.spools(command)) {
      delete(command, in, sink, slot, lane);
      return;
    }
    int primary = servers.firstUp(0);
    if (primary < 0) {
      sink.onFailure(slot, noServer());
      return;
    }
    switch (kind(command)) {
      case BROADCAST -> Broadcast.send(command, in, sink, slot, lane, servers, loop);
      case EVERYWHERE -> everywhere(command, in, sink, slot, lane);
      case PRIMARY_FIRST -> primaryFirst(command, in, sink, slot, primary, lane);
      case READ -> read(command, in, sink, slot, primary, lane);
      case PRIMARY_ONLY -> servers.get(primary).send(command, in, sink, slot, lane);
      case TOUCHING_READ -> touchingRead(command, in, sink, slot, primary, lane);
    }
  }

  /** What a command needs of the replicas. */
  private enum Kind {
    /** Every server, live or not. */
    BROADCAST,
    /** Every live server at once. */
    EVERYWHERE,
    PRIMARY_FIRST,
    READ,
    PRIMARY_ONLY,
    TOUCHING_READ
  }

  private static Kind kind(Command command) {
    return switch (command.verb()) {
      case FLUSH_ALL -> Kind.BROADCAST;
      case SET, DELETE, TOUCH -> Kind.EVERYWHERE;
      case MS -> conditional(command) ? Kind.PRIMARY_FIRST : Kind.EVERYWHERE;
      case MD -> command.meta().has('C') ? Kind.PRIMARY_FIRST : Kind.EVERYWHERE;
      case ME -> Kind.READ;
      case MG -> metaGet(command);
      default -> Kind.PRIMARY_FIRST;
    };
  }

  private static boolean conditional(Command command) {
    byte mode = command.meta().mode();
    boolean plain = mode == 0 || mode == 'S' || mode == 's';
    return !plain || command.meta().has('C');
  }

  /** To vivify, or to win the right to recache, is between the client and one server. */
  private static Kind metaGet(Command command) {
    if (!command.meta().changesItem()) {
      return Kind.READ;
    }
    boolean touchesOnly =
        !command.meta().has('N') && !command.meta().has('R') && !command.meta().has('E');
    return touchesOnly ? Kind.TOUCHING_READ : Kind.PRIMARY_ONLY;
  }

  private void everywhere(Command command, ByteBuf in, ReplySink sink, int slot, int lane) {
    int up = servers.countUp();
    ReplySink merge = new WriteMerge(loop, sink, slot, up, needed(up));
    for (int i = servers.firstUp(0); i >= 0; i = servers.firstUp(i + 1)) {
      servers.get(i).send(command, in, merge, i, lane);
    }
  }

  /** Also from servers that are ejected, which are told when they are back. */
  private void delete(Command command, ByteBuf in, ReplySink sink, int slot, int lane) {
    int count = servers.size();
    ReplySink merge = new WriteMerge(loop, sink, slot, count, needed(count));
    for (int i = 0; i < count; i++) {
      servers.get(i).send(command, in, merge, i, lane);
    }
  }

  private int needed(int up) {
    return switch (settings.writes()) {
      case ALL -> up;
      case QUORUM -> servers.size() / 2 + 1;
      case ANY -> 1;
    };
  }

  private void primaryFirst(
      Command command, ByteBuf in, ReplySink sink, int slot, int primary, int lane) {
    ByteBuf following = loop.outputs().take();
    RequestWriter.followingLine(following, command, in);
    if (command.valueLength() >= 0) {
      following.writeBytes(in, command.lineEnd(), command.valueLength() + 2);
    }
    ByteBuf invalidation = loop.outputs().take();
    ReplyShape invalidationShape =
        ReplyShape.of(RequestWriter.invalidation(invalidation, command, in));
    ReplySink write =
        new FollowedWrite(
            loop,
            servers,
            sink,
            slot,
            primary,
            needed(servers.countUp()),
            lane,
            following,
            ReplyShape.of(command.verb()),
            invalidation,
            invalidationShape);
    servers.get(primary).send(command, in, write, FollowedWrite.primarySlot(), lane);
  }

  private void read(Command command, ByteBuf in, ReplySink sink, int slot, int primary, int lane) {
    ByteBuf request = loop.outputs().take();
    RequestWriter.line(request, command, in);
    ReplyShape shape = ReplyShape.of(command.verb());
    new ReplicaMetaRead(servers, sink, slot, request, shape, lane).ask(primary);
  }

  private void touchingRead(
      Command command, ByteBuf in, ReplySink sink, int slot, int primary, int lane) {
    for (int i = servers.firstUp(primary + 1); i >= 0; i = servers.firstUp(i + 1)) {
      servers.get(i).send(command, in, ReplySink.NOBODY, 0, lane);
    }
    read(command, in, sink, slot, primary, lane);
  }

  @Override
  public int invalidate(Command command, ByteBuf in, ReplySink sink, int lane) {
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
