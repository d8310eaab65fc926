package io.fairlead.runtime;

import io.fairlead.access.Credentials;
import io.fairlead.backend.ExchangePool;
import io.fairlead.backend.Server;
import io.fairlead.config.ListenerSettings;
import io.fairlead.config.PoolSettings;
import io.fairlead.config.ProxySettings;
import io.fairlead.frontend.ClientConnection;
import io.fairlead.frontend.ClientStatus;
import io.fairlead.frontend.Clients;
import io.fairlead.frontend.Gate;
import io.fairlead.frontend.Introspection;
import io.fairlead.frontend.Target;
import io.fairlead.frontend.stats.StatsReply;
import io.fairlead.health.HealthRegistry;
import io.fairlead.health.ServerStatus;
import io.fairlead.hotkey.KeySnapshot;
import io.fairlead.loop.ProxyLoop;
import io.fairlead.metrics.Counter;
import io.fairlead.metrics.ListenerCounter;
import io.fairlead.metrics.ListenerStats;
import io.fairlead.metrics.PoolStats;
import io.fairlead.route.Outline;
import io.fairlead.route.Question;
import io.fairlead.route.pool.ServerGroup;
import io.fairlead.spool.LoopSpool;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One event loop at work: its pools, the routes to them, and its clients of every listener. */
final class LoopRuntime {
  /** How long a pool that is not configured any more may take to answer what it was asked. */
  private static final Duration LONGEST_FAREWELL = Duration.ofSeconds(30);

  private static final Duration FAREWELL_CHECK = Duration.ofMillis(50);

  private final ProxyLoop loop;
  private final ChannelConnector connector;
  private final HealthRegistry health;
  private final @Nullable LoopSpool spool;
  private final ExchangePool exchanges = new ExchangePool();
  private final Set<Server> retiring = new LinkedHashSet<>();

  /** Those before the present ones whose requests are not over. */
  private final List<LoopRoutes> former = new ArrayList<>();

  private final Map<Listener, LoopListener> listeners = new LinkedHashMap<>();

  /** The clients of listeners that are closed, as long as they are answered. */
  private final List<Clients> leaving = new ArrayList<>();

  private final StatsReply stats;
  private final Credentials credentials;
  private final Function<Listener, @Nullable Introspection> introspections;

  /** Null on all loops but one. */
  private final @Nullable StatsRounds rounds;

  /** Null when any number of requests may be under way. */
  private @Nullable Gate gate;

  /** What is counted of the present listeners, for anyone to read. */
  private volatile List<ListenerStats> listenerStats = List.of();

  /** The same of closed ones whose clients were not all answered. */
  private volatile List<ListenerStats> leavingStats = List.of();

  private final LoopMoves moves;

  /** How many loops take clients, and whether this one is among them. */
  private int takers;

  private boolean takesClients = true;

  /** Written by the loop alone; others read what is counted for it, and prepare the next ones. */
  private volatile @Nullable LoopRoutes routes;

  /**
   * @param health of all servers, which the loops share
   * @param spool where failed deletes are kept; null for nowhere
   * @param credentials who clients may be, and what the proxy is to servers
   * @param introspections makes what answers questions of a listener's clients; null for nothing
   * @param asksServers whether it is this one that asks servers for statistics, where that is
   *     wanted
   */
  LoopRuntime(
      ProxyLoop loop,
      ChannelConnector connector,
      HealthRegistry health,
      @Nullable LoopSpool spool,
      StatsReply stats,
      Credentials credentials,
      Function<Listener, @Nullable Introspection> introspections,
      boolean asksServers) {
    this.loop = loop;
    this.rounds = asksServers ? new StatsRounds(loop) : null;
    this.connector = connector;
    this.health = health;
    this.spool = spool;
    this.stats = stats;
    this.credentials = credentials;
    this.introspections = introspections;
    this.moves = new LoopMoves(loop);
  }

  ProxyLoop loop() {
    return loop;
  }

  /**
   * Makes routes for other settings, which change nothing before they are followed, and are simply
   * dropped when they are not. Not on the loop, which has better things to do.
   */
  LoopRoutes prepare(ProxySettings next) {
    return LoopRoutes.of(next, loop, connector, exchanges, health, spool, routes);
  }

