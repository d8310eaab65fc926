package io.fairlead.route.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundRobinTest {
  private final RoundRobin<String> queue = new RoundRobin<>();

  private void add(int lane, String... elements) {
    for (String element : elements) {
      queue.add(lane, element);
    }
  }

  private List<String> rest() {
    List<String> rest = new ArrayList<>();
    while (!queue.isEmpty()) {
      rest.add(queue.remove());
    }
    return rest;
  }

  @Test
  void oneLaneKeepsItsOrder() {
    add(7, "a", "b", "c");

    assertThat(queue.size()).isEqualTo(3);
    assertThat(rest()).containsExactly("a", "b", "c");
  }

  @Test
  void lanesTakeTurns() {
    add(1, "a1", "a2", "a3", "a4");
    add(-2, "b1", "b2");
    add(3, "c1");

    assertThat(rest()).containsExactly("a1", "b1", "c1", "a2", "b2", "a3", "a4");
  }

  @Test
  void aNewLaneWaitsForOneTurnOfEachOther() {
    add(1, "a1", "a2", "a3");
    add(2, "b1", "b2");
    assertThat(queue.remove()).isEqualTo("a1");
    add(3, "c1");

    assertThat(rest()).containsExactly("b1", "a2", "c1", "b2", "a3");
  }

  @Test
  void theFirstOfEachLaneCanBeRemovedWithoutChangingTurns() {
    add(1, "old", "a1", "a2");
    add(2, "old", "old");
    add(3, "c1", "old");

    assertThat(queue.removeFirst(each -> each.equals("old"))).hasSize(3);
    assertThat(queue.size()).isEqualTo(4);
    assertThat(rest()).containsExactly("a1", "c1", "a2", "old");
  }

  @Test
  void aLaneCanComeBack() {
    add(1, "a1");
    assertThat(rest()).containsExactly("a1");
    add(1, "a2");

    assertThat(rest()).containsExactly("a2");
  }
}
