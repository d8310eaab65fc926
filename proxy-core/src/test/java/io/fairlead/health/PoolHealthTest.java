package io.fairlead.health;

import static io.fairlead.health.ServerStatus.State.EJECTED;
import static io.fairlead.health.ServerStatus.State.FAILING;
import static io.fairlead.health.ServerStatus.State.PROBING;
import static io.fairlead.health.ServerStatus.State.RAMPING;
import static io.fairlead.health.ServerStatus.State.UP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fairlead.config.EjectBuilder;
import io.fairlead.config.EjectSettings;
import io.fairlead.config.EjectSettings.InPanic;
import io.fairlead.config.EjectSettings.PanicSettings;
import io.fairlead.config.EjectSettings.WhileEjected;
import io.fairlead.config.ServerSettings;
import io.fairlead.health.ServerStatus.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PoolHealthTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private static EjectBuilder rehash() {
    return EjectSettings.with(WhileEjected.REHASH);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10})
  void ejectsAtTheLastOfSoManyFailuresInARowOnAllLoopsTogether(int failures) {
    HealthScene scene = new HealthScene(3, rehash().failures(failures).build());
    for (int i = 1; i < failures; i++) {
      if (i % 2 == 0) {
        scene.fail(1);
      } else {
        scene.failOnOther(1, FailureKind.INVALID_REPLY);
      }
      assertThat(scene.state(1)).isEqualTo(UP);
    }

    scene.fail(1, FailureKind.CONNECT_FAILED);

    assertThat(scene.state(1)).isEqualTo(EJECTED);
    assertThat(scene.server(1).report().reason()).isEqualTo(FailureKind.CONNECT_FAILED);
    for (HealthScene.Loop loop : List.of(scene.one(), scene.other())) {
      assertThat(loop.view(1).serves()).isFalse();
      assertThat(loop.view(1).inRing()).isFalse();
      assertThat(loop.view(0).serves()).isTrue();
    }
    assertThat(scene.one().view(1).prober()).isEqualTo(scene.one().seen(1));
  }

  @ParameterizedTest
  @EnumSource(FailureKind.class)
  void countsEachKindOfFailure(FailureKind kind) {
    HealthScene scene = new HealthScene(1, rehash().failures(1).build());

    scene.fail(0, kind);

    assertThat(scene.server(0).report().failures()).isEqualTo(Map.of(kind, 1L));
    assertThat(scene.server(0).report().ejections()).isEqualTo(Map.of(kind, 1L));
  }

  @Test
  void anAnswerForgetsEarlierFailures() {
    HealthScene scene = new HealthScene(1, rehash().failures(2).build());
    for (int i = 0; i < 10; i++) {
      scene.fail(0);
      scene.answer(0);
    }
    assertThat(scene.state(0)).isEqualTo(UP);
    assertThat(scene.server(0).report().failuresInARow()).isZero();
  }

  /** Whether it has caused the panic, or comes to fail in it. */
  @Test
  void whoeverFailsInPanicIsProbedAfterPauses() {
    HealthScene scene =
        new HealthScene(3, rehash().atMost(34).panic(new PanicSettings(51, InPanic.ERROR)).build());
    scene.kill(0);
    scene.kill(1);
    assertThat(scene.pool().inPanic()).isTrue();

    scene.kill(2);

    assertThat(scene.server(2).nanosToProbe()).isPositive();
    for (int server = 1; server <= 2; server++) {
      assertThat(scene.state(server)).isEqualTo(FAILING);
      for (int i = 0; i < 5; i++) {
        scene.probe(server, false);
        assertThat(scene.server(server).nanosToProbe()).as("server %d", server).isPositive();
      }
    }
  }

  @Test
  void timeOutsAtTheSameTimeOnSeveralLoopsAreOneFailure() {
    HealthScene scene = new HealthScene(1, rehash().build());
    for (int i = 0; i < 2; i++) {
      scene.fail(0, FailureKind.TIMEOUT);
      scene.failOnOther(0, FailureKind.TIMEOUT);
      scene.pass(Duration.ofMillis(5));
      scene.failOnOther(0, FailureKind.TIMEOUT);
      scene.pass(HealthScene.TIMEOUT);
    }
    assertThat(scene.server(0).report().failuresInARow()).isEqualTo(2);
    scene.fail(0, FailureKind.TIMEOUT);
    assertThat(scene.state(0)).isEqualTo(EJECTED);
  }

  @ParameterizedTest
  @CsvSource({
    "CONNECT_FAILED, EJECTED",
    "CONNECT_TIMED_OUT, EJECTED",
    "UNKNOWN_HOST, EJECTED",
    "TLS_FAILED, EJECTED",
    "LOST, UP",
    "TIMEOUT, UP",
    "INVALID_REPLY, UP"
  })
  void oneFailureToConnectMayBeEnough(FailureKind kind, ServerStatus.State state) {
    HealthScene scene = new HealthScene(1, rehash().connectFailures(1).build());
    scene.fail(0, kind);
    assertThat(scene.state(0)).isEqualTo(state);
  }

  @Test
  void nothingIsEjectedWhenThatIsOff() {
    HealthScene scene = new HealthScene(2, EjectSettings.OFF);
    for (int i = 0; i < 100; i++) {
      scene.fail(0);
      scene.fail(1);
    }
    assertThat(scene.states()).containsOnly(UP);
    assertThat(scene.server(0).report().failuresInARow()).isEqualTo(100);
  }

  @Test
  void probesComeLessAndLessOftenUntilTheLongestPause() {
    HealthScene scene = new HealthScene(3, rehash().build());
    scene.kill(0);
    List<Long> pauses = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      pauses.add(scene.probe(0, false).toMillis());
    }
    assertThat(pauses)
        .containsExactly(
            250L, 375L, 562L, 843L, 1265L, 1898L, 2847L, 4271L, 6407L, 9610L, 10000L, 10000L);
    assertThat(scene.server(0).report().probes()).isEqualTo(12);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.25, 0.5, 0.999})
  void pausesBetweenProbesDifferByAQuarter(double random) {
    HealthScene scene = new HealthScene(3, rehash().build(), () -> random);
    scene.kill(0);
    long first = scene.probe(0, false).toNanos();
    assertThat(first / 1e6).isCloseTo(250 * (0.75 + random / 2), within(0.01));
  }

  @Test
  void comesBackWhenAProbeIsAnsweredAndItsTimeIsOver() {
    HealthScene scene = new HealthScene(3, rehash().build());
    scene.kill(0);

    assertThat(scene.probe(0, true)).isEqualTo(Duration.ofMillis(250));
    assertThat(scene.state(0)).isEqualTo(PROBING);
    assertThat(scene.one().view(0).serves()).isFalse();
    assertThat(scene.probe(0, true)).isEqualTo(Duration.ofMillis(750));

    assertThat(scene.state(0)).isEqualTo(RAMPING);
    assertThat(scene.other().view(0).serves()).isTrue();
    assertThat(scene.other().view(0).inRing()).isTrue();
    assertThat(scene.server(0).report().reason()).isNull();
  }

  @Test
  void isEjectedAsBeforeWhenASecondProbeFails() {
    HealthScene scene = new HealthScene(3, rehash().build());
    scene.kill(0);
    scene.probe(0, true);
    scene.probe(0, false);
    assertThat(scene.state(0)).isEqualTo(EJECTED);
  }

  @Test
  void staysOutUntilItHasBeenToldOfDeletes() {
    HealthScene scene = new HealthScene(3, rehash().build());
    scene.kill(0);
    scene.pass(SECOND);
    scene.probe(0, true, false);
    assertThat(scene.state(0)).isEqualTo(PROBING);
    assertThat(scene.probe(0, true, false)).isEqualTo(Duration.ofMillis(20));
    scene.probe(0, true, true);
    assertThat(scene.state(0)).isEqualTo(RAMPING);
  }

  @Test
  void isOutForLongerEachTimeAndForLessAfterATimeOfHealth() {
    HealthScene scene = new HealthScene(3, rehash().build());
    List<Long> seconds = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      seconds.add(secondsOut(scene));
    }
    scene.pass(Duration.ofSeconds(20)); // two are forgotten
    seconds.add(secondsOut(scene));
    scene.pass(Duration.ofMinutes(10));
    seconds.add(secondsOut(scene));
    for (int i = 0; i < 80; i++) {
      secondsOut(scene);
    }
    seconds.add(secondsOut(scene));
    assertThat(seconds).containsExactly(1L, 2L, 3L, 4L, 3L, 1L, 60L);
  }

  private static long secondsOut(HealthScene scene) {
    scene.kill(0);
    assertThat(scene.state(0)).isEqualTo(EJECTED);
    Duration out = Duration.ZERO;
    while (scene.state(0) != RAMPING) {
      out = out.plus(scene.probe(0, true));
    }
    return out.toSeconds();
  }

  @Test
  void mayHaveMoreAndMoreRequestsInFlightAfterItsReturn() {
    HealthScene scene = new HealthScene(3, rehash().build());
    assertThat(scene.server(0).rampShare()).isEqualTo(1);
    scene.kill(0);
    scene.pass(SECOND);
    scene.probe(0, true);

    assertThat(scene.server(0).rampShare()).isCloseTo(0.1, within(0.001));
    scene.pass(Duration.ofSeconds(5));
    assertThat(scene.server(0).rampShare()).isCloseTo(0.55, within(0.001));
    scene.pass(Duration.ofSeconds(5));
    assertThat(scene.server(0).rampShare()).isEqualTo(1);
    assertThat(scene.state(0)).isEqualTo(UP);
  }

  @Test
  void isUpAtOnceWithoutARamp() {
    HealthScene scene = new HealthScene(3, rehash().ramp(Duration.ZERO).build());
    scene.kill(0);
    scene.pass(SECOND);
    scene.probe(0, true);
    assertThat(scene.state(0)).isEqualTo(UP);
    assertThat(scene.server(0).rampShare()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 34, 1",
    "2, 34, 1",
    "3, 34, 1",
    "5, 34, 1",
    "6, 34, 2",
    "10, 34, 3",
    "50, 34, 17",
    "10, 1, 1",
    "3, 100, 3",
    "10, 100, 10"
  })
  void soManyServersAreOutAtMost(int servers, int percent, int out) {
    HealthScene scene =
        new HealthScene(servers, rehash().atMost(percent).panic(PanicSettings.NEVER).build());
    for (int i = 0; i < servers; i++) {
      scene.kill(i);
    }
    assertThat(scene.states().stream().filter(EJECTED::equals)).hasSize(out);
    assertThat(scene.states().stream().filter(FAILING::equals)).hasSize(servers - out);
    assertThat(scene.one().view(servers - 1).serves()).isEqualTo(servers != out);
  }

  @Test
  void aFailingServerIsEjectedWhenItFailsAndThereIsRoom() {
    HealthScene scene = new HealthScene(4, rehash().build());
    scene.kill(0);
    scene.kill(1);
    assertThat(scene.states()).containsExactly(EJECTED, FAILING, UP, UP);
    assertThat(scene.one().view(1).serves()).isTrue();
    scene.pass(SECOND);

    scene.fail(1);
    assertThat(scene.state(1)).isEqualTo(FAILING);
    scene.probe(0, true);
    assertThat(scene.state(1)).isEqualTo(FAILING);

    scene.fail(1);

    assertThat(scene.states()).containsExactly(RAMPING, EJECTED, UP, UP);
    assertThat(scene.one().view(1).prober()).isEqualTo(scene.one().seen(1));
  }

  @Test
  void aFailingServerIsWellWhenItAnswersButNotTooOften() {
    HealthScene scene = new HealthScene(4, rehash().build());
    scene.kill(0);
    scene.kill(1);
    scene.answer(1);
    assertThat(scene.state(1)).isEqualTo(FAILING);
    scene.pass(SECOND);

    scene.answer(1);

    assertThat(scene.state(1)).isEqualTo(UP);
    assertThat(scene.server(1).report().failuresInARow()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, true",
    "2, 1, false",
    "2, 2, true",
    "3, 1, false",
    "3, 2, true",
    "4, 2, false",
    "4, 3, true",
    "10, 5, false",
    "10, 6, true"
  })
  void panicsWhenLessThanHalfOfTheServersAreHealthy(int servers, int dead, boolean panics) {
    HealthScene scene = new HealthScene(servers, rehash().build());
    for (int i = 0; i < dead; i++) {
      scene.kill(i);
    }
    assertThat(scene.pool().inPanic()).isEqualTo(panics);
  }

  @ParameterizedTest
  @CsvSource({"ERROR, false, false", "MISS, false, true", "IGNORE_HEALTH, true, false"})
  void whatIsDoneInPanic(InPanic then, boolean serves, boolean misses) {
    HealthScene scene = new HealthScene(3, rehash().panic(new PanicSettings(50, then)).build());
    scene.kill(0);
    assertThat(scene.one().view(0).inRing()).isFalse();
    scene.kill(1);

    assertThat(scene.states()).containsExactly(EJECTED, FAILING, UP);
    for (int server = 0; server < 3; server++) {
      assertThat(scene.one().view(server).inRing()).isTrue();
      assertThat(scene.one().view(server).serves()).isEqualTo(serves || server == 2);
      assertThat(scene.one().view(server).misses()).isEqualTo(misses);
    }
  }

  @Test
  void panicIsOverWhenEnoughServersAreBack() {
    HealthScene scene = new HealthScene(3, rehash().build());
    scene.kill(0);
    scene.kill(1);
    scene.pass(SECOND);

    scene.probe(1, true);

    assertThat(scene.states()).containsExactly(EJECTED, RAMPING, UP);
    assertThat(scene.pool().inPanic()).isFalse();
    assertThat(scene.one().view(0).inRing()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10})
  void whenAllAreDeadAProbeComesWithinASecondHoweverLong(int servers) {
    HealthScene scene = new HealthScene(servers, rehash().build(), () -> 0.999);
    for (int i = 0; i < servers; i++) {
      scene.kill(i);
    }
    for (int i = 0; i < 20; i++) {
      for (int server = 0; server < servers; server++) {
        assertThat(scene.probe(server, false)).isLessThanOrEqualTo(SECOND);
      }
    }
    Duration back = Duration.ZERO;
    for (int server = 0; server < servers; server++) {
      while (scene.one().view(server).prober() != null) {
        back = back.plus(scene.probe(server, true));
      }
      scene.answer(server);
    }
    assertThat(scene.states()).allMatch(State::isHealthy);
    assertThat(back).isLessThanOrEqualTo(SECOND);
  }

  @Test
  void probesThatAreDueLateComeSoonerWhenPanicBegins() {
    HealthScene scene = new HealthScene(3, rehash().build());
    scene.kill(0);
    for (int i = 0; i < 12; i++) {
      scene.probe(0, false);
    }
    scene.kill(1);
    assertThat(scene.server(0).nanosToProbe()).isEqualTo(SECOND.toNanos());
  }

  @Test
  void anotherLoopProbesWhenTheOneThatDidIsGone() {
    HealthScene scene = new HealthScene(3, rehash().build());
    scene.kill(0);
    assertThat(scene.other().view(0).prober()).isEqualTo(scene.one().seen(0));

    scene.one().leave();
    scene.run();

    assertThat(scene.other().view(0).prober()).isEqualTo(scene.other().seen(0));
    scene.other().leave();
    scene.run();
    assertThat(scene.state(0)).isEqualTo(EJECTED);
  }

  @Test
  void aLoopHearsOfNothingUntilItHasTime() {
    HealthScene scene = new HealthScene(3, rehash().failures(1).build());
    scene.server(0).failed(FailureKind.LOST, scene.one().seen(0));
    assertThat(scene.other().view(0).serves()).isTrue();
    int acts = scene.other().seen(0).acts;

    scene.other().run();

    assertThat(scene.other().view(0).serves()).isFalse();
    assertThat(scene.other().seen(0).acts).isEqualTo(acts + 1);
  }

  @Test
  void healthOutlivesAChangedPoolForServersThatStay() {
    HealthScene scene = new HealthScene(3, rehash().build());
    scene.kill(0);
    List<ServerSettings> next = new ArrayList<>(HealthScene.servers(4));
    ServerSettings moved = HealthScene.servers(9).get(8);
    next.set(1, new ServerSettings("s1", moved.address(), 1));
    next.remove(2);

    scene.pool().follow(HealthScene.settings(next, rehash().failures(7).build()));

    assertThat(scene.pool().of(next.get(0))).isSameAs(scene.server(0));
    assertThat(scene.pool().of(next.get(0)).report().state()).isEqualTo(EJECTED);
    assertThat(scene.pool().of(next.get(1))).isNotSameAs(scene.server(1));
    scene.kill(2); // which the pool has no more
    assertThat(scene.state(2)).isEqualTo(UP);
  }

  @Test
  void switchingEjectionOffBringsAllServersBack() {
    HealthScene scene = new HealthScene(3, rehash().build());
    scene.kill(0);
    scene.kill(1);
    scene.pool().follow(HealthScene.settings(HealthScene.servers(3), EjectSettings.OFF));
    scene.run();
    assertThat(scene.states()).containsOnly(UP);
    assertThat(scene.other().view(0).serves()).isTrue();
  }

  @Test
  void aSmallerPoolHasNoMoreServersOutThanItMay() {
    HealthScene scene = new HealthScene(9, rehash().build());
    scene.kill(0);
    scene.kill(1);
    scene.kill(2);
    assertThat(scene.states().subList(0, 3)).containsExactly(EJECTED, EJECTED, EJECTED);

    scene.pool().follow(HealthScene.settings(HealthScene.servers(7), rehash().build()));

    assertThat(scene.states().subList(0, 3)).containsExactly(EJECTED, EJECTED, FAILING);
  }
}
