package io.fairlead.route.tree;

import io.fairlead.backend.Exchange;
import io.fairlead.backend.Failure;
import io.fairlead.backend.ReplySink;
import io.fairlead.backend.Upload;
import io.fairlead.protocol.Command;
import io.fairlead.protocol.RequestWriter;
import io.fairlead.protocol.Verb;
import io.fairlead.route.Entrance;
import io.fairlead.route.Outline;
import io.fairlead.route.Request;
import io.fairlead.route.Route;
import io.fairlead.route.RouteContext;
import io.fairlead.route.pool.ServerGroup;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A tree of routes with its clients above and its pools below. */
final class RouteTree implements Entrance {
  private final RouteContext context;
  private final Route root;
  private final List<ServerGroup> pools;

  /** Those whose gets are not put together with those of other clients. */
  private final ServerGroup[] apart;

  RouteTree(RouteContext context, Route root, List<ServerGroup> pools) {
    this.context = context;
    this.root = root;
    this.pools = pools;
    this.apart =
        pools.stream().filter(pool -> !pool.settings().coalesce()).toArray(ServerGroup[]::new);
  }

  @Override
  public void get(Exchange exchange, int lane) {
    root.get(exchange, lane);
  }

  @Override
  public void endOfGet(int lane) {
    for (ServerGroup pool : apart) {
      pool.endBatches(lane);
    }
  }

  @Override
  public void send(Command command, ByteBuf in, ReplySink sink, int slot, int lane) {
    if (command.verb().form() == Verb.Form.FLUSH) {
      flush(command, in, sink, slot, lane);
    } else {
      root.send(command, in, sink, slot, lane);
    }
  }

  /** To every server of every pool; it has succeeded when it has succeeded everywhere. */
  private void flush(Command command, ByteBuf in, ReplySink sink, int slot, int lane) {
    int servers = pools.stream().mapToInt(ServerGroup::size).sum();
    if (servers == 0) {
      sink.onFailure(slot, Failure.NO_SERVERS);
      return;
    }
    ReplySink merge = ServerGroup.mergeOfAll(context.loop(), sink, slot, servers);
    for (ServerGroup pool : pools) {
      pool.broadcast(command, in, merge, lane);
    }
  }

  @Override
  public boolean uploads() {
    return root.uploads();
  }

  @Override
  public boolean uploads(Command command, ByteBuf in) {
    return root.uploads(command, in);
  }

  @Override
  public @Nullable Upload upload(Command command, ByteBuf in, ReplySink sink, Runnable onRoom) {
    return root.upload(command, in, sink, onRoom);
  }

  @Override
  public int invalidate(Command command, ByteBuf in, ReplySink sink, int lane) {
    ByteBuf line = context.buffer(-1);
    RequestWriter.invalidation(line, command, in);
    Request delete = context.written(line);
    delete.sendTo(root, sink, 0, lane);
    delete.release();
    return 1;
  }

  @Override
  public void outline(Outline outline) {
    outline.node("root", List.of(root));
  }
}