  /**
   * Lets all clients follow other settings; on the loop.
   *
   * @param open the listeners of the settings, in their order
   */
  void follow(ProxySettings settings, List<Listener> open, LoopRoutes prepared) {
    LoopRoutes before = routes;
    if (before == null) {
      gate = Gate.of(loop, settings.limits().load());
      takers = Math.max(takers, settings.threads().loops());
      loop.stats().set(Counter.EVENT_LOOPS, takesClients ? 1 : 0);
    }
    routes = prepared;
    prepared.takeOver();
    followListeners(settings, open, prepared);
    connect(prepared.pools());
    if (rounds != null) {
      rounds.follow(prepared.pools());
    }
    if (before != null) {
      former.add(before);
      former.removeIf(each -> !each.areBusy());
      long deadline = loop.now() + LONGEST_FAREWELL.toNanos();
      before.serversWithout(prepared).forEach(server -> retire(server, deadline));
    }
  }

  private void followListeners(ProxySettings settings, List<Listener> open, LoopRoutes next) {
    for (int i = 0; i < open.size(); i++) {
      Listener listener = open.get(i);
      ListenerSettings changed = settings.listeners().get(i);
      Target target = next.target(changed.target());
      LoopListener present = listeners.get(listener);
      if (present == null) {
        listeners.put(listener, added(listener, changed, settings, target));
      } else {
        present.follow(changed);
        present
            .clients()
            .follow(
                target,
                changed,
                changed.limitsOr(settings.limits().clients()),
                credentials.access(changed.access()));
      }
    }
    Duration spread = settings.shutdown().spreadWithinDrain();
    listeners.entrySet().removeIf(entry -> !open.contains(entry.getKey()) && leave(entry, spread));
    leaving.removeIf(clients -> clients.count() == 0);
    listenerStats = listeners.values().stream().map(each -> each.clients().stats()).toList();
    leavingStats = leaving.stream().map(Clients::stats).toList();
  }

  private LoopListener added(
      Listener listener, ListenerSettings added, ProxySettings settings, Target target) {
    Clients clients =
        new Clients(
            loop,
            target,
            added,
            added.limitsOr(settings.limits().clients()),
            settings.version(),
            exchanges,
            stats,
            gate,
            credentials.access(added.access()));
    return new LoopListener(clients, added, takers, () -> introspections.apply(listener));
  }

  private boolean leave(Map.Entry<Listener, LoopListener> closed, Duration spread) {
    Clients clients = closed.getValue().clients();
    clients.drain(spread);
    return leaving.add(clients);
  }

  private void connect(List<ServerGroup> pools) {
    for (ServerGroup pool : pools) {
      if (takesClients && pool.settings().preconnect()) {
        pool.connect();
      }
    }
  }

  /**
   * Closes a server that is not configured any more when the requests in flight are over, also
   * those that a route may yet send to it because another one fails.
   */
  private void retire(Server server, long deadline) {
    retiring.add(server);
    former.removeIf(each -> !each.areBusy());
    boolean isBusy = server.isBusy() || !former.isEmpty();
    if (isBusy && loop.now() - deadline < 0) {
      loop.later(() -> retire(server, deadline), FAREWELL_CHECK.toNanos());
      return;
    }
    retiring.remove(server);
    server.close();
  }

  private LoopRoutes routes() {
    LoopRoutes present = routes;
    if (present == null) {
      throw new IllegalStateException("not started");
    }
    return present;
  }

  /** Where requests for a pool or a tree of routes go; the loop's own thread only. */
  Outline outline(String target, @Nullable Question question) {
    Outline outline = new Outline(question);
    routes().target(target).entrance().outline(outline);
    return outline;
  }

  /** Where requests of the clients of a listener go; the loop's own thread only. */
  Outline outline(Listener listener, @Nullable Question question) {
    LoopListener present = listeners.get(listener);
    if (present == null) {
      throw new IllegalStateException("a listener that is closed");
    }
    return outline(present.settings().target(), question);
  }

  /** A client of a listener, or null when the listener was closed meanwhile; on the loop. */
  @Nullable ClientConnection accept(Listener listener, @Nullable SocketAddress from) {
    LoopListener present = listeners.get(listener);
    return present == null ? null : present.accept(from);
  }

