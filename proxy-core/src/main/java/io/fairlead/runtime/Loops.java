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
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The event loops of a proxy, and what runs on each of them. */
final class Loops {
  private static final Logger LOG = LoggerFactory.getLogger(Loops.class);
  private static final long LOOK_MILLIS = 100;

  private final MultiThreadIoEventLoopGroup group;

  // Buffers are kept by the loops themselves, so that a pooling allocator would only add memory.
  private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);

  private final Map<EventExecutor, LoopRuntime> runtimes = new LinkedHashMap<>();

  /** Makes what runs on a loop, the one with that number. */
  @FunctionalInterface
  interface Maker {
    LoopRuntime runtime(ProxyLoop loop, int number);
  }

  Loops(ThreadSettings threads, Transport transport) {
    group =
        new MultiThreadIoEventLoopGroup(
            threads.loops(), new DefaultThreadFactory("fairlead-loop", true), transport.handlers());
  }

  EventLoopGroup group() {
    return group;
  }

  UnpooledByteBufAllocator allocator() {
    return allocator;
  }

  void start(ProxySettings settings, Maker maker) {
    long memory = MemoryBudget.ofLoop(settings);
    List<ProxyLoop> loops = new ArrayList<>();
    for (EventExecutor executor : group) {
      loops.add(
          new ProxyLoop(
              (SingleThreadEventLoop) executor, allocator, settings.threads().rest(), memory));
    }
    for (ProxyLoop loop : loops) {
      runtimes.put(loop.eventLoop(), maker.runtime(loop, runtimes.size()));
    }
  }

  Collection<LoopRuntime> all() {
    return runtimes.values();
  }

  LoopRuntime first() {
    return all().iterator().next();
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
