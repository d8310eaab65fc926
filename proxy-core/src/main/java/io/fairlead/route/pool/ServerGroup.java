package io.fairlead.route.pool;

import io.fairlead.backend.Connector;
import io.fairlead.backend.Exchange;
import io.fairlead.backend.ExchangePool;
import io.fairlead.backend.Failure;
import io.fairlead.backend.ReplySink;
import io.fairlead.backend.Server;
import io.fairlead.backend.SpooledDeletes;
import io.fairlead.config.LimitSettings;
import io.fairlead.config.PoolSettings;
import io.fairlead.config.ServerSettings;
import io.fairlead.health.PoolHealth;
import io.fairlead.health.ServerStatus;
import io.fairlead.hotkey.KeySampler;
import io.fairlead.hotkey.KeySnapshot;
import io.fairlead.loop.ProxyLoop;
import io.fairlead.metrics.PoolStats;
import io.fairlead.protocol.Ascii;
import io.fairlead.protocol.Command;
import io.fairlead.route.Route;
import io.fairlead.spool.LoopSpool;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The servers of one pool on one event loop, in the order of the configuration. */
public final class ServerGroup {
  private final PoolSettings settings;
  private final PoolStats stats;
  private final List<Member> members;
  private final Server[] servers;
  private final List<Route> routes;
  private final @Nullable LoopSpool spool;
  private final Primary primary;
  private final Repairs repairs;
  private final List<Runnable> healthListeners = new ArrayList<>();
  private final ProxyLoop loop;
  private final byte[] key = new byte[Ascii.MAX_KEY_BYTES];

  /** Null when nobody wants to know which keys are hot. */
  private final @Nullable KeySampler sampler;

  /**
   * Makes those servers that are not there yet, on any thread.
   *
   * @param before the pool of that name as it was configured before, whose servers and counters
   *     stay as far as they are the same; it changes only when this one takes over
   */
  public ServerGroup(
      ProxyLoop loop,
      PoolSettings pool,
      LimitSettings limits,
      Connector connector,
      ExchangePool exchanges,
      PoolHealth health,
      @Nullable LoopSpool spool,
      @Nullable ServerGroup before) {
    LoopSpool deletes = pool.spoolDeletes() ? spool : null;
    PoolStats counters = before == null ? new PoolStats(pool.name()) : new PoolStats(before.stats);
    this.spool = deletes;
    this.loop = loop;
    sampler = sampler(pool, before);
    settings = pool;
    stats = counters;
    List<Member> former = before == null ? List.of() : new ArrayList<>(before.members);
    members =
        pool.servers().stream()
            .map(
                server ->
                    takeOrMake(
                        former,
                        server,
                        pool,
                        limits,
                        counters,
                        changed ->
                            new Server(
                                loop, pool, server, limits, connector, exchanges, counters, health,
                                changed, deletes)))
            .toList();
    servers = members.stream().map(Member::server).toArray(Server[]::new);
    routes =
        IntStream.range(0, servers.length)
            .<Route>mapToObj(i -> new ServerRoute(this, i, servers[i]))
            .toList();
    primary = new Primary(this);
    repairs = new Repairs(loop, this);
  }

  private static @Nullable KeySampler sampler(PoolSettings pool, @Nullable ServerGroup before) {
    if (!pool.hotKeys().on()) {
      return null;
    }
    KeySampler former = before == null ? null : before.sampler;
    return former == null ? new KeySampler(ThreadLocalRandom.current().nextInt()) : former;
  }

  /** A key is being asked for, which may be one of many. */
  void asked(Exchange exchange) {
    KeySampler present = sampler;
    if (present != null && present.isDue()) {
      present.take(exchange.key(), exchange.keyLength(), loop.now());
    }
  }

  /** The same of any other request that has a key. */
  void asked(Command command, ByteBuf in) {
    KeySampler present = sampler;
    if (present != null && present.isDue()) {
      present.take(key, command.copyKey(in, key), loop.now());
    }
  }

