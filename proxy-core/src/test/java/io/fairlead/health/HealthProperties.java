package io.fairlead.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.EjectSettings;
import io.fairlead.config.EjectSettings.InPanic;
import io.fairlead.config.EjectSettings.PanicSettings;
import io.fairlead.config.EjectSettings.WhileEjected;
import io.fairlead.health.ServerStatus.State;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;

/** What holds whatever happens to a pool. */
class HealthProperties {
  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final int servers = 1 + random.nextInt(12);
  private final int atMost = 1 + random.nextInt(100);
  private final InPanic inPanic = pick(InPanic.values());
  private final PanicSettings panic =
      random.nextInt(4) == 0 ? PanicSettings.NEVER : new PanicSettings(50, inPanic);
  private final EjectSettings settings =
      EjectSettings.with(WhileEjected.REHASH).atMost(atMost).panic(panic).build();
  private final HealthScene scene = new HealthScene(servers, settings, random::nextDouble);

  @RepeatedTest(50)
  void neverTooManyAreOutAndNoneComesBackUnasked() {
    for (int step = 0; step < 2000; step++) {
      int server = random.nextInt(servers);
      List<State> before = scene.states();
      boolean answeredProbe = step(server);
      List<State> after = scene.states();
      String what = "seed " + seed + " step " + step + " " + before + " -> " + after;

      assertThat(count(after, State.EJECTED) + count(after, State.PROBING))
          .as(what)
          .isLessThanOrEqualTo(Math.max(1, servers * atMost / 100));
      for (int i = 0; i < servers; i++) {
        if (before.get(i).isOut() && !after.get(i).isOut()) {
          assertThat(answeredProbe && i == server).as(what).isTrue();
        }
      }
      assertViews(after, what);
    }
  }

  /** Whether an answered probe was what happened. */
  private boolean step(int server) {
    switch (random.nextInt(8)) {
      case 0, 1, 2 -> scene.fail(server, pick(FailureKind.values()));
      case 3 -> scene.answer(server);
      case 4 -> scene.pass(Duration.ofMillis(random.nextInt(3000)));
      default -> {
        boolean answered = random.nextBoolean();
        if (scene.one().view(server).prober() != null) {
          scene.probe(server, answered, random.nextInt(4) > 0);
          return answered;
        }
      }
    }
    return false;
  }

  private void assertViews(List<State> states, String what) {
    for (int i = 0; i < servers; i++) {
      ServerView view = scene.one().view(i);
      assertThat(view).as(what).isEqualTo(scene.other().view(i));
      State state = states.get(i);
      boolean isPanic = scene.pool().inPanic();
      if (state.isHealthy()) {
        assertThat(view.serves()).as(what).isTrue();
      } else if (isPanic) {
        assertThat(view.serves()).as(what).isEqualTo(inPanic == InPanic.IGNORE_HEALTH);
      } else {
        assertThat(view.serves()).as(what).isEqualTo(state == State.FAILING);
      }
      assertThat(view.inRing()).as(what).isEqualTo(isPanic || !state.isOut());
      if (state.isOut() || !view.serves()) {
        assertThat(view.prober()).as(what).isNotNull();
      } else {
        assertThat(view.prober()).as(what).isNull();
      }
    }
  }

  private <T> T pick(T[] values) {
    return values[random.nextInt(values.length)];
  }

  private static long count(List<State> states, State state) {
    return states.stream().filter(state::equals).count();
  }

  @RepeatedTest(20)
  void howeverBadItWasAllIsForgottenInTime() {
    for (int step = 0; step < 2000; step++) {
      step(random.nextInt(servers));
    }
    for (int round = 0;
        round < 200 && !scene.states().stream().allMatch(State.UP::equals);
        round++) {
      for (int i = 0; i < servers; i++) {
        scene.answer(i);
        if (scene.one().view(i).prober() != null) {
          scene.probe(i, true);
        }
      }
      scene.pass(Duration.ofSeconds(1));
    }
    assertThat(scene.states()).as("seed %d", seed).containsOnly(State.UP);
    scene.pass(Duration.ofMinutes(60));
    scene.kill(0);
    Duration out = Duration.ZERO;
    while (scene.state(0).isOut()) {
      out = out.plus(scene.probe(0, true));
    }
    assertThat(out).as("seed %d", seed).isBetween(Duration.ofSeconds(1), Duration.ofMillis(1101));
  }
}
