package io.fairlead.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A proxy loop whose turns the test runs. After the test every connection is closed, and no buffer
 * may be left.
 */
public final class TestLoop implements AfterEachCallback {
  private static final long MEMORY_LIMIT = 1 << 20;

  private final ScarceAllocator allocator = new ScarceAllocator();

  /** Received bytes are parsed one by one, which is very slow where each access is recorded. */
  private final UnpooledByteBufAllocator received = new UnpooledByteBufAllocator(true, true);

  private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final ManualLoop eventLoop = new ManualLoop();
  private final ProxyLoop proxy = new ProxyLoop(eventLoop, allocator, false, MEMORY_LIMIT);
  private final List<FakeSocket> sockets = new ArrayList<>();
  private final List<Runnable> closers = new ArrayList<>();

  public ProxyLoop proxy() {
    return proxy;
  }

  /** From now on no buffer grows beyond the size that it begins with. */
  public void letNoBufferGrow() {
    allocator.isScarce = true;
  }

  /** Gives buffers that may be bounded, and knows what is left of them. */
  private static final class ScarceAllocator extends AbstractByteBufAllocator {
    private final UnpooledByteBufAllocator plenty = new UnpooledByteBufAllocator(true);
    private boolean isScarce;

    @Override
    protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
      return plenty.directBuffer(initialCapacity, isScarce ? initialCapacity : maxCapacity);
    }

    @Override
    protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
      return plenty.heapBuffer(initialCapacity, maxCapacity);
    }

    @Override
    public boolean isDirectBufferPooled() {
      return false;
    }

    long usedBytes() {
      return plenty.metric().usedDirectMemory();
    }
  }

  /** What a socket receives into. */
  ByteBufAllocator received() {
    return received;
  }

  /** Opens a connection. */
  public FakeSocket open(Connection connection) {
    FakeSocket socket = new FakeSocket(this, connection);
    sockets.add(socket);
    turn();
    return socket;
  }

  /** Closes something before the connections are closed. */
  public void closeAtEnd(Runnable closer) {
    closers.add(closer);
  }

  /** Ends the turn: what is to be sent is sent. */
  public void turn() {
    eventLoop.turn();
  }

  /** Moves the clock that delayed tasks wait for, in steps as of a loop that never stands still. */
  public void advance(Duration duration) {
    long left = duration.toNanos();
    while (left > STEP_NANOS) {
      eventLoop.advance(Duration.ofNanos(STEP_NANOS));
      left -= STEP_NANOS;
    }
    eventLoop.advance(Duration.ofNanos(left));
  }

  /** Moves it at once, as if the process had not run meanwhile. */
  public void standStill(Duration duration) {
    eventLoop.advance(duration);
  }

  /** Bytes of all buffers that are not released. */
  public long usedBytes() {
    return allocator.usedBytes() + received.metric().usedDirectMemory();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    end();
    if (context.getExecutionException().isEmpty()) {
      assertNothingLeft();
    }
  }

  private void end() {
    closers.forEach(Runnable::run);
    sockets.forEach(FakeSocket::close);
    turn();
    proxy.release();
  }

  private void assertNothingLeft() {
    assertThat(usedBytes()).as("bytes of buffers that nobody released").isZero();
  }

  /** Ends a loop that is no extension of its test. */
  public void close() {
    end();
    assertNothingLeft();
  }
}
