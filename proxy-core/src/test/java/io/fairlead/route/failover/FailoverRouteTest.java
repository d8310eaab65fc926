package io.fairlead.route.failover;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.route.FailoverErrors;
import io.fairlead.config.route.FailoverOrder;
import io.fairlead.config.route.FailoverSettings;
import io.fairlead.config.route.FailoverSettings.Limit;
import io.fairlead.config.route.RouteSettings;
import io.fairlead.config.route.ServerRouteSettings;
import io.fairlead.loop.TestLoop;
import io.fairlead.metrics.Counter;
import io.fairlead.metrics.PoolEvent;
import io.fairlead.protocol.Operation;
import io.fairlead.protocol.Result;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailoverRouteTest {
  @RegisterExtension final TestLoop loop = new TestLoop();

  @Test
  void thousandsOfServersMayBeEjectedAtOnce() {
    Setting setting = failover(100_000, FailoverOrder.IN_ORDER, null);
    setting.children.answer(child -> child == 99_999 ? Outcome.SUCCESS : Outcome.EJECTED);

    assertThat(setting.outcome("get k")).isEqualTo("VALUE k 0 1/99999/");
    assertThat(setting.children.asked()).hasSize(100_000);
  }

  @Test
  void theLimitAllowsItsBurstAndThenOneFailoverForSoManyRequests() {
    Setting setting = failover(2, FailoverOrder.IN_ORDER, new Limit(0.1, 3));
    setting.children.answer(child -> child == 0 ? Outcome.TIMEOUT : Outcome.SUCCESS);

    StringBuilder outcomes = new StringBuilder();
    for (int i = 0; i < 33; i++) {
      outcomes.append(setting.outcome("get k").equals("TIMEOUT") ? '-' : 'x');
    }

    assertThat(outcomes).hasToString("xxx-------x---------x---------x--");
  }

  @ParameterizedTest
  @CsvSource({
    // what each child does, failovers and those that failed, for the pools a, b and c
    "SUCCESS SUCCESS SUCCESS, 0 0 0, 0 0 0",
    "TIMEOUT SUCCESS SUCCESS, 1 0 0, 0 0 0",
    "EJECTED TIMEOUT SUCCESS, 1 0 0, 0 0 0",
    "TIMEOUT EJECTED TIMEOUT, 1 0 0, 1 0 0",
    "NOTHING TIMEOUT TIMEOUT, 0 0 0, 0 0 0",
  })
  void countsFailoversForThePoolThatFailedFirst(String does, String failovers, String failed) {
    List<RouteSettings> children =
        List.of(
            new ServerRouteSettings("a", 0),
            new ServerRouteSettings("b", 1),
            new ServerRouteSettings("c", 2));
    Setting setting =
        new Setting(
            loop,
            new FailoverSettings(children, FailoverErrors.DEFAULT, FailoverOrder.IN_ORDER, null));
    String[] each = does.split(" ", -1);
    setting.children.answer(child -> Outcome.valueOf(each[child]));

    setting.outcome("get k");

    assertThat(counts(setting, PoolEvent.FAILOVERS)).isEqualTo(failovers);
    assertThat(counts(setting, PoolEvent.FAILOVERS_FAILED)).isEqualTo(failed);
    assertThat(setting.loopCounts(Counter.FAILOVERS)).isEqualTo(sum(failovers));
    assertThat(setting.loopCounts(Counter.FAILOVERS_FAILED)).isEqualTo(sum(failed));
  }

  private static String counts(Setting setting, PoolEvent event) {
    return Stream.of("a", "b", "c")
        .map(pool -> Long.toString(setting.eventsOf(pool).get(event)))
        .collect(Collectors.joining(" "));
  }

  private static long sum(String counts) {
    return Stream.of(counts.split(" ", -1)).mapToLong(Long::parseLong).sum();
  }

  @Test
  void ejectedServersArePassedOverWithoutRegardToTheLimit() {
    Setting setting = failover(2, FailoverOrder.IN_ORDER, new Limit(0, 1));
    setting.children.answer(child -> child == 0 ? Outcome.EJECTED : Outcome.SUCCESS);

    for (int i = 0; i < 10; i++) {
      assertThat(setting.outcome("set k 0 0 1/v")).isEqualTo("STORED/");
    }

    setting.children.answer(child -> child == 0 ? Outcome.TIMEOUT : Outcome.SUCCESS);
    assertThat(setting.outcome("set k 0 0 1/v")).isEqualTo("STORED/");
    assertThat(setting.outcome("set k 0 0 1/v")).isEqualTo("TIMEOUT");
  }

  @Test
  void thoseWithTheFewestFailuresInARowComeSecond() {
    Setting setting = failover(4, new FailoverOrder.LeastFailures(3), null);
    setting.children.answer(child -> child == 3 ? Outcome.SUCCESS : Outcome.REFUSED);

    assertThat(setting.outcome("get k")).isEqualTo("CONNECT_FAILED");
    assertThat(setting.children.asked()).containsExactly(0, 1, 2);
    assertThat(setting.outline(Operation.GET, "k"))
        .containsExactly("failover|least-failures", " child 0", " child 3", " child 1");
    assertThat(setting.outcome("get k")).isEqualTo("VALUE k 0 1/3/");
    assertThat(setting.children.asked()).containsExactly(0, 3);
  }

  @Test
  void aChildThatNoDrawHitsIsNotAsked() {
    FailoverOrder order = new FailoverOrder.Deterministic(4, 4, List.of(0.0, 1.0, 0.0, 1.0));
    Setting setting = failover(4, order, null);
    setting.children.answer(child -> Outcome.TIMEOUT);

    assertThat(setting.outcome("get k")).isEqualTo("TIMEOUT");
    assertThat(setting.children.asked()).hasSize(3).startsWith(0).contains(1, 3);
  }

  @Test
  void onlySoManyErrorsArePassedOverAndEjectedServersAreNone() {
    Setting setting = failover(6, new FailoverOrder.Deterministic(6, 2, null), null);

    setting.children.answer(child -> Outcome.TIMEOUT);
    assertThat(setting.outcome("get k")).isEqualTo("TIMEOUT");
    assertThat(setting.children.asked()).hasSize(2);

    setting.children.answer(child -> Outcome.EJECTED);
    assertThat(setting.outcome("get k")).isEqualTo("EJECTED");
    assertThat(setting.children.asked()).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5);
  }

  @Test
  void theFirstChildHasATagOrComesBeforeThoseThatHave() {
    List<String> tags = List.of("a", "b", "c");
    Setting all = failover(3, new FailoverOrder.Rendezvous(tags, null), null);
    Setting others = failover(4, new FailoverOrder.Rendezvous(tags, null), null);

    List<String> order = all.outline(Operation.GET, "k");
    assertThat(order).hasSize(4).startsWith("failover|rendezvous");
    assertThat(all.outcome("get k")).isEqualTo("VALUE k 0 1/" + order.get(1).charAt(7) + "/");
    assertThat(others.outline(Operation.GET, "k"))
        .containsExactly(
            "failover|rendezvous",
            " child 0",
            " child " + (char) (order.get(1).charAt(7) + 1),
            " child " + (char) (order.get(2).charAt(7) + 1),
            " child " + (char) (order.get(3).charAt(7) + 1));
  }

  @Test
  void anOperationWithoutFailoverGoesStraightToTheFirstChild() {
    FailoverErrors errors = new FailoverErrors(Set.of(Result.TKO), Set.of(), FailoverErrors.USUAL);
    Setting setting =
        new Setting(
            loop,
            new FailoverSettings(FakeChildren.settings(3), errors, FailoverOrder.IN_ORDER, null));
    setting.children.answer(child -> Outcome.TIMEOUT);

    assertThat(setting.outcome("set k 0 0 1/v")).isEqualTo("TIMEOUT");
    assertThat(setting.outcome("get k")).isEqualTo("TIMEOUT");
    assertThat(setting.children.asked()).containsExactly(0, 0);
    assertThat(setting.outline(Operation.SET, "k")).containsExactly("failover", " child 0");
    assertThat(setting.outline(Operation.DELETE, "k"))
        .containsExactly("failover", " child 0", " child 1", " child 2");
    assertThat(setting.outline(null, "")).hasSize(4);
  }

  private Setting failover(int children, FailoverOrder order, @Nullable Limit limit) {
    return new Setting(
        loop,
        new FailoverSettings(
            FakeChildren.settings(children), FailoverErrors.DEFAULT, order, limit));
  }
}
