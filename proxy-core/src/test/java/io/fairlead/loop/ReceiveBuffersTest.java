package io.fairlead.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.NoLeaks;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator.ExtendedHandle;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeaks.class)
class ReceiveBuffersTest {
  private static final int SIZE = ReadSize.VALUES.bytes;
  private static final long MEMORY = 16L * SIZE;

  private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
  private final ReceiveBuffers buffers = new ReceiveBuffers(allocator, MEMORY);
  private final TestLoop loop = new TestLoop();
  private final LineConnection connection = new LineConnection(loop.proxy());
  private final ExtendedHandle handle = handle();

  @SuppressWarnings("deprecation") // as the class under test
  private ExtendedHandle handle() {
    return (ExtendedHandle) buffers.forReadsOf(connection).newHandle();
  }

  @AfterEach
  void everythingIsReleased() {
    buffers.release();
    assertThat(allocator.metric().usedDirectMemory()).isZero();
  }

  @Test
  void readsIntoTheSameBufferAgainAndAgain() {
    for (int i = 0; i < 10; i++) {
      ByteBuf buffer = handle.allocate(allocator);
      assertThat(buffer.writableBytes()).isEqualTo(SIZE);
      buffer.writeZero(SIZE);
      buffer.release();
    }

    assertThat(allocator.metric().usedDirectMemory()).isEqualTo(SIZE);
  }

  @Test
  void neverOverwritesASliceThatIsStillInUse() {
    ByteBuf first = handle.allocate(allocator).writeByte('x');
    ByteBuf slice = first.retainedSlice(0, 1);
    first.release();

    ByteBuf second = handle.allocate(allocator).writeByte('y');

    assertThat(slice.getByte(0)).isEqualTo((byte) 'x');
    second.release();
    slice.release();
  }

  @Test
  void keepsAFewBuffersAndReleasesTheOthers() {
    List<ByteBuf> inUse = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      inUse.add(handle.allocate(allocator));
    }

    buffers.turnEnded();
    assertThat(allocator.metric().usedDirectMemory()).isEqualTo(6L * SIZE);
    inUse.forEach(ByteBuf::release);
    buffers.turnEnded();

    assertThat(allocator.metric().usedDirectMemory()).isEqualTo(4L * SIZE);
  }

  @Test
  void lendsNoMoreThanAPartOfTheMemory() {
    List<ByteBuf> pieces = new ArrayList<>();
    for (int i = 0; i < 4 + 2; i++) {
      assertThat(buffers.mayLend()).isTrue();
      pieces.add(handle.allocate(allocator));
    }
    assertThat(buffers.mayLend()).isTrue();
    pieces.add(handle.allocate(allocator));
    assertThat(buffers.mayLend()).isFalse();

    pieces.remove(0).release();
    buffers.turnEnded();
    assertThat(buffers.mayLend()).as("one of the usual ones came back").isFalse();
    pieces.forEach(ByteBuf::release);
    buffers.turnEnded();
    assertThat(buffers.mayLend()).isTrue();
  }

  /** It would be allocated anew for every read otherwise. */
  @Test
  void keepsOneToReadIntoWhileOthersAreHeld() {
    List<ByteBuf> held = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      held.add(handle.allocate(allocator));
    }
    for (int i = 0; i < 10; i++) {
      handle.allocate(allocator).release();
      buffers.turnEnded();
      assertThat(allocator.metric().usedDirectMemory()).isEqualTo(6L * SIZE);
    }
    held.forEach(ByteBuf::release);
    buffers.turnEnded();
    assertThat(allocator.metric().usedDirectMemory()).isEqualTo(4L * SIZE);
  }

  @Test
  void aSmallPieceKeepsAllOfItsBuffer() {
    List<ByteBuf> pieces = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      ByteBuf buffer = handle.allocate(allocator).writeByte('x');
      pieces.add(buffer.retainedSlice(0, 1));
      buffer.release();
    }
    buffers.turnEnded();

    assertThat(allocator.metric().usedDirectMemory()).isEqualTo(6L * SIZE);
    assertThat(buffers.mayLend()).isTrue();
    pieces.forEach(ByteBuf::release);
  }

  @Test
  void readsOnWhileTheBufferComesBackFullButNotForEver() {
    handle.reset(new EmbeddedChannel().config());
    int reads = 0;
    do {
      handle.attemptedBytesRead(SIZE);
      handle.lastBytesRead(SIZE);
      handle.incMessagesRead(1);
      reads++;
    } while (handle.continueReading());

    assertThat(reads).isEqualTo(4);
  }

  @Test
  void stopsReadingWhenTheSocketIsEmpty() {
    handle.reset(new EmbeddedChannel().config());
    handle.attemptedBytesRead(SIZE);
    handle.lastBytesRead(SIZE - 1);
    handle.incMessagesRead(1);

    assertThat(handle.continueReading()).isFalse();
  }

  @Test
  void stopsReadingWhenTheConnectionWasSuspendedMeanwhile() {
    EmbeddedChannel channel = new EmbeddedChannel();
    handle.reset(channel.config());
    handle.attemptedBytesRead(SIZE);
    handle.lastBytesRead(SIZE);
    handle.incMessagesRead(1);

    channel.config().setAutoRead(false);

    assertThat(handle.continueReading()).isFalse();
  }

  @Test
  void readsAsMuchAsTheConnectionWantsAtTheTime() {
    for (ReadSize size : ReadSize.values()) {
      connection.readSize = size;
      ByteBuf buffer = handle.allocate(allocator);
      assertThat(buffer.writableBytes()).isEqualTo(size.bytes);
      assertThat(handle.guess()).isEqualTo(size.bytes);
      buffer.release();
    }
  }
}
