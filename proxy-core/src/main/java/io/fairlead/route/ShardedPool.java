package io.fairlead.route;

import io.fairlead.backend.Connector;
import io.fairlead.backend.Exchange;
import io.fairlead.backend.ExchangePool;
import io.fairlead.backend.Failure;
import io.fairlead.backend.ReplySink;
import io.fairlead.backend.Server;
import io.fairlead.backend.Upload;
import io.fairlead.config.EjectSettings.WhileEjected;
import io.fairlead.config.LimitSettings;
import io.fairlead.config.PoolSettings;
import io.fairlead.hashing.Distribution;
import io.fairlead.hashing.KeyHasher;
import io.fairlead.hashing.RingMember;
import io.fairlead.health.ServerStatus;
import io.fairlead.loop.ProxyLoop;
import io.fairlead.metrics.PoolStats;
import io.fairlead.protocol.Ascii;
import io.fairlead.protocol.Command;
import io.fairlead.protocol.Verb;
import io.fairlead.spool.LoopSpool;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Each key lives on one server, which its hash decides. */
public final class ShardedPool implements Route {
  private final ProxyLoop loop;
  private final PoolSettings settings;
  private final KeyHasher hasher;
  private final boolean coalesce;
  private final List<RingMember> members;
  private final ServerGroup servers;
  private final ExchangePool exchanges;
  private final byte[] key = new byte[Ascii.MAX_KEY_BYTES];

  /** With all servers, ejected or not. */
  private final Distribution whole;

  private Distribution distribution;

  public ShardedPool(
      ProxyLoop loop,
      PoolSettings settings,
      LimitSettings limits,
      Connector connector,
      ExchangePool exchanges,
      @Nullable LoopSpool spool) {
    this.loop = loop;
    this.settings = settings;
    this.hasher = settings.placement().hasher();
    this.coalesce = settings.coalesce();
    this.exchanges = exchanges;
    this.members =
        settings.servers().stream()
            .map(server -> new RingMember(server.name(), server.weight()))
            .toList();
    this.servers =
        new ServerGroup(loop, settings, limits, connector, exchanges, this::onHealthChange, spool);
    this.whole = settings.placement().distribution().over(members, index -> true);
    this.distribution = whole;
  }

  private void onHealthChange() {
    if (settings.eject().then() == WhileEjected.REHASH) {
      distribution =
          servers.countUp() == servers.size()
              ? whole
              : settings
                  .placement()
                  .distribution()
                  .over(members, index -> servers.get(index).isUp());
    }
  }

  @Override
  public void get(Exchange exchange, int lane) {
    int hashed = hasher.hash(exchange.key(), exchange.keyLength());
    exchange.hashed(hashed);
    int index = distribution.serverOf(hashed);
    if (index < 0) {
      exchanges.fail(exchange, noServer());
    } else {
      servers.get(index).get(exchange, lane);
    }
  }

  private Failure noServer() {
    return servers.size() == 0 ? Failure.NO_SERVERS : Failure.EJECTED;
  }

  private @Nullable Server owner(Command command, ByteBuf in) {
    int length = command.copyKey(in, key);
    int index = distribution.serverOf(hasher.hash(key, length));
    return index < 0 ? null : servers.get(index);
  }

  @Override
  public void endOfGet(int lane) {
    if (!coalesce) {
      servers.endBatches(lane);
    }
  }

  @Override
  public void send(Command command, ByteBuf in, ReplySink sink, int lane) {
    if (command.verb().form() == Verb.Form.FLUSH) {
      Broadcast.send(command, in, sink, lane, servers, loop);
      return;
    }
    if (hasMovedKeys() && servers.spools(command)) {
      deleteEverywhere(command, in, sink, lane);
      return;
    }
    Server server = owner(command, in);
    if (server == null) {
      sink.onFailure(0, noServer());
    } else {
      server.send(command, in, sink, 0, lane);
    }
  }

  @SuppressWarnings("ReferenceEquality") // the same one is meant
  private boolean hasMovedKeys() {
    return distribution != whole;
  }

  /** From the server that stands in, and in the spool of the one that will have the key again. */
  private void deleteEverywhere(Command command, ByteBuf in, ReplySink sink, int lane) {
    int hashed = hasher.hash(key, command.copyKey(in, key));
    int home = whole.serverOf(hashed);
    int present = distribution.serverOf(hashed);
    if (present < 0 || present == home) {
      servers.get(home).send(command, in, sink, 0, lane);
      return;
    }
    ReplySink merge = new WriteMerge(loop, sink, 2, 2);
    servers.get(home).send(command, in, merge, 0, lane);
    servers.get(present).send(command, in, merge, 1, lane);
  }

  @Override
  public boolean uploads() {
    return true;
  }

  @Override
  public @Nullable Upload upload(Command command, ByteBuf in, ReplySink sink, Runnable onRoom) {
    Server server = owner(command, in);
    if (server == null) {
      sink.onFailure(0, noServer());
      return null;
    }
    return server.upload(command, in, sink, onRoom);
  }

  @Override
  public int invalidate(Command command, ByteBuf in, ReplySink sink, int lane) {
    Server server = owner(command, in);
    if (server == null) {
      return 0;
    }
    server.invalidate(command, in, sink, lane);
    return 1;
  }

  @Override
  public PoolStats stats() {
    return servers.stats();
  }

  @Override
  public void countQueues() {
    servers.countQueues();
  }

  @Override
  public List<ServerStatus> servers() {
    return servers.status();
  }

  @Override
  public void connect() {
    servers.connect();
  }

  @Override
  public void close() {
    servers.close();
  }
}
