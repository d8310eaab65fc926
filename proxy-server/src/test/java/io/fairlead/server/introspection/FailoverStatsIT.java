package io.fairlead.server.introspection;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.faults.Await;
import io.fairlead.faults.Servers;
import io.fairlead.it.LeakCheck;
import io.fairlead.testkit.RawClient;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What failovers and shadows send is told apart, and configurations are counted. */
@ExtendWith(LeakCheck.class)
class FailoverStatsIT {
  private final Servers servers = new Servers(3);
  private IntrospectedProxy proxy;
  private RawClient asking;

  @BeforeEach
  void start() {
    proxy =
        IntrospectedProxy.of(
            """
            listeners: [{address: '127.0.0.1:0', introspection: mcrouter, route: web}]
            admin: false
            pools:
              A: {servers: ['%s'], eject: false}
              B: {servers: ['%s'], eject: false}
              C: {servers: ['%s'], eject: false}
            routes:
              web:
                by_prefix:
                  'shadowed': {shadow: A, copies: {to: B}}
                  'missed': {miss_failover: [A, B]}
                  otherwise: {failover: [A, B, C]}
            """
                .formatted(host(0), host(1), host(2)));
    asking = proxy.client();
  }

  @AfterEach
  void stop() {
    proxy.close();
    servers.close();
  }

  private String host(int server) {
    return "127.0.0.1:" + servers.ports().get(server);
  }

  private double number(String name) {
    Map<String, String> all = ExporterModel.stats(asking, "all");
    return Double.parseDouble(all.getOrDefault(name, "NaN"));
  }

  private double besides(String command) {
    return number("cmd_" + command + "_out_all_count") - number("cmd_" + command + "_out_count");
  }

  @ParameterizedTest
  @CsvSource({
    // how many servers are dead, of which gets are not counted as sent, the request;
    // failovers, those that failed, requests sent, and besides
    "0, get k,              get,    0, 0, 1, 0",
    "1, get k,              get,    1, 0, 0, 1",
    "2, get k,              get,    1, 0, 0, 1",
    "3, get k,              get,    1, 1, 0, 0",
    "1, get k l,            get,    2, 0, 0, 2",
    "1, set k 0 0 1/x,      set,    1, 0, 1, 1",
    "3, delete k,           delete, 1, 1, 1, 2",
    "0, get missed,         get,    0, 0, 1, 1",
    "0, set missed 0 0 1/x, set,    0, 0, 1, 0",
    "0, get shadowed,       get,    0, 0, 1, 1",
    "0, set shadowed 0 0 1/x, set,  0, 0, 1, 1",
  })
  void eachNumberMoves(
      int dead, String request, String command, int failovers, int failed, int sent, int besides) {
    for (int i = 0; i < dead; i++) {
      servers.kill(i);
    }

    Servers.reply(proxy.client(), request);

    Await.until("it is counted", () -> besides(command) == besides);
    assertThat(number("failover_all")).isEqualTo(failovers);
    assertThat(number("failover_all_failed")).isEqualTo(failed);
    assertThat(number("cmd_" + command + "_out_count")).isEqualTo(sent);
  }

  @Test
  void whatWasLoadedAndWhatCouldNotBeIsCounted() {
    assertThat(number("config_successes")).isZero();

    proxy.introspection.onLoaded(ConfigFacts.none());
    proxy.introspection.onLoaded(ConfigFacts.none());
    proxy.introspection.onLoadFailed();

    assertThat(number("config_successes")).isEqualTo(2);
    assertThat(number("config_failures")).isEqualTo(1);
    assertThat(number("config_last_attempt"))
        .isGreaterThanOrEqualTo(number("config_last_success"))
        .isPositive();
  }
}
