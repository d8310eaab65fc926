package io.fairlead.config.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.protocol.Operation;
import io.fairlead.protocol.Operation.Kind;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CompositionsTest {
  private static final List<RouteSettings> SERVERS = servers(10);

  @Test
  void aHostAlwaysChoosesTheSameOnesInTheSameOrder() {
    assertThat(numbers(Compositions.latest(SERVERS, 5, 0x0a000001, "", null)))
        .containsExactly(6, 7, 1, 3, 9)
        .isEqualTo(numbers(Compositions.latest(servers(10), 5, 0x0a000001, "", null)));
  }

  @Test
  void thereMayBeFewerChildrenThanAreWanted() {
    assertThat(Compositions.latest(servers(3), 5, 7, "", null))
        .containsExactlyInAnyOrderElementsOf(servers(3));
    assertThat(Compositions.latest(List.of(), 5, 7, "", null)).isEmpty();
  }

  @Test
  void hostsSpreadOverTheChildren() {
    Map<RouteSettings, Integer> latest = new HashMap<>();
    Map<RouteSettings, Integer> ofHost = new HashMap<>();
    for (int host = 0; host < 10_000; host++) {
      latest.merge(Compositions.latest(SERVERS, 1, host, "", null).get(0), 1, Integer::sum);
      ofHost.merge(Compositions.ofHost(SERVERS, host, "salt"), 1, Integer::sum);
    }
    assertThat(latest.values()).hasSize(10).allMatch(hosts -> hosts > 850 && hosts < 1150);
    assertThat(ofHost.values()).hasSize(10).allMatch(hosts -> hosts > 850 && hosts < 1150);
  }

  @Test
  void hostsThatShareTheFirstChildDoNotShareTheSecond() {
    Set<RouteSettings> seconds = new HashSet<>();
    for (int host = 0; host < 1000; host++) {
      List<RouteSettings> chosen = Compositions.latest(SERVERS, 2, host, "", null);
      if (chosen.get(0).equals(SERVERS.get(0))) {
        seconds.add(chosen.get(1));
      }
    }
    assertThat(seconds).containsExactlyInAnyOrderElementsOf(SERVERS.subList(1, 10));
  }

  @Test
  void anotherSaltMakesAnotherChoice() {
    Set<RouteSettings> latest = new HashSet<>();
    Set<RouteSettings> ofHost = new HashSet<>();
    for (int salt = 0; salt < 100; salt++) {
      latest.add(Compositions.latest(SERVERS, 1, 7, "s" + salt, null).get(0));
      ofHost.add(Compositions.ofHost(SERVERS, 7, "s" + salt));
    }
    assertThat(latest).hasSize(10);
    assertThat(ofHost).hasSize(10);
    assertThat(Compositions.ofHost(SERVERS, 27, "")).isEqualTo(SERVERS.get(7));
    assertThat(Compositions.ofHost(SERVERS, 0xffffffffL, "")).isEqualTo(SERVERS.get(5));
  }

  @Test
  void aChildWithoutWeightIsNotChosenFirst() {
    for (int host = 0; host < 1000; host++) {
      RouteSettings first =
          Compositions.latest(servers(3), 1, host, "", List.of(1.0, 0.0, 1.0)).get(0);
      assertThat(first).isNotEqualTo(SERVERS.get(1));
    }
  }

  @Test
  void whatIsStoredInAGutterExpires() {
    RouteSettings usual = SERVERS.get(0);
    RouteSettings gutter = SERVERS.get(1);

    assertThat(Compositions.withGutter(usual, List.of(gutter), 60))
        .containsExactly(
            usual, new ModifyExpirySettings(gutter, 60, ModifyExpirySettings.Action.MIN));
    assertThat(Compositions.withGutter(usual, List.of(gutter), 0)).containsExactly(usual, gutter);
  }

  @Test
  void operationsOfAKindGoTheSameWay() {
    Map<Kind, RouteSettings> byKind =
        Map.of(Kind.GET_LIKE, SERVERS.get(0), Kind.DELETE_LIKE, SERVERS.get(1));

    assertThat(Compositions.byKind(byKind))
        .containsOnly(
            Map.entry(Operation.GET, SERVERS.get(0)),
            Map.entry(Operation.GETS, SERVERS.get(0)),
            Map.entry(Operation.GAT, SERVERS.get(0)),
            Map.entry(Operation.GATS, SERVERS.get(0)),
            Map.entry(Operation.DELETE, SERVERS.get(1)));
    assertThat(Compositions.byKind(Collections.emptyMap())).isEmpty();
  }

  private static List<RouteSettings> servers(int count) {
    return IntStream.range(0, count)
        .<RouteSettings>mapToObj(i -> new ServerRouteSettings("pool", i))
        .toList();
  }

  private static List<Integer> numbers(List<RouteSettings> servers) {
    return servers.stream().map(SERVERS::indexOf).toList();
  }
}
