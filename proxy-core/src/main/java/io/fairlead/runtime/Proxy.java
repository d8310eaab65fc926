package io.fairlead.runtime;

import io.fairlead.access.Credentials;
import io.fairlead.config.ProxySettings;
import io.fairlead.config.ShutdownSettings;
import io.fairlead.config.SpoolSettings;
import io.fairlead.discovery.SourceStatus;
import io.fairlead.frontend.ClientStatus;
import io.fairlead.frontend.Introspection;
import io.fairlead.frontend.stats.StatsReply;
import io.fairlead.health.HealthRegistry;
import io.fairlead.health.HealthReport;
import io.fairlead.health.Hold;
import io.fairlead.health.ServerStatus;
import io.fairlead.hotkey.HotKey;
import io.fairlead.loop.ProxyLoop;
import io.fairlead.metrics.Counter;
import io.fairlead.metrics.ListenerStats;
import io.fairlead.metrics.LoopStats;
import io.fairlead.metrics.PoolStats;
import io.fairlead.metrics.SpoolStats;
import io.fairlead.route.Outline;
import io.fairlead.route.Question;
import io.fairlead.spool.DeleteSpool;
import io.fairlead.tls.Keyring;
import io.fairlead.tls.KeyringStatus;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running proxy: its event loops, listeners and connections. */
public final class Proxy implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Proxy.class);
  private static final long DRAIN_POLL_MILLIS = 20;

  private final Transport transport;
  private final Loops loops;
  private final LoopWatchdog watchdog;
  private final Keyring keyring = new Keyring();
  private final Listeners listeners;
  private final SettingsInForce settings;
  private final HealthRegistry health = new HealthRegistry();
  private final Credentials credentials = new Credentials(this::onCredentialsRefused);
  private final @Nullable DeleteSpool spool;
  private final @Nullable Introspections introspections;

  /** Null where the number of loops is fixed. */
  private volatile @Nullable LoopKeeper keeper;

  private final StatsReply stats = new StatsReply(new FiguresOfProxy(this));
  private volatile Supplier<String> configHash = () -> "";
  private volatile boolean closed;

  private Proxy(ProxyStart start, Transport transport) {
    this.transport = transport;
    introspections = start.introspections();
    loops = new Loops(start.settings(), transport);
    watchdog = LoopWatchdog.start(loops.atStart());
    ClientPlaces places = new ClientPlaces(start.settings().limits().connections());
    listeners = new Listeners(transport, loops, places, keyring);
    listeners.share(!start.sockets().isEmpty());
    settings = new SettingsInForce(start, listeners, places, loops, health, keyring, credentials);
    spool = startSpool(start.settings().deleteSpool(), !start.sockets().isEmpty());
  }

  private static @Nullable DeleteSpool startSpool(
      @Nullable SpoolSettings settings, boolean hasPredecessor) {
    if (settings == null) {
      return null;
    }
    return hasPredecessor ? DeleteSpool.startBeside(settings) : DeleteSpool.start(settings);
  }

  /** Starts with nothing but settings, as {@link #start(ProxyStart)} does. */
  public static Proxy start(ProxySettings settings) throws IOException {
    return start(ProxyStart.with(settings));
  }

  /**
   * Opens every listener and returns when all of them accept connections.
   *
   * @throws IOException when an address cannot be listened on; its message says which and why
   */
  public static Proxy start(ProxyStart start) throws IOException {
    Proxy proxy = new Proxy(start, Transport.of(start.settings().threads().transport()));
    try {
      proxy.loops.start(start.settings(), proxy::runtime);
      proxy.settings.start(start.sockets());
      proxy.tickHealth();
      proxy.keepLoops(start.loopRule());
      return proxy;
    } catch (IOException | RuntimeException e) {
      proxy.close();
      throw e;
    }
  }

  private LoopRuntime runtime(ProxyLoop loop, int number) {
    return new LoopRuntime(
        loop,
        new ChannelConnector(
            transport, loop.eventLoop(), loops.allocator(), settings.names(), keyring, credentials),
        health,
        spool == null ? null : spool.forLoop(number, loop.eventLoop()),
        stats,
        credentials,
        listener -> introspection(loop, listener),
        number == 0);
  }

  private void keepLoops(LoopRule rule) {
    LeastBusy leastBusy = loops.leastBusy();
    if (leastBusy != null) {
      keeper = new LoopKeeper(loops, leastBusy, settings, this::runtime, watchdog, rule);
      keeper.start();
    }
  }

  /** Once a second until the loop ends; what it does is the same from any of them. */
  private void tickHealth() {
    var unused =
        loops
            .first()
            .loop()
            .eventLoop()
            .scheduleWithFixedDelay(health::tick, 1, 1, TimeUnit.SECONDS);
  }

  /** Counted on a loop, as counters have one writer. */
  private void onCredentialsRefused() {
    ProxyLoop loop = loops.first().loop();
    loop.eventLoop().execute(() -> loop.stats().count(Counter.CREDENTIALS_REFUSED));
  }

  private @Nullable Introspection introspection(ProxyLoop loop, Listener listener) {
    return introspections == null
        ? null
        : introspections.on(new LoopView(this, loops.of(loop.eventLoop()), listener));
  }

  /**
   * The addresses that are listened on, in the order of the settings; port 0 has become a real one.
   */
  public List<SocketAddress> addresses() {
    return listeners.present().stream().map(Listener::address).toList();
  }

  /** The sockets of the listeners, for another process to accept with. */
  public List<HeldSocket> sockets() {
    return listeners.present().stream().map(Listener::held).toList();
  }

  /** Another process serves: leaves it the sockets, and the directory of the spool. */
  public void letGo() {
    listeners.share(true);
    if (spool != null) {
      spool.close();
    }
  }

  /** The process before this one has let go of what it had. */
  public void onSucceeded() {
    listeners.share(false);
    if (spool != null) {
      spool.openNow();
    }
  }

  /** What it was started with, or given since, with the servers that sources have named. */
  public ProxySettings settings() {
    return settings.present();
  }

  /** The counters of each event loop; they may be read from any thread. */
  public List<LoopStats> stats() {
    return loops.all().stream().map(runtime -> runtime.loop().stats()).toList();
  }

  /**
   * The counters of each event loop for each pool, loop by loop. The counters may be read from any
   * thread; this call asks the loops to bring those up to date that say what waits, so it is not to
   * be made on one of them.
   */
  public List<PoolStats> pools() {
    return loops.askEach(LoopRuntime::pools).stream().flatMap(List::stream).toList();
  }

  /** The same without asking, so that what waits may be a moment old. */
  public List<PoolStats> poolCounters() {
    return loops.all().stream().flatMap(runtime -> runtime.poolCounters().stream()).toList();
  }

  /** What each event loop counts of each listener; from any thread. */
  public List<ListenerStats> listeners() {
    return loops.all().stream().flatMap(runtime -> runtime.clients().stats().stream()).toList();
  }

  /** What the buffers of all event loops take. */
  public ByteBufAllocatorMetricProvider allocator() {
    return loops.allocator();
  }

  /** How late each event loop comes to new work, measured once a second; from any thread. */
  public List<Duration> loopLags() {
    return watchdog.lags();
  }

  /** What the spool of deletes counts; null without one. */
  public @Nullable SpoolStats spool() {
    return spool == null ? null : spool.stats();
  }

  /**
   * What each event loop knows of each server; asks the loops, so not to be called on one of them.
   */
  public List<ServerStatus> servers() {
    return loops.askEach(LoopRuntime::servers).stream().flatMap(List::stream).toList();
  }

  /**
   * The keys that are asked for most at present, pool by pool in the order of the settings, the
   * hottest of each first; asks the loops, so not to be called on one of them.
   */
  public List<HotKey> hotKeys() {
    return HotKeyList.of(loops.askEach(LoopRuntime::hotKeys));
  }

  /**
   * Does with a server what an operator wants, until told otherwise, a change of settings that
   * keeps the server included. It is in force when this returns, which asks the loops, so that this
   * is not to be called on one of them.
   *
   * @return false when there is no such pool or server
   */
  public boolean hold(String pool, String server, Hold hold) {
    boolean known = health.hold(pool, server, hold);
    loops.askEach(runtime -> true); // before which each has heard of it
    return known;
  }

  /**
   * Replaces the connections to a server one after the other, without failing a request; asks the
   * loops, so not to be called on one of them.
   *
   * @return how many are replaced
   */
  public int reconnect(String pool, String server) {
    int replaced =
        loops.askEach(runtime -> runtime.reconnect(pool, server)).stream()
            .mapToInt(Integer::intValue)
            .sum();
    LOG.atInfo()
        .addKeyValue("pool", pool)
        .addKeyValue("server", server)
        .addKeyValue("connections", replaced)
        .log("connections to a server are replaced");
    return replaced;
  }

  /** Whether too few servers of a pool are healthy; from any thread. */
  public boolean isInPanic(String pool) {
    return health.inPanic(pool);
  }

  /**
   * Takes other settings, all of them or none: routes are made and listeners opened before anything
   * changes. Servers for which nothing has changed keep their connections, health and counters;
   * what is in flight is answered by those it was sent to. Servers that sources name are added. Not
   * to be called on a loop.
   *
   * @return the keys of what takes a restart, and is as it was
   * @throws IllegalArgumentException when a listener leads nowhere; nothing was taken
   * @throws UncheckedIOException when an address cannot be listened on; the message of its cause
   *     says which and why, and nothing was taken
   */
  public List<String> update(ProxySettings other) {
    return settings.update(other);
  }

  /** What {@link #update} would return of a proxy that has the settings {@code present}. */
  public static List<String> takeRestart(ProxySettings present, ProxySettings other) {
    return Changes.takeRestart(present, other);
  }

  /** How each server is, by pool and name; from any thread. */
  Map<String, Map<String, HealthReport>> health() {
    return health.reports();
  }

  /** What tells the configuration from others; empty until somebody says how to find out. */
  String configHash() {
    return configHash.get();
  }

  /** Lets clients that ask for statistics see what tells the configuration from others. */
  public void configHash(Supplier<String> hash) {
    configHash = hash;
  }

  /** How the certificates are that it shows; from any thread. */
  public KeyringStatus certificates() {
    return keyring.status();
  }

  /** What is wrong with event loops that do not end a turn; empty when all do. From any thread. */
  public List<String> stuckLoops() {
    return watchdog.problems();
  }

  /** How each source of servers does. */
  public List<SourceStatus> sources() {
    return settings.sources();
  }

  /**
   * Where requests for a pool or a tree of routes go as things are, or all places to which any may
   * go when there is no question; asks a loop, so not to be called on one of them.
   */
  public Outline outline(String target, @Nullable Question question) {
    return loops.ask(loops.first(), runtime -> runtime.outline(target, question));
  }

  /**
   * Stops accepting, takes leave of the clients, which end what they have begun, and closes when
   * they are gone or the time for that is over; the settings say how long that is.
   */
  public void drain() throws InterruptedException {
    ShutdownSettings shutdown = settings.present().shutdown();
    closeKeeper();
    settings.end();
    loops.tellEach(runtime -> runtime.clients().drain(shutdown.spreadWithinDrain()));
    long deadline = System.nanoTime() + shutdown.drain().toNanos();
    while (System.nanoTime() - deadline < 0 && clientCount() > 0) {
      TimeUnit.MILLISECONDS.sleep(DRAIN_POLL_MILLIS);
    }
    close();
  }

  /** What is known of clients, so many of each event loop at most; asks the loops. */
  public List<ClientStatus> clients(int most) {
    return loops.askEach(runtime -> runtime.clients().status(most)).stream()
        .flatMap(List::stream)
        .toList();
  }

  private int clientCount() {
    LoopKeeper present = keeper;
    int onTheWay = present == null ? 0 : present.clientsOnTheWay();
    return onTheWay
        + loops.askEach(runtime -> runtime.clients().count()).stream()
            .mapToInt(Integer::intValue)
            .sum();
  }

  private void closeKeeper() {
    LoopKeeper present = keeper;
    if (present != null) {
      present.close();
    }
  }

  /** Closes everything at once. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    closeKeeper();
    watchdog.close();
    settings.closeLookups();
    credentials.close();
    settings.end();
    loops.tellEach(LoopRuntime::close);
    loops.shutDown();
    keyring.close();
    if (spool != null) {
      spool.close();
    }
    loops.release();
  }
}
