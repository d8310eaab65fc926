package io.fairlead.runtime;

import io.fairlead.config.ProxySettings;
import io.fairlead.config.SpoolSettings;
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
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A running proxy: its event loops, listeners and connections. */
public final class Proxy implements AutoCloseable {
  private static final long DRAIN_POLL_MILLIS = 20;

  private final MultiThreadIoEventLoopGroup group;
  private final ExecutorService names =
      Executors.newSingleThreadExecutor(new DefaultThreadFactory("fairlead-names", true));
  private final Map<EventExecutor, LoopRuntime> loops = new LinkedHashMap<>();
  private final List<Listener> listeners = new ArrayList<>();
  private final HealthRegistry health = new HealthRegistry();
  private final @Nullable DeleteSpool spool;
  private volatile ProxySettings present;
  private boolean closed;

  private Proxy(
      MultiThreadIoEventLoopGroup group, ProxySettings settings, @Nullable DeleteSpool spool) {
    this.group = group;
    this.present = settings;
    this.spool = spool;
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
    Transport transport = Transport.of(settings.threads().transport());
    Proxy proxy =
        new Proxy(
            new MultiThreadIoEventLoopGroup(
                settings.threads().loops(),
                new DefaultThreadFactory("fairlead-loop", true),
                transport.handlers()),
            settings,
            startSpool(settings));
    try {
      proxy.startLoops(settings, transport, introspections);
      proxy.listen(settings, transport);
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

  private void startLoops(
      ProxySettings settings, Transport transport, @Nullable Introspections introspections) {
    health.follow(settings.pools());
    for (EventExecutor executor : group) {
      SingleThreadEventLoop eventLoop = (SingleThreadEventLoop) executor;
      ByteBufAllocator allocator = allocator();
      ProxyLoop loop =
          new ProxyLoop(
              eventLoop, allocator, settings.threads().rest(), settings.limits().loopBytes());
      loops.put(
          executor,
          new LoopRuntime(
              loop,
              new ChannelConnector(transport, eventLoop, allocator, names),
              health,
              spool == null ? null : spool.forLoop(loops.size(), eventLoop)));
    }
    StatsReply stats = new StatsReply(settings.version(), stats());
    for (LoopRuntime runtime : loops.values()) {
      onLoop(
          runtime,
          () -> {
            runtime.start(
                settings, stats, listener -> introspection(introspections, runtime, listener));
            return true;
          });
    }
  }

  private @Nullable Introspection introspection(
      @Nullable Introspections introspections, LoopRuntime runtime, int listener) {
    boolean isOn = present.listeners().get(listener).hasIntrospection();
    return isOn && introspections != null
        ? introspections.on(new LoopView(this, runtime, listener))
        : null;
  }

  private void listen(ProxySettings settings, Transport transport) throws IOException {
    ClientPlaces places = new ClientPlaces(settings.limits().connections());
    for (int i = 0; i < settings.listeners().size(); i++) {
      listeners.add(
          Listener.open(
              settings.listeners().get(i),
              i,
              transport,
              group,
              allocator(),
              this::runtimeOf,
              places));
    }
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

  /**
   * The addresses that are listened on, in the order of the settings; port 0 has become a real one.
   */
  public List<SocketAddress> addresses() {
    return listeners.stream().map(Listener::address).toList();
  }

  /** What it was started with, or given since. */
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
   * Takes other pools and routes, one event loop after the other. Servers of pools that have not
   * changed keep their connections and counters; all whose name and address stay keep their health;
   * what is in flight is answered by those it was sent to. Not to be called on a loop.
   *
   * @throws IllegalArgumentException when something else changed, which takes a restart; its
   *     message says what, and nothing was taken
   */
  public synchronized void update(ProxySettings settings) {
    Changes.requireOnlyRoutes(present, settings);
    Changes.requireTargets(settings);
    health.follow(settings.pools());
    for (LoopRuntime runtime : loops.values()) {
      onLoop(
          runtime,
          () -> {
            runtime.update(settings);
            return true;
          });
    }
    present = settings;
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
   * Stops accepting, waits until requests in flight are answered or {@code limit} is over, closes.
   */
  public void drain(Duration limit) throws InterruptedException {
    listeners.forEach(Listener::close);
    for (LoopRuntime runtime : loops.values()) {
      runtime.loop().eventLoop().execute(runtime::drain);
    }
    long deadline = System.nanoTime() + limit.toNanos();
    while (System.nanoTime() - deadline < 0 && clientCount() > 0) {
      TimeUnit.MILLISECONDS.sleep(DRAIN_POLL_MILLIS);
    }
    close();
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
    listeners.forEach(Listener::close);
    for (LoopRuntime runtime : loops.values()) {
      runtime.loop().eventLoop().execute(runtime::close);
    }
    group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    if (spool != null) {
      spool.close();
    }
    names.shutdownNow();
    loops.values().forEach(runtime -> runtime.loop().release());
  }
}
