package io.fairlead.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.Seeded;
import java.util.ArrayDeque;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FifoTest {
  @RegisterExtension final Seeded seeded = new Seeded();

  private final Fifo<Integer> fifo = new Fifo<>();

  @RepeatedTest(20)
  void behavesLikeAQueueOfTheJdk() {
    Random random = seeded.random();
    ArrayDeque<Integer> model = new ArrayDeque<>();
    int mostlyAdds = 1 + random.nextInt(9);
    for (int step = 0; step < 2_000; step++) {
      if (model.isEmpty() || random.nextInt(10) < mostlyAdds) {
        fifo.add(step);
        model.add(step);
      } else {
        assertThat(fifo.remove()).isEqualTo(model.remove());
      }
      assertThat(fifo.size()).isEqualTo(model.size());
      assertThat(fifo.isEmpty()).isEqualTo(model.isEmpty());
      assertThat(fifo.peek()).isEqualTo(model.peek());
    }
    long at = fifo.head();
    for (Integer element : model) {
      assertThat(fifo.get(at++)).isEqualTo(element);
    }
    assertThat(at).isEqualTo(fifo.tail());
  }

  @Test
  void sequenceNumbersStayWithTheirElements() {
    for (int i = 0; i < 100; i++) {
      fifo.add(i);
      if (i % 3 == 0) {
        fifo.remove();
      }
    }

    for (long at = fifo.head(); at < fifo.tail(); at++) {
      assertThat(fifo.get(at)).isEqualTo((int) at);
    }
    assertThat(fifo.tail()).isEqualTo(100);
    assertThat(fifo.head()).isEqualTo(34);
  }

  @Test
  void goesOnAsBeforeAfterACrowd() {
    goesOnAfterACrowd(fifo);
    goesOnAfterACrowd(new Fifo<>(8));
    goesOnAfterACrowd(new Fifo<>(1 << 13));
  }

  private static void goesOnAfterACrowd(Fifo<Integer> queue) {
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 5_000; i++) {
        queue.add(i);
      }
      for (int i = 0; i < 5_000; i++) {
        assertThat(queue.head()).isEqualTo(round * 5_000L + i);
        assertThat(queue.remove()).isEqualTo(i);
      }
      assertThat(queue.isEmpty()).isTrue();
      assertThat(queue.peek()).isNull();
    }
  }

  @Test
  void isEmptyAtFirst() {
    assertThat(fifo.isEmpty()).isTrue();
    assertThat(fifo.size()).isZero();
    assertThat(fifo.peek()).isNull();
    assertThat(fifo.head()).isZero();
    assertThat(fifo.tail()).isZero();
  }
}
