package io.fairlead.health;

import static io.fairlead.health.ServerStatus.State.EJECTED;
import static io.fairlead.health.ServerStatus.State.RAMPING;
import static io.fairlead.health.ServerStatus.State.UP;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.EjectBuilder;
import io.fairlead.config.EjectSettings;
import io.fairlead.config.EjectSettings.InPanic;
import io.fairlead.config.EjectSettings.PanicSettings;
import io.fairlead.config.EjectSettings.WhileEjected;
import io.fairlead.health.ServerStatus.State;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What operators do to the servers of a pool. */
class PoolHoldTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private static EjectBuilder rehash() {
    return EjectSettings.with(WhileEjected.REHASH);
  }

  @Test
  void aDrainedServerGetsNothingAndItsKeysGoWhereThoseOfAnEjectedOneDo() {
    HealthScene scene = new HealthScene(3, rehash().build());

    scene.hold(1, Hold.DRAINED);

    assertThat(scene.state(1)).isEqualTo(State.DRAINED);
    for (HealthScene.Loop loop : List.of(scene.one(), scene.other())) {
      assertThat(loop.view(1).hold()).isEqualTo(Hold.DRAINED);
      assertThat(loop.view(1).serves()).isFalse();
      assertThat(loop.view(1).inRing()).isFalse();
      assertThat(loop.view(1).prober()).isNull();
      assertThat(loop.view(0).serves()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({"REHASH, false, false", "ERROR, true, false", "MISS, true, true"})
  void keysOfADrainedServerFollowThePolicyOfThePool(
      WhileEjected then, boolean inRing, boolean misses) {
    HealthScene scene = new HealthScene(3, EjectSettings.with(then).build());

    scene.hold(1, Hold.DRAINED);

    assertThat(scene.one().view(1).inRing()).isEqualTo(inRing);
    assertThat(scene.one().view(1).misses()).isEqualTo(misses);
  }

  @Test
  void aDrainedServerTakesNoPlaceOfThoseThatMayBeOutAndCausesNoPanic() {
    HealthScene scene =
        new HealthScene(4, rehash().panic(new PanicSettings(51, InPanic.ERROR)).build());
    scene.hold(0, Hold.DRAINED);
    scene.hold(1, Hold.DRAINED);
    assertThat(scene.pool().inPanic()).isFalse();

    scene.kill(2); // one of two that are left

    assertThat(scene.state(2)).isEqualTo(EJECTED);
    assertThat(scene.pool().inPanic()).isTrue();
  }

  @Test
  void failuresOfAServerThatIsHeldAreNone() {
    for (Hold hold : List.of(Hold.DRAINED, Hold.PAUSED)) {
      HealthScene scene = new HealthScene(3, rehash().build());
      scene.hold(1, hold);

      scene.kill(1);
      scene.hold(1, Hold.NONE);
      scene.probe(1, true);

      assertThat(scene.server(1).report().failures()).isEmpty();
      assertThat(scene.server(1).report().ejections()).isEmpty();
      assertThat(scene.state(1)).isIn(UP, RAMPING);
    }
  }

  @Test
  void aDrainedServerComesBackWhenItAnswersAProbeWhichIsAtOnce() {
    HealthScene scene = new HealthScene(3, rehash().ramp(Duration.ZERO).build());
    scene.hold(1, Hold.DRAINED);

    scene.hold(1, Hold.NONE);

    assertThat(scene.one().view(1).serves()).isFalse();
    assertThat(scene.server(1).nanosToProbe()).isZero();
    scene.probe(1, true);
    assertThat(scene.state(1)).isEqualTo(UP);
    assertThat(scene.one().view(1).serves()).isTrue();
    assertThat(scene.one().view(1).inRing()).isTrue();
  }

  @Test
  void aDrainedServerThatDoesNotAnswerIsAskedAgainAfterPauses() {
    HealthScene scene = new HealthScene(3, rehash().build());
    scene.hold(1, Hold.DRAINED);
    scene.hold(1, Hold.NONE);

    for (int i = 0; i < 5; i++) {
      scene.probe(1, false);

      assertThat(scene.server(1).nanosToProbe()).isPositive();
    }
  }

  @Test
  void aDrainedServerThatDoesNotAnswerIsOut() {
    HealthScene scene = new HealthScene(1, rehash().build());
    scene.hold(0, Hold.DRAINED);

    scene.hold(0, Hold.NONE);
    assertThat(scene.pool().inPanic()).isFalse();
    scene.probe(0, false);

    assertThat(scene.state(0)).isEqualTo(EJECTED);
    assertThat(scene.pool().inPanic()).isTrue();
    scene.pass(SECOND);
    scene.probe(0, true);
    assertThat(scene.state(0)).isIn(UP, RAMPING);
  }

  @Test
  void aDrainedServerComesBackAtOnceWhereNothingIsEjected() {
    HealthScene scene = new HealthScene(2, EjectSettings.OFF);
    scene.hold(1, Hold.DRAINED);
    assertThat(scene.one().view(1).serves()).isFalse();

    scene.hold(1, Hold.NONE);

    assertThat(scene.state(1)).isEqualTo(UP);
    assertThat(scene.one().view(1).serves()).isTrue();
  }

  @Test
  void aPausedServerKeepsItsKeys() {
    HealthScene scene = new HealthScene(2, rehash().build());

    scene.hold(1, Hold.PAUSED);

    assertThat(scene.state(1)).isEqualTo(State.PAUSED);
    assertThat(scene.one().view(1).serves()).isTrue();
    assertThat(scene.one().view(1).inRing()).isTrue();
    scene.hold(1, Hold.NONE);
    assertThat(scene.state(1)).isEqualTo(UP);
  }

  @Test
  void anEjectedServerIsNotProbedWhileItIsHeldAndThenAgain() {
    HealthScene scene = new HealthScene(3, rehash().build());
    scene.kill(1);
    assertThat(scene.one().view(1).prober()).isNotNull();

    scene.hold(1, Hold.DRAINED);
    assertThat(scene.one().view(1).prober()).isNull();
    scene.hold(1, Hold.NONE);

    assertThat(scene.state(1)).isEqualTo(EJECTED);
    assertThat(scene.one().view(1).prober()).isNotNull();
  }

  @Test
  void whatAnOperatorWantsOutlivesAChangeOfSettingsThatKeepsTheServer() {
    HealthScene scene = new HealthScene(2, rehash().build());
    scene.hold(1, Hold.DRAINED);

    scene.pool().follow(HealthScene.settings(HealthScene.servers(3), rehash().failures(9).build()));
    scene.run();

    assertThat(scene.one().view(1).serves()).isFalse();
    assertThat(scene.pool().hold("nobody", Hold.DRAINED)).isFalse();
  }
}