  /**
   * So many loops take clients from now on, each of which may keep so much; on the loop.
   *
   * @param takes whether this one does
   */
  void spread(boolean takes, int loops, long memory) {
    boolean begins = takes && !takesClients;
    takesClients = takes;
    takers = loops;
    loop.stats().set(Counter.EVENT_LOOPS, takes ? 1 : 0);
    loop.limitMemory(memory);
    listeners.values().forEach(listener -> listener.spreadAmong(loops));
    if (begins) {
      connect(routes().pools());
    }
  }

  /** Has a part of its clients, any ones, go on on another loop when they are at rest; on it. */
  void move(double part, LoopRuntime to, AtomicInteger onTheWay) {
    if (moves.areUnderWay()) {
      return;
    }
    listeners.forEach(
        (listener, present) -> {
          Clients clients = present.clients();
          int wanted = (int) (clients.count() * part);
          moves.begin(clients.toMove(wanted), new Transfer(to, listener, onTheWay));
        });
  }

  /** Without clients, it needs no servers: closes the connections to them; on the loop. */
  void leaveServers() {
    if (clientCount() == 0) {
      routes().pools().forEach(pool -> pool.servers().forEach(Server::leaveConnections));
    }
  }

  /** Counts something for a listener, unless it was closed meanwhile; on the loop. */
  void countFor(Listener listener, ListenerCounter counter) {
    LoopListener present = listeners.get(listener);
    if (present != null) {
      present.clients().stats().count(counter);
    }
  }

  /** What this loop counts of each listener that is open or has clients, from any thread. */
  List<ListenerStats> listenerStats() {
    List<ListenerStats> all = new ArrayList<>(listenerStats);
    leavingStats.stream().filter(ListenerStats::hasClients).forEach(all::add);
    return all;
  }

  /** At which clients of a listener may begin with TLS; on the loop. */
  HandshakePace pace(Listener listener) {
    return Objects.requireNonNull(listeners.get(listener)).pace();
  }

  /** Replaces the connections to a server of a pool; on the loop. */
  int reconnect(String pool, String server) {
    return routes().pools().stream()
        .filter(group -> group.settings().name().equals(pool))
        .mapToInt(group -> group.reconnect(server))
        .sum();
  }

  List<ServerStatus> servers() {
    return routes().pools().stream().flatMap(pool -> pool.status().stream()).toList();
  }

  /** What this loop knows of the hot keys of each pool that is asked to know them. */
  Map<PoolSettings, KeySnapshot> hotKeys() {
    Map<PoolSettings, KeySnapshot> snapshots = new LinkedHashMap<>();
    for (ServerGroup pool : routes().pools()) {
      KeySnapshot snapshot = pool.hotKeys();
      if (snapshot != null) {
        snapshots.put(pool.settings(), snapshot);
      }
    }
    return snapshots;
  }

  /** What this loop counts of each pool, up to date. */
  List<PoolStats> pools() {
    routes().pools().forEach(ServerGroup::countQueues);
    return routes().stats();
  }

  /** The same as it is, from any thread. */
  List<PoolStats> poolCounters() {
    return routes().stats();
  }

  void drain(Duration spread) {
    clients().forEach(each -> each.drain(spread));
  }

  /** What is known of so many clients at most, those of closed listeners left out; on the loop. */
  List<ClientStatus> clients(int most) {
    List<ClientStatus> seen = new ArrayList<>();
    for (LoopListener listener : listeners.values()) {
      ListenerSettings settings = listener.settings();
      seen.addAll(
          listener
              .clients()
              .status(settings.address().toString(), settings.tls() != null, most - seen.size()));
    }
    return seen;
  }

  int clientCount() {
    return clients().stream().mapToInt(Clients::count).sum();
  }

  /** Those of all listeners, also of those that are closed. */
  private List<Clients> clients() {
    List<Clients> all = new ArrayList<>(leaving);
    listeners.values().forEach(listener -> all.add(listener.clients()));
    return all;
  }

  void close() {
    if (rounds != null) {
      rounds.stop();
    }
    clients().forEach(Clients::close);
    retiring.forEach(Server::close);
    LoopRoutes present = routes;
    if (present != null) {
      present.serversWithout(null).forEach(Server::close);
    }
  }
}