  /** What this event loop knows of the keys that are hot; null when nobody wants to know. */
  public @Nullable KeySnapshot hotKeys() {
    return sampler == null ? null : sampler.snapshot(loop.now());
  }

  /** The server that decides writes; negative for none. */
  int primary() {
    return primary.index();
  }

  Repairs repairs() {
    return repairs;
  }

  /** Whether servers are told later of deletes that they cannot be told of now. */
  boolean hasSpool() {
    return spool != null;
  }

  /** The server as it is among the former ones, from which it is taken, or a new one. */
  private static Member takeOrMake(
      List<Member> former,
      ServerSettings server,
      PoolSettings pool,
      LimitSettings limits,
      PoolStats stats,
      Member.Maker maker) {
    for (Member member : former) {
      if (member.fits(server, pool, limits)) {
        former.remove(member);
        stats.addServer(member.stats());
        return member;
      }
    }
    return new Member(server, pool, limits, maker);
  }

  /**
   * From now on this group, and no former one, hears of its servers, those that are new begin; on
   * the loop.
   */
  public void takeOver() {
    members.forEach(Member::start); // before a route hears of any
    members.forEach(member -> member.joins(this));
    changed();
  }

  /** Whether a command is a delete that servers are told of later when they cannot be told now. */
  boolean spools(Command command) {
    return spool != null && SpooledDeletes.takes(command);
  }

  void changed() {
    healthListeners.forEach(Runnable::run);
  }

  /** Lets a route hear when a server stops or starts getting requests. */
  void onHealthChange(Runnable listener) {
    healthListeners.add(listener);
  }

  public PoolSettings settings() {
    return settings;
  }

  String name() {
    return settings.name();
  }

  /** A route to each server. */
  public List<Route> routes() {
    return routes;
  }

  public int size() {
    return servers.length;
  }

  Server get(int index) {
    return servers[index];
  }

  /** The first server from {@code index} on that gets requests; -1 when there is none. */
  int firstUp(int index) {
    for (int i = index; i < servers.length; i++) {
      if (servers[i].isUp()) {
        return i;
      }
    }
    return -1;
  }

  /** Why nobody serves a request. */
  Failure noServer() {
    return servers.length == 0 ? Failure.NO_SERVERS : Failure.EJECTED;
  }

  int countUp() {
    int up = 0;
    for (Server server : servers) {
      up += server.isUp() ? 1 : 0;
    }
    return up;
  }

  /** Sends a command to every server; {@code sink} is told each outcome, by the server's index. */
  public void broadcast(Command command, ByteBuf in, ReplySink sink, int lane) {
    for (int i = 0; i < servers.length; i++) {
      servers[i].send(command, in, sink, i, lane);
    }
  }

  /** What makes one reply of those of so many servers, all of which must do what they are asked. */
  public static ReplySink mergeOfAll(ProxyLoop loop, ReplySink sink, int slot, int servers) {
    return new WriteMerge(loop).begin(sink, slot, servers, servers);
  }

  /** Ends the multi-gets that are being assembled for a lane. */
  public void endBatches(int lane) {
    for (Server server : servers) {
      server.endBatch(lane);
    }
  }

  /** What this event loop counts of the pool. */
  public PoolStats stats() {
    return stats;
  }

  /** Brings those counters up to date that say what waits at the servers. */
  public void countQueues() {
    for (Server server : servers) {
      server.countQueues();
    }
  }

  /** What this event loop knows of each server. */
  public List<ServerStatus> status() {
    return Arrays.stream(servers).map(Server::status).toList();
  }

  /** Opens the connections before the first request needs them. */
  public void connect() {
    for (Server server : servers) {
      server.connect();
    }
  }

  /** Replaces the connections to a server; returns how many, none where there is no such server. */
  public int reconnect(String server) {
    int replaced = 0;
    for (int i = 0; i < servers.length; i++) {
      if (settings.servers().get(i).name().equals(server)) {
        replaced += servers[i].reconnect();
      }
    }
    return replaced;
  }

  /** The servers themselves. */
  public List<Server> servers() {
    return List.of(servers);
  }
}
