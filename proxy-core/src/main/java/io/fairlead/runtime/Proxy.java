package io.fairlead.runtime;

import io.fairlead.config.ProxySettings;
import io.fairlead.config.ShutdownSettings;
import io.fairlead.config.SpoolSettings;
import io.fairlead.discovery.DiscoveryPlaces;
import io.fairlead.discovery.SourceStatus;
import io.fairlead.frontend.Introspection;
import io.fairlead.frontend.StatsReply;
import io.fairlead.health.HealthRegistry;
import io.fairlead.health.ServerStatus;
import io.fairlead.loop.ProxyLoop;
import io.fairlead.metrics.LoopStats;
import io.fairlead.metrics.PoolStats;
import io.fairlead.metrics.SpoolStats;
import io.fairlead.route.Outline;
import io.fairlead.route.Question;
import io.fairlead.spool.DeleteSpool;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A running proxy: its event loops, listeners and connections. */
public final class Proxy implements AutoCloseable {
  private static final long DRAIN_POLL_MILLIS = 20;

  private final MultiThreadIoEventLoopGroup group;
  private final LoopWatchdog watchdog;
  private final Lookups lookups;
  private final Map<EventExecutor, LoopRuntime> loops = new LinkedHashMap<>();
  private final ClientPlaces places;
  private final Listeners listeners;
  private final HealthRegistry health = new HealthRegistry();
  private final @Nullable DeleteSpool spool;
  private final @Nullable Introspections introspections;

  /** One other file at a time, which may wait for the sources that are new in it. */
  private final Object updates = new Object();

  /** The settings of the last file, to which sources add servers. */
  private ProxySettings file;

  private volatile ProxySettings present;
  private boolean started;
  private volatile boolean ending;
  private volatile boolean closed;

  private Proxy(
      MultiThreadIoEventLoopGroup group,
      Transport transport,
      ProxySettings settings,
      DiscoveryPlaces lookUpAt,
      @Nullable DeleteSpool spool,
      @Nullable Introspections introspections) {
    this.group = group;
    this.watchdog = LoopWatchdog.start(group);
    this.file = settings;
    this.present = settings;
    this.lookups = new Lookups(settings, lookUpAt, this::onSourcesChanged);
    this.spool = spool;
    this.introspections = introspections;
    places = new ClientPlaces(settings.limits().connections());
    listeners = new Listeners(transport, group, allocator(), this::runtimeOf, places);
  }

  /**
   * Opens every listener and returns when all of them accept connections.
   *
   * @throws IOException when an address cannot be listened on; its message says which and why
   */
  public static Proxy start(ProxySettings settings) throws IOException {
    return start(settings, null);
  }

  /**
   * The same with what answers questions of clients about the proxy, for listeners that have that
   * switched on.
   */
  public static Proxy start(ProxySettings settings, @Nullable Introspections introspections)
      throws IOException {
    return start(settings, introspections, new GivenSockets());
  }

  /**
   * The same with sockets of the process before this one, which shares them until it has let go of
   * them.
   */
  public static Proxy start(
      ProxySettings settings, @Nullable Introspections introspections, GivenSockets given)
      throws IOException {
    return start(settings, introspections, given, DiscoveryPlaces.ofThisMachine());
  }

  /** The same with other places where servers and host names are looked up. */
  public static Proxy start(
      ProxySettings settings, @Nullable Introspections introspections, DiscoveryPlaces places)
      throws IOException {
    return start(settings, introspections, new GivenSockets(), places);
  }

  private static Proxy start(
      ProxySettings settings,
      @Nullable Introspections introspections,
      GivenSockets given,
      DiscoveryPlaces lookUpAt)
      throws IOException {
    Transport transport = Transport.of(settings.threads().transport());
    Proxy proxy =
        new Proxy(
            new MultiThreadIoEventLoopGroup(
                settings.threads().loops(),
                new DefaultThreadFactory("fairlead-loop", true),
                transport.handlers()),
            transport,
            settings,
            lookUpAt,
            startSpool(settings),
            introspections);
    proxy.listeners.share(!given.isEmpty());
    try {
      Changes.requireTargets(settings);
      proxy.startLoops(settings, transport);
      proxy.follow(proxy.lookups.follow(settings), given);
      proxy.takePresent(); // what sources have named meanwhile
      return proxy;
    } catch (IOException | RuntimeException e) {
      proxy.close();
      throw e;
    }
  }

