package io.fairlead.server.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.config.Address;
import io.fairlead.metrics.PoolStats;
import io.fairlead.testkit.RawClient;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TwemproxyStatsIT {
  private static final Address.Tcp ANY_PORT = new Address.Tcp("127.0.0.1", 0);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private TwemproxyStats stats;

  @BeforeEach
  void start() throws IOException {
    stats = TwemproxyStats.start(ANY_PORT, "1.2.3", 1);
  }

  @AfterEach
  void stop() {
    stats.close();
  }

  private RawClient connect() {
    return RawClient.connect(stats.address().getPort()).withDeadline(PATIENCE);
  }

  private String read() {
    try (RawClient client = connect()) {
      String text = client.readUntilQuiet(PATIENCE);
      assertThat(client.isClosed()).isTrue();
      return text;
    }
  }

  @Test
  void givesOneDocumentAndCloses() {
    stats.onReady(new Samples().readings());

    assertThat(read())
        .startsWith("{\"service\":\"nutcracker\"")
        .contains("\"requests\":40")
        .endsWith("}}}\n");
  }

  @Test
  void saysWhyItCannotListenAtANameWithoutAddress() {
    Address.Tcp nowhere = new Address.Tcp("no-such-host.invalid", 0);

    assertThatThrownBy(() -> TwemproxyStats.start(nowhere, "1.2.3", 1))
        .isInstanceOf(IOException.class)
        .hasMessage("twemproxy-stats no-such-host.invalid:0: Name or service not known");
  }

  @Test
  void doesNotMindWhatItsClientSays() {
    stats.onReady(new Samples().readings());
    try (RawClient client = connect()) {
      client.send("GET / HTTP/1.0\r\n\r\n");

      assertThat(client.readUntilQuiet(PATIENCE)).endsWith("}}}\n");
    }
  }

  @Test
  void givesNothingBeforeTheProxyRuns() {
    assertThat(read()).isEmpty();
  }

  @Test
  void manyClientsInARowAreServed() {
    stats.onReady(new Samples().readings());

    for (int i = 0; i < 1_000; i++) {
      assertThat(read()).endsWith("}}}\n");
    }
  }

  @Test
  void clientsThatDoNotReadKeepNobodyOut() {
    PoolStats large = new PoolStats("large");
    for (int i = 0; i < 50_000; i++) {
      large.addServer("a-server-with-a-rather-long-name-" + i);
    }
    stats.onReady(new ProxyReadings(List::of, List::of, () -> List.of(large)));
    List<RawClient> lazy = new ArrayList<>();
    try {
      for (int i = 0; i < 8; i++) {
        lazy.add(connect());
      }

      assertThat(read()).endsWith("}}}\n");
    } finally {
      lazy.forEach(RawClient::close);
    }
  }

  @Test
  void survivesNumbersThatCannotBeRead() {
    stats.onReady(
        new ProxyReadings(
            () -> {
              throw new IllegalStateException("broken");
            },
            List::of,
            List::of));
    assertThat(read()).isEmpty();

    stats.onReady(new Samples().readings());

    assertThat(read()).endsWith("}}}\n");
  }

  @Test
  void saysWhichAddressIsTaken() {
    Address.Tcp taken = new Address.Tcp("127.0.0.1", stats.address().getPort());

    assertThatThrownBy(() -> TwemproxyStats.start(taken, "1.2.3", 1))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("twemproxy-stats " + taken)
        .hasMessageContaining("Address already in use");
  }
}
