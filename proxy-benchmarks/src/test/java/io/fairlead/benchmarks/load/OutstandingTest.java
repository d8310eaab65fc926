package io.fairlead.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OutstandingTest {
  @Test
  void givesRequestsBackInTheirOrderAroundTheRing() {
    Outstanding outstanding = new Outstanding(3);
    for (int i = 0; i < 1000; i++) {
      outstanding.add(i, 2 * i, 3 * i);
      if (i >= 2) {
        assertThat(outstanding.oldestDueNanos()).isEqualTo(i - 2);
        assertThat(outstanding.oldestFirstKey()).isEqualTo(2 * (i - 2));
        assertThat(outstanding.oldestKeys()).isEqualTo(3 * (i - 2));
        outstanding.removeOldest();
      }
    }

    assertThat(outstanding.size()).isEqualTo(2);
  }

  @Test
  void hasRoomForItsCapacity() {
    for (int capacity : new int[] {1, 2, 3, 16, 17, 64}) {
      Outstanding outstanding = new Outstanding(capacity);
      for (int i = 0; i < capacity; i++) {
        assertThat(outstanding.hasRoom()).isTrue();
        outstanding.add(i, 0, 1);
      }
      while (outstanding.hasRoom()) {
        outstanding.add(0, 0, 1);
      }
      assertThat(outstanding.oldestDueNanos()).isZero();
      assertThat(outstanding.size()).isGreaterThanOrEqualTo(capacity);
    }
  }
}
