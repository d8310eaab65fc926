package io.fairlead.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.NoLeaks;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeaks.class)
class OutputBuffersTest {
  private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
  private final OutputBuffers buffers = new OutputBuffers(allocator);

  @AfterEach
  void everythingIsReleased() {
    buffers.release();
    assertThat(allocator.metric().usedDirectMemory()).isZero();
  }

  @Test
  void givesTheSameBufferAgainEmpty() {
    ByteBuf first = buffers.take();
    first.writeLong(1).readInt();
    buffers.giveBack(first);

    ByteBuf second = buffers.take();

    assertThat(second).isSameAs(first);
    assertThat(second.readerIndex()).isZero();
    assertThat(second.writerIndex()).isZero();
    buffers.giveBack(second);
  }

  @Test
  void givesTwoTakersTwoBuffers() {
    ByteBuf one = buffers.take();
    ByteBuf other = buffers.take();

    assertThat(one).isNotSameAs(other);
    buffers.giveBack(one);
    buffers.giveBack(other);
  }

  @Test
  void keepsNoBufferThatGrewLarge() {
    ByteBuf kept = buffers.take();
    kept.writeZero(64 << 10);
    buffers.giveBack(kept);
    assertThat(kept.refCnt()).isEqualTo(1);
    ByteBuf large = buffers.take();
    large.writeZero((64 << 10) + 1);

    buffers.giveBack(large);

    assertThat(large.refCnt()).isZero();
  }

  @Test
  void keepsNoBufferThatOthersStillHold() {
    ByteBuf shared = buffers.take();
    ByteBuf slice = shared.writeLong(1).retainedSlice();

    buffers.giveBack(shared);

    ByteBuf next = buffers.take();
    assertThat(next).isNotSameAs(shared);
    buffers.giveBack(next);
    assertThat(slice.release()).isTrue();
  }

  @Test
  void keepsABoundedNumber() {
    List<ByteBuf> taken = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      taken.add(buffers.take());
    }

    taken.forEach(buffers::giveBack);

    assertThat(taken.stream().filter(buffer -> buffer.refCnt() > 0)).hasSize(256);
  }

  @Test
  void keepsABoundedNumberOfBytes() {
    List<ByteBuf> taken = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      taken.add(buffers.take().writeZero(64 << 10));
    }

    taken.forEach(buffers::giveBack);

    assertThat(allocator.metric().usedDirectMemory()).isEqualTo(2 << 20);
    taken.clear();
    for (int i = 0; i < 100; i++) {
      taken.add(buffers.take());
    }
    assertThat(taken.stream().filter(buffer -> buffer.capacity() == 64 << 10)).hasSize(32);
    taken.forEach(buffers::giveBack);
  }

  @Test
  void allocatesAtLeastWhatIsAskedFor() {
    ByteBuf small = buffers.allocate(1);
    ByteBuf large = buffers.allocate(100_000);

    assertThat(small.capacity()).isEqualTo(2048);
    assertThat(large.capacity()).isEqualTo(100_000);
    small.release();
    large.release();
  }
}