  private static @Nullable DeleteSpool startSpool(ProxySettings settings) {
    SpoolSettings spool = settings.deleteSpool();
    return spool == null ? null : DeleteSpool.start(spool);
  }

  private static ByteBufAllocator allocator() {
    // Buffers are kept by the loops themselves, so that a pooling allocator would only add memory.
    return new UnpooledByteBufAllocator(true);
  }

  private void startLoops(ProxySettings settings, Transport transport) {
    long memory = MemoryBudget.ofLoop(settings);
    List<ProxyLoop> all = new ArrayList<>();
    for (EventExecutor executor : group) {
      all.add(
          new ProxyLoop(
              (SingleThreadEventLoop) executor, allocator(), settings.threads().rest(), memory));
    }
    StatsReply stats =
        new StatsReply(settings.version(), all.stream().map(ProxyLoop::stats).toList());
    for (ProxyLoop loop : all) {
      loops.put(loop.eventLoop(), runtime(loop, transport, stats));
    }
  }

  private LoopRuntime runtime(ProxyLoop loop, Transport transport, StatsReply stats) {
    return new LoopRuntime(
        loop,
        new ChannelConnector(transport, loop.eventLoop(), allocator(), lookups.names()),
        health,
        spool == null ? null : spool.forLoop(loops.size(), loop.eventLoop()),
        stats,
        listener -> introspection(loop.eventLoop(), listener));
  }

  private @Nullable Introspection introspection(EventExecutor loop, Listener listener) {
    LoopRuntime runtime = Objects.requireNonNull(loops.get(loop), "runtime of a loop");
    return introspections == null ? null : introspections.on(new LoopView(this, runtime, listener));
  }

  private LoopRuntime runtimeOf(Channel channel) {
    LoopRuntime runtime = loops.get(channel.eventLoop());
    if (runtime == null) {
      throw new IllegalStateException("a channel of another proxy");
    }
    return runtime;
  }

