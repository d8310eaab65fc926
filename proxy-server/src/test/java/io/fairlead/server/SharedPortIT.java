package io.fairlead.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.ConfigLoader;
import io.fairlead.faults.Await;
import io.fairlead.it.LeakCheck;
import io.fairlead.metrics.Counter;
import io.fairlead.runtime.Proxy;
import io.fairlead.testkit.FreePorts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Proxies that leave a port while as many clients connect to it as can. */
@EnabledOnOs(OS.LINUX)
@ExtendWith(LeakCheck.class)
class SharedPortIT {
  private static final int ROUNDS = 10;

  private final int port = FreePorts.next();

  private Proxy start() throws IOException {
    String file =
        """
        listeners: [{ address: "127.0.0.1:%d", reuse_port: true }]
        pools: { main: { servers: [] } }
        threads: { transport: epoll }
        """
            .formatted(port);
    return Proxy.start(ConfigLoader.parse(file, "fairlead.yaml"));
  }

  /** The number of the one that leaves, by age, of so many. */
  @ParameterizedTest
  @ValueSource(strings = {"0 of 2", "1 of 2", "1 of 3"})
  void nobodyIsLostWhenOneLeaves(String which) throws Exception {
    int leaves = Character.digit(which.charAt(0), 10);
    int count = Character.digit(which.charAt(which.length() - 1), 10);
    List<Proxy> proxies = new ArrayList<>();
    try {
      while (proxies.size() < count) {
        proxies.add(start());
      }
      try (ConnectingClients clients = new ConnectingClients(port)) {
        for (int round = 0; round < ROUNDS; round++) {
          int until = clients.connects() + 100;
          Await.until("some connect", () -> clients.connects() > until);
          proxies.remove(leaves).drain();
          proxies.add(start());
        }
        assertThat(clients.failures()).isEmpty();
        assertThat(clients.unanswered()).isZero();
      }
    } finally {
      proxies.forEach(Proxy::close);
    }
  }

  @Test
  void theOthersShareTheClientsAgain() throws Exception {
    try (Proxy first = start();
        Proxy second = start();
        Proxy third = start();
        ConnectingClients clients = new ConnectingClients(port)) {
      first.drain();
      long ofSecond = accepted(second);
      long ofThird = accepted(third);

      Await.until("both have some", () -> accepted(second) > ofSecond && accepted(third) > ofThird);

      assertThat(clients.failures()).isEmpty();
    }
  }

  @Test
  void whoBeginsAfterwardsHasHisShareAndNoMore() throws Exception {
    try (Proxy first = start();
        Proxy second = start();
        ConnectingClients clients = new ConnectingClients(port)) {
      first.drain();
      try (Proxy third = start()) {
        long ofSecond = accepted(second);
        long ofThird = accepted(third);

        Await.until(
            "both have some", () -> accepted(second) > ofSecond && accepted(third) > ofThird);
      }
      assertThat(clients.failures()).isEmpty();
    }
  }

  private static long accepted(Proxy proxy) {
    return proxy.stats().stream().mapToLong(stats -> stats.get(Counter.CLIENTS_ACCEPTED)).sum();
  }
}
