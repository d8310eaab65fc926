package io.fairlead.runtime;

import io.fairlead.access.Credentials;
import io.fairlead.backend.ExchangePool;
import io.fairlead.config.ListenerSettings;
import io.fairlead.config.ProxySettings;
import io.fairlead.frontend.ClientConnection;
import io.fairlead.frontend.ClientStatus;
import io.fairlead.frontend.Clients;
import io.fairlead.frontend.Gate;
import io.fairlead.frontend.Introspection;
import io.fairlead.frontend.Target;
import io.fairlead.frontend.stats.StatsReply;
import io.fairlead.loop.ProxyLoop;
import io.fairlead.metrics.ListenerCounter;
import io.fairlead.metrics.ListenerStats;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The clients of one event loop: those of each listener, and those of closed listeners for as long
 * as they are answered. On the loop, but where it says otherwise.
 */
final class LoopClients {
  private final ProxyLoop loop;
  private final ExchangePool exchanges;
  private final StatsReply stats;
  private final Credentials credentials;
  private final Function<Listener, @Nullable Introspection> introspections;
  private final LoopMoves moves;
  private final Map<Listener, LoopListener> listeners = new LinkedHashMap<>();

  /** Those of listeners that are closed. */
  private final List<Clients> leaving = new ArrayList<>();

  /** Null when any number of requests may be under way. */
  private @Nullable Gate gate;

  /** Among how many the clients of a listener are spread. */
  private int loops;

  /** What is counted of the present listeners, for anyone to read. */
  private volatile List<ListenerStats> listenerStats = List.of();

  /** The same of closed ones whose clients were not all answered. */
  private volatile List<ListenerStats> leavingStats = List.of();

  /**
   * @param credentials who clients may be
   * @param introspections makes what answers questions of a listener's clients; null for nothing
   */
  LoopClients(
      ProxyLoop loop,
      ExchangePool exchanges,
      StatsReply stats,
      Credentials credentials,
      Function<Listener, @Nullable Introspection> introspections) {
    this.loop = loop;
    this.exchanges = exchanges;
    this.stats = stats;
    this.credentials = credentials;
    this.introspections = introspections;
    this.moves = new LoopMoves(loop);
  }

  ProxyLoop loop() {
    return loop;
  }

  /** What the first settings alone decide. */
  void begin(ProxySettings first) {
    gate = Gate.of(loop, first.limits().load());
    loops = Math.max(loops, first.threads().loops());
  }

  /**
   * Lets all of them follow other settings.
   *
   * @param open the listeners of the settings, in their order
   */
  void follow(ProxySettings settings, List<Listener> open, LoopRoutes routes) {
    for (int i = 0; i < open.size(); i++) {
      ListenerSettings changed = settings.listeners().get(i);
      follow(open.get(i), changed, settings, routes.target(changed.target()));
    }
    Duration spread = settings.shutdown().spreadWithinDrain();
    listeners.entrySet().removeIf(entry -> !open.contains(entry.getKey()) && leave(entry, spread));
    leaving.removeIf(clients -> clients.count() == 0);
    listenerStats = listeners.values().stream().map(each -> each.clients().stats()).toList();
    leavingStats = leaving.stream().map(Clients::stats).toList();
  }

  private void follow(
      Listener listener, ListenerSettings changed, ProxySettings settings, Target target) {
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
    return new LoopListener(clients, added, loops, () -> introspections.apply(listener));
  }

  private boolean leave(Map.Entry<Listener, LoopListener> closed, Duration spread) {
    Clients clients = closed.getValue().clients();
    clients.drain(spread);
    return leaving.add(clients);
  }

  /** The settings of a listener that are in use. */
  ListenerSettings settings(Listener listener) {
    return present(listener).settings();
  }

  /** At which clients of a listener may begin with TLS. */
  HandshakePace pace(Listener listener) {
    return present(listener).pace();
  }

  private LoopListener present(Listener listener) {
    LoopListener present = listeners.get(listener);
    if (present == null) {
      throw new IllegalStateException("a listener that is closed");
    }
    return present;
  }

  /** A client of a listener, or null when the listener was closed meanwhile. */
  @Nullable ClientConnection accept(Listener listener, @Nullable SocketAddress from) {
    LoopListener present = listeners.get(listener);
    return present == null ? null : present.accept(from);
  }

  /** Counts something for a listener, unless it was closed meanwhile. */
  void countFor(Listener listener, ListenerCounter counter) {
    LoopListener present = listeners.get(listener);
    if (present != null) {
      present.clients().stats().count(counter);
    }
  }

  /** So many loops take clients from now on. */
  void spreadAmong(int others) {
    loops = others;
    listeners.values().forEach(listener -> listener.spreadAmong(others));
  }

  /** Has a part of them, any ones, go on on another loop when they are at rest. */
  void move(double part, LoopClients to, AtomicInteger onTheWay) {
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

  /** What is counted of each listener that is open or has clients, from any thread. */
  List<ListenerStats> stats() {
    List<ListenerStats> all = new ArrayList<>(listenerStats);
    leavingStats.stream().filter(ListenerStats::hasClients).forEach(all::add);
    return all;
  }

  /** What is known of so many at most, those of closed listeners left out. */
  List<ClientStatus> status(int most) {
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

  int count() {
    return all().stream().mapToInt(Clients::count).sum();
  }

  /** Those of all listeners, also of those that are closed. */
  private List<Clients> all() {
    List<Clients> all = new ArrayList<>(leaving);
    listeners.values().forEach(listener -> all.add(listener.clients()));
    return all;
  }

  void drain(Duration spread) {
    all().forEach(each -> each.drain(spread));
  }

  void close() {
    all().forEach(Clients::close);
  }
}