  /** Runs a task of the cold path on a loop and waits for its result. */
  private static <T> T onLoop(LoopRuntime runtime, Callable<T> task) {
    try {
      return runtime.loop().eventLoop().submit(task).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for an event loop", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private static void onLoop(LoopRuntime runtime, Runnable task) {
    onLoop(runtime, Executors.callable(task));
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

  /**
   * Says whether another process listens on the sockets of the listeners as well: one that has not
   * let go of them, or one that has taken over.
   */
  public void shareSockets(boolean areShared) {
    listeners.share(areShared);
  }

  /** What it was started with, or given since, with the servers that sources have named. */
  public ProxySettings settings() {
    return present;
  }

  /** The counters of each event loop; they may be read from any thread. */
  public List<LoopStats> stats() {
    return loops.values().stream().map(runtime -> runtime.loop().stats()).toList();
  }

  /**
   * The counters of each event loop for each pool, loop by loop. The counters may be read from any
   * thread; this call asks the loops to bring those up to date that say what waits, so it is not to
   * be made on one of them.
   */
  public List<PoolStats> pools() {
    return loops.values().stream()
        .flatMap(runtime -> onLoop(runtime, runtime::pools).stream())
        .toList();
  }

  /** The same without asking, so that what waits may be a moment old. */
  public List<PoolStats> poolCounters() {
    return loops.values().stream().flatMap(runtime -> runtime.poolCounters().stream()).toList();
  }

  /** What the spool of deletes counts; null without one. */
  public @Nullable SpoolStats spool() {
    return spool == null ? null : spool.stats();
  }

  /**
   * What each event loop knows of each server; asks the loops, so not to be called on one of them.
   */
  public List<ServerStatus> servers() {
    return loops.values().stream()
        .flatMap(runtime -> onLoop(runtime, runtime::servers).stream())
        .toList();
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
  public List<String> update(ProxySettings settings) {
    synchronized (updates) {
      if (ending) {
        return List.of();
      }
      Changes.requireTargets(settings);
      Changes changes = new Changes(present, settings, listeners.present(), introspections != null);
      lookups.follow(changes.possible());
      try {
        takePresent();
      } catch (IOException e) {
        lookups.follow(file);
        throw new UncheckedIOException(e);
      } catch (RuntimeException e) {
        lookups.follow(file);
        throw e;
      }
      file = changes.possible();
      return changes.takeRestart();
    }
  }

  private void onSourcesChanged() {
    try {
      takePresent();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // although sources open no listeners
    } catch (RuntimeException e) {
      if (!closed) { // else it is an event loop that takes no more
        throw e;
      }
    }
  }

  /** Takes the last file and the servers that its sources have named last. */
  private synchronized void takePresent() throws IOException {
    ProxySettings settings = lookups.settings();
    if (started && !ending && !settings.equals(present)) {
      follow(settings, new GivenSockets());
    }
  }

  private synchronized void follow(ProxySettings settings, GivenSockets given) throws IOException {
    List<Listener> open = listeners.open(settings.listeners(), given);
    Map<LoopRuntime, LoopRoutes> prepared = new LinkedHashMap<>();
    health.follow(settings.pools());
    try {
      for (LoopRuntime runtime : loops.values()) {
        prepared.put(runtime, onLoop(runtime, () -> runtime.prepare(settings)));
      }
    } catch (RuntimeException e) {
      prepared.forEach((runtime, routes) -> onLoop(runtime, () -> runtime.abandon(routes)));
      listeners.abandon(open);
      health.follow(present.pools());
      throw e;
    }
    listeners.closeOthers(open);
    places.limit(settings.limits().connections());
    prepared.forEach(
        (runtime, routes) -> onLoop(runtime, () -> runtime.follow(settings, open, routes)));
    present = settings;
    listeners.accept(open, settings.listeners());
    started = true;
  }

  /** What is wrong with event loops that do not end a turn; empty when all do. From any thread. */
  public List<String> stuckLoops() {
    return watchdog.problems();
  }

  /** How each source of servers does. */
  public List<SourceStatus> sources() {
    return lookups.status();
  }

  /**
   * Where requests for a pool or a tree of routes go as things are, or all places to which any may
   * go when there is no question; asks a loop, so not to be called on one of them.
   */
  public Outline outline(String target, @Nullable Question question) {
    LoopRuntime first = loops.values().iterator().next();
    return onLoop(first, () -> first.outline(target, question));
  }

  /**
   * Stops accepting, takes leave of the clients, which end what they have begun, and closes when
   * they are gone or the time for that is over; the settings say how long that is.
   */
  public void drain() throws InterruptedException {
    ShutdownSettings shutdown = present.shutdown();
    stopListening();
    for (LoopRuntime runtime : loops.values()) {
      runtime.loop().eventLoop().execute(() -> runtime.drain(shutdown.spreadWithinDrain()));
    }
    long deadline = System.nanoTime() + shutdown.drain().toNanos();
    while (System.nanoTime() - deadline < 0 && clientCount() > 0) {
      TimeUnit.MILLISECONDS.sleep(DRAIN_POLL_MILLIS);
    }
    close();
  }

  private synchronized void stopListening() {
    ending = true;
    listeners.close();
  }

  private int clientCount() {
    return loops.values().stream().mapToInt(runtime -> onLoop(runtime, runtime::clientCount)).sum();
  }

  /** Closes everything at once. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    watchdog.close();
    lookups.close();
    stopListening();
    for (LoopRuntime runtime : loops.values()) {
      runtime.loop().eventLoop().execute(runtime::close);
    }
    group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    if (spool != null) {
      spool.close();
    }
    loops.values().forEach(runtime -> runtime.loop().release());
  }
}
