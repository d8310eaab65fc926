package io.fairlead.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.NoLeaks;
import io.fairlead.Wire;
import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

@ExtendWith(NoLeaks.class)
class TailTest {
  @RegisterExtension final TestLoop loop = new TestLoop();

  private final Tail tail = new Tail(loop.proxy().outputs());

  @Test
  void asksForWhatIsMissingAndNoMore() {
    append("begin", 0);

    assertThat(tail.missing(100)).isEqualTo(95);
    tail.clear();
  }

  @Test
  void asksForTwiceAsMuchEachTimeWhenTheLengthIsNotKnown() {
    append("x".repeat(10), 0);
    assertThat(tail.missing(0)).isEqualTo(2048);

    append("x".repeat(5000), 0);
    assertThat(tail.missing(0)).isEqualTo(5010);
    tail.clear();
  }

  @Test
  void growsToWhatIsWantedAndNotToTheNextPowerOfTwo() {
    append("begin", 0);
    append("more", 70_000);

    assertThat(tail.capacity()).isEqualTo(70_000);
    assertThat(tail.readableBytes()).isEqualTo(9);
    tail.clear();
    assertThat(tail.capacity()).isZero();
  }

  private void append(String text, int wanted) {
    ByteBuf in = Wire.buffer(text);
    tail.append(in, 0, text.length(), wanted);
    in.release();
  }
}
