package io.fairlead.runtime;

import io.fairlead.config.ProxySettings;
import io.fairlead.config.ThreadSettings;
import io.fairlead.loop.ProxyLoop;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ThreadPerTaskExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The event loops of a proxy, and what runs on each of them. */
final class Loops {
  private static final Logger LOG = LoggerFactory.getLogger(Loops.class);
  private static final long LOOK_MILLIS = 100;

  private final int first;
  private final int most;
  private final MultiThreadIoEventLoopGroup group;
  private final List<SingleThreadEventLoop> executors = new ArrayList<>();

  /** Null where the number of loops is fixed; then they take clients in turn. */
  private final @Nullable LeastBusy leastBusy;

  // Buffers are kept by the loops themselves, so that a pooling allocator would only add memory.
  private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);

  private final Map<EventExecutor, LoopRuntime> runtimes = new ConcurrentHashMap<>();

  /** Those that have begun to work, in the order in which they have. */
  private volatile List<LoopRuntime> all = List.of();

  /** Makes what runs on a loop, the one with that number. */
  @FunctionalInterface
  interface Maker {
    LoopRuntime runtime(ProxyLoop loop, int number);
  }

  Loops(ProxySettings settings, Transport transport) {
    ThreadSettings threads = settings.threads();
    first = threads.loops();
    most = threads.isAuto() ? mostOf(settings) : first;
    leastBusy = most > first ? new LeastBusy() : null;
    ThreadFactory factory = new DefaultThreadFactory("fairlead-loop", true);
    LeastBusy choice = leastBusy;
    // A loop that has been given nothing yet has no thread.
    group =
        choice == null
            ? new MultiThreadIoEventLoopGroup(most, factory, transport.handlers())
            : new MultiThreadIoEventLoopGroup(
                most, new ThreadPerTaskExecutor(factory), unused -> choice, transport.handlers());
    group.forEach(executor -> executors.add((SingleThreadEventLoop) executor));
  }

  /** As many as there are processors and there is memory for, if the settings do not say fewer. */
  private static int mostOf(ProxySettings settings) {
    int processors = Runtime.getRuntime().availableProcessors();
    int affordable = Math.min(processors, MemoryBudget.mostLoops(settings));
    return Math.max(1, Math.min(affordable, settings.threads().mostLoops()));
  }

  /** What new clients are given to. */
  EventLoopGroup group() {
    return group;
  }

  /** What accepts them. */
  EventLoopGroup acceptors() {
    return leastBusy == null ? group : executors.get(0);
  }

  /** The event loops that take clients from the start. */
  List<SingleThreadEventLoop> atStart() {
    return executors.subList(0, first);
  }

  /** How many may take clients. */
  int most() {
    return most;
  }

  /** What chooses among those that take clients; null where all do, in turn. */
  @Nullable LeastBusy leastBusy() {
    return leastBusy;
  }

  UnpooledByteBufAllocator allocator() {
    return allocator;
  }

  void start(ProxySettings settings, Maker maker) {
    long memory = MemoryBudget.ofLoop(settings);
    List<ProxyLoop> loops = new ArrayList<>();
    for (SingleThreadEventLoop executor : atStart()) {
      loops.add(loop(executor, settings, memory));
    }
    for (ProxyLoop loop : loops) {
      add(maker.runtime(loop, all.size()));
    }
    if (leastBusy != null) {
      leastBusy.know(atStart(), new double[first], 0);
    }
  }

  private ProxyLoop loop(SingleThreadEventLoop executor, ProxySettings settings, long memory) {
    return new ProxyLoop(executor, allocator, settings.threads().rest(), memory);
  }

  /** Makes what runs on the next loop, which does not work yet. */
  LoopRuntime next(ProxySettings settings, Maker maker) {
    int number = all.size();
    long memory = MemoryBudget.ofLoop(settings, number + 1);
    return maker.runtime(loop(executors.get(number), settings, memory), number);
  }

  /** It works from now on. */
  void add(LoopRuntime runtime) {
    runtimes.put(runtime.loop().eventLoop(), runtime);
    List<LoopRuntime> more = new ArrayList<>(all);
    more.add(runtime);
    all = List.copyOf(more);
  }

  List<LoopRuntime> all() {
    return all;
  }

  LoopRuntime first() {
    return all.get(0);
  }

  /** What runs on the loop of a channel. */
  LoopRuntime of(Channel channel) {
    return of(channel.eventLoop());
  }

  LoopRuntime of(EventExecutor loop) {
    LoopRuntime runtime = runtimes.get(loop);
    if (runtime == null) {
      throw new IllegalStateException("an event loop of another proxy");
    }
    return runtime;
  }

  /** Asks each loop on its own thread, one after the other, and waits for the answers. */
  <T> List<T> askEach(Function<LoopRuntime, T> question) {
    return all().stream().map(runtime -> ask(runtime, question)).toList();
  }

  /** Asks one of them and waits for the answer; not to be called on a loop. */
  <T> T ask(LoopRuntime runtime, Function<LoopRuntime, T> question) {
    return await(runtime, () -> question.apply(runtime));
  }

  /** Runs a task of the cold path on a loop and waits for its end. */
  void run(LoopRuntime runtime, Runnable task) {
    await(runtime, Executors.callable(task));
  }

  private static <T> T await(LoopRuntime runtime, Callable<T> task) {
    SingleThreadEventLoop loop = runtime.loop().eventLoop();
    Future<T> answer = loop.submit(task);
    try {
      // A loop that ends may drop what it was asked last, and whoever asked would wait for ever.
      while (!answer.await(LOOK_MILLIS) && !loop.isShuttingDown()) {
        LOG.debug("waits for an event loop");
      }
      if (!answer.isDone()) {
        throw new IllegalStateException("the event loop has ended");
      }
      return answer.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for an event loop", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  /** Has each loop do something, without waiting for it. */
  void tellEach(Consumer<LoopRuntime> task) {
    all().forEach(runtime -> runtime.loop().eventLoop().execute(() -> task.accept(runtime)));
  }

  /** Ends the threads when they have done what they were told. */
  void shutDown() {
    group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  /** Releases what the loops, which have ended, kept for themselves. */
  void release() {
    all().forEach(runtime -> runtime.loop().release());
  }
}
