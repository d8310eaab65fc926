package io.fairlead;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeaks.class)
class NoLeaksTest {
  @Test
  void findsABufferThatWasForgotten() throws InterruptedException {
    forget();

    assertThat(NoLeaks.found()).contains("ByteBuf");
  }

  @Test
  void findsNothingWhenEveryBufferWasReleased() throws InterruptedException {
    UnpooledByteBufAllocator.DEFAULT.directBuffer(100).release();

    assertThat(NoLeaks.found()).isEmpty();
  }

  private static void forget() {
    ByteBuf forgotten = UnpooledByteBufAllocator.DEFAULT.directBuffer(100);
    assertThat(forgotten.refCnt()).isEqualTo(1);
  }
}
