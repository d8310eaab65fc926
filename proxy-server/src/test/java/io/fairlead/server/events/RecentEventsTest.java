package io.fairlead.server.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecentEventsTest {
  private final RecentEvents recent = new RecentEvents();

  @Test
  void hasNothingBeforeAnythingHappens() {
    assertThat(recent.latest()).isEmpty();
  }

  @Test
  void forgetsTheOldestWhenThereAreMoreThanItKeeps() {
    addAll(RecentEvents.MOST + 3);

    assertThat(recent.latest())
        .extracting(Event::timeMillis)
        .containsExactlyElementsOf(
            IntStream.range(3, RecentEvents.MOST + 3).mapToObj(i -> (long) i).toList());
  }

  @Test
  void givesTheNewestOfThemAsLongAsThereAreSoMany() {
    addAll(3);

    assertThat(recent.latest(2)).extracting(Event::timeMillis).containsExactly(1L, 2L);
    assertThat(recent.latest(50)).hasSize(3);
  }

  @Test
  void whatWasReadStaysAsItWasWhenMoreHappens() {
    addAll(1);
    List<Event> before = recent.latest();

    addAll(2);

    assertThat(before).hasSize(1);
  }

  @Test
  void threadsLoseNoneOfEachOthersEvents() {
    IntStream.range(0, RecentEvents.MOST).parallel().forEach(this::add);

    assertThat(recent.latest())
        .extracting(Event::timeMillis)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, RecentEvents.MOST).mapToObj(i -> (long) i).toList());
  }

  private void addAll(int count) {
    IntStream.range(0, count).forEach(this::add);
  }

  private void add(int time) {
    recent.add(new Event(time, "info", "something", Map.of()));
  }
}
