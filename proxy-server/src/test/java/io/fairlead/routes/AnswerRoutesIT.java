package io.fairlead.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.PoolSettings.MultigetFailure;
import io.fairlead.config.route.AnswerSettings;
import io.fairlead.config.route.AnswerSettings.Kind;
import io.fairlead.config.route.PrefixSettings;
import io.fairlead.config.route.RouteSettings;
import io.fairlead.faults.Servers;
import io.fairlead.faults.TestProxy;
import io.fairlead.it.LeakCheck;
import io.fairlead.metrics.Counter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Routes that ask no server. */
@ExtendWith(LeakCheck.class)
class AnswerRoutesIT {
  private static final RouteSettings ERROR = new AnswerSettings(Kind.ERROR, "closed");
  private static final RouteSettings NULL = new AnswerSettings(Kind.NULL, "");
  private static final RouteSettings DEV_NULL = new AnswerSettings(Kind.DEV_NULL, "");

  private static TestProxy start(RouteSettings root) {
    return new RouteSetup(List.of()).start(root);
  }

  @ParameterizedTest
  @CsvSource({
    "get a,                                      SERVER_ERROR closed",
    "get a b c,                                  SERVER_ERROR closed",
    "gets a b,                                   SERVER_ERROR closed",
    "gat 60 a b,                                 SERVER_ERROR closed",
    "get a/get b c/get d,                        SERVER_ERROR closed/SERVER_ERROR"
        + " closed/SERVER_ERROR closed",
    "set a 0 0 1 noreply/1/delete a noreply,     ''",
    "mg a q O1/ms a 1 q/1/md a q,                SERVER_ERROR closed/SERVER_ERROR"
        + " closed/SERVER_ERROR closed",
  })
  void anErrorSaysItsText(String request, String reply) {
    try (TestProxy proxy = start(ERROR)) {
      assertThat(Servers.reply(proxy.client(), request)).isEqualTo(reply);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "get a b c,                              END",
    "set a 0 0 1 noreply/1/delete a noreply, ''",
    "mg a q O1/ms a 1 q/1/md a q,            NS/NF",
    "mg a k O1 v/mg YQ== b k O2 v/me a O3,   EN ka O1/EN kYQ== b O2/EN",
  })
  void nullDoesNothing(String request, String reply) {
    try (TestProxy proxy = start(NULL)) {
      assertThat(Servers.reply(proxy.client(), request)).isEqualTo(reply);
    }
  }

  @Test
  void devNullCountsWhatItSwallows() {
    try (TestProxy proxy = start(DEV_NULL)) {
      Servers.reply(proxy.client(), "get a b/set a 0 0 1/1/mg a v");

      proxy.awaitCount(Counter.DEV_NULL_REQUESTS, 4);
      assertThat(proxy.count(Counter.DEV_NULL_REQUESTS)).isEqualTo(4);
    }
  }

  @Test
  void anErrorForSomeKeysLeavesTheOthers() {
    try (TestProxy proxy = start(new PrefixSettings(Map.of("a", ERROR), NULL))) {
      assertThat(Servers.reply(proxy.client(), "get a b/get b a/get a aa"))
          .isEqualTo("END/END/SERVER_ERROR closed");
    }
  }

  @Test
  void anErrorIsAMissWhereFailuresAre() {
    RouteSetup setup = new RouteSetup(List.of()).multigetFailure(MultigetFailure.MISS);
    try (TestProxy proxy = setup.start(ERROR)) {
      assertThat(Servers.reply(proxy.client(), "get a/get a b/delete a"))
          .isEqualTo("END/END/SERVER_ERROR closed");
    }
  }
}
