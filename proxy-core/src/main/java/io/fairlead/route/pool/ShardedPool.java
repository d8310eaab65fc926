package io.fairlead.route.pool;

import io.fairlead.backend.Exchange;
import io.fairlead.backend.ExchangePool;
import io.fairlead.backend.Failure;
import io.fairlead.backend.ReplySink;
import io.fairlead.backend.Server;
import io.fairlead.backend.Upload;
import io.fairlead.config.PlacementSettings;
import io.fairlead.config.PoolSettings;
import io.fairlead.hashing.Placement;
import io.fairlead.hashing.RingMember;
import io.fairlead.loop.ProxyLoop;
import io.fairlead.protocol.Ascii;
import io.fairlead.protocol.Command;
import io.fairlead.protocol.Verb;
import io.fairlead.route.Choosing;
import io.fairlead.route.Entrance;
import io.fairlead.route.Outline;
import io.fairlead.route.Question;
import io.fairlead.route.Route;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Each key lives on one server, which its hash decides. */
public final class ShardedPool implements Entrance, Choosing {
  private final ProxyLoop loop;
  private final PoolSettings settings;
  private final PlacementSettings rule;
  private final UnaryOperator<Placement> counting;
  private final boolean coalesce;
  private final List<RingMember> members;
  private final ServerGroup servers;
  private final ExchangePool exchanges;
  private final byte[] key = new byte[Ascii.MAX_KEY_BYTES];

  /** With all servers, ejected or not. */
  private final Placement whole;

  private Placement placement;

  /** The servers that have keys in it. */
  private BitSet placed = new BitSet();

  public ShardedPool(
      ProxyLoop loop, ServerGroup servers, PlacementSettings rule, ExchangePool exchanges) {
    this(loop, servers, rule, exchanges, UnaryOperator.identity());
  }

  /**
   * @param counting lets less of a key count
   */
  public ShardedPool(
      ProxyLoop loop,
      ServerGroup servers,
      PlacementSettings rule,
      ExchangePool exchanges,
      UnaryOperator<Placement> counting) {
    PoolSettings settings = servers.settings();
    this.loop = loop;
    this.settings = settings;
    this.rule = rule;
    this.counting = counting;
    this.servers = servers;
    this.coalesce = settings.coalesce();
    this.exchanges = exchanges;
    this.members =
        settings.servers().stream()
            .map(server -> new RingMember(server.name(), server.weight()))
            .toList();
    servers.onHealthChange(this::onHealthChange);
    this.whole = counting.apply(rule.over(members, index -> true));
    this.placement = present();
  }

  /** Several servers may change at once, of which the first tells of all. */
  private void onHealthChange() {
    if (!placed.equals(inRing())) {
      placement = present();
    }
  }

  /** The servers that keep their keys. */
  private BitSet inRing() {
    BitSet ring = new BitSet(servers.size());
    for (int i = 0; i < servers.size(); i++) {
      ring.set(i, servers.get(i).isInRing());
    }
    return ring;
  }

  /** A shared get knows of writes that came through its own event loop alone. */
  @Override
  public boolean isDoneWhenAnswered() {
    return !settings.shareGets();
  }

  @Override
  public void get(Exchange exchange, int lane) {
    servers.asked(exchange);
    byte[] wanted = exchange.key();
    int length = exchange.keyLength();
    long hash = placement.hash(wanted, 0, length);
    exchange.hashed((int) hash);
    int index = placement.serverOf(hash, wanted, 0, length);
    if (index < 0) {
      exchanges.fail(exchange, noServer());
    } else {
      servers.get(index).get(exchange, lane);
    }
  }

  @Override
  public int choice(byte[] wanted, int length) {
    return placement.serverOf(placement.hash(wanted, 0, length), wanted, 0, length);
  }

  private Failure noServer() {
    return servers.size() == 0 ? Failure.NO_SERVERS : Failure.EJECTED;
  }

  private Placement present() {
    BitSet ring = inRing();
    placed = ring;
    return ring.cardinality() == servers.size()
        ? whole
        : counting.apply(rule.over(members, ring::get));
  }

  private List<Route> candidates(@Nullable Question question) {
    if (question == null) {
      return servers.routes();
    }
    byte[] asked = question.key();
    long hash = placement.hash(asked, 0, asked.length);
    int index = placement.serverOf(hash, asked, 0, asked.length);
    return index < 0 ? List.of() : List.of(servers.routes().get(index));
  }

  private @Nullable Server owner(Command command, ByteBuf in) {
    int length = command.copyKey(in, key);
    int index = placement.serverOf(placement.hash(key, 0, length), key, 0, length);
    return index < 0 ? null : servers.get(index);
  }

  @Override
  public void endOfGet(int lane) {
    if (!coalesce) {
      servers.endBatches(lane);
    }
  }

  @Override
  public void send(Command command, ByteBuf in, ReplySink sink, int slot, int lane) {
    if (command.verb().form() == Verb.Form.FLUSH) {
      Broadcast.send(command, in, sink, slot, lane, servers, loop);
      return;
    }
    servers.asked(command, in);
    if (hasMovedKeys() && servers.spools(command)) {
      deleteEverywhere(command, in, sink, slot, lane);
      return;
    }
    Server server = owner(command, in);
    if (server == null) {
      sink.onFailure(slot, noServer());
    } else {
      server.send(command, in, sink, slot, lane);
    }
  }

  @SuppressWarnings("ReferenceEquality") // the same one is meant
  private boolean hasMovedKeys() {
    return placement != whole;
  }

  /** From the server that stands in, and in the spool of the one that will have the key again. */
  private void deleteEverywhere(Command command, ByteBuf in, ReplySink sink, int slot, int lane) {
    int length = command.copyKey(in, key);
    int home = whole.serverOf(whole.hash(key, 0, length), key, 0, length);
    int present = placement.serverOf(placement.hash(key, 0, length), key, 0, length);
    if (present < 0 || present == home) {
      servers.get(home).send(command, in, sink, slot, lane);
      return;
    }
    ReplySink merge = new WriteMerge(loop).begin(sink, slot, 2, 2);
    servers.get(home).send(command, in, merge, 0, lane);
    servers.get(present).send(command, in, merge, 1, lane);
  }

  @Override
  public boolean uploads() {
    return true;
  }

  @Override
  public @Nullable Upload upload(Command command, ByteBuf in, ReplySink sink, Runnable onRoom) {
    servers.asked(command, in);
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
  public void outline(Outline outline) {
    List<Route> reached = candidates(outline.question());
    if (settings.spoolDeletes()) {
      outline.node("asynclog:" + servers.name(), hashLabel(), reached);
    } else {
      outline.node(hashLabel(), reached);
    }
  }

  private String hashLabel() {
    String distribution = servers.settings().placement().distributionName();
    return "selection|hash|"
        + Arrays.stream(distribution.split("_", -1))
            .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
            .collect(Collectors.joining());
  }
}
