package io.fairlead.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.Address;
import io.fairlead.config.ListenerSettings;
import io.fairlead.config.PoolSettings;
import io.fairlead.config.PoolSettings.Mode;
import io.fairlead.config.ProxySettings;
import io.fairlead.config.ServerSettings;
import io.fairlead.it.LeakCheck;
import io.fairlead.metrics.Counter;
import io.fairlead.runtime.Proxy;
import io.fairlead.testkit.RawClient;
import io.fairlead.testkit.ScriptedBackend;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whether servers are connected to at start, or when the first request needs them. */
@ExtendWith(LeakCheck.class)
class PreconnectIT {
  /** The lazy pool comes first, so that its connection would be the first to be opened. */
  @Test
  void opensNoConnectionBeforeTheFirstRequestWhenToldSo() throws IOException {
    try (ScriptedBackend lazy = ScriptedBackend.answering(Answers::of);
        ScriptedBackend eager = ScriptedBackend.answering(Answers::of);
        Proxy proxy = Proxy.start(settings(pool("lazy", false, lazy), pool("eager", true, eager)));
        RawClient client = RawClient.connect(proxy.addresses().get(0))) {
      eager.awaitConnections(1);
      assertThat(lazy.accepted()).isEmpty();
      client.send("version\r\n").expect("VERSION 1.6.18\r\n");
      assertThat(lazy.accepted()).isEmpty();

      client.send("get a\r\nincr n 1\r\nget b c\r\n");

      client.expect(Answers.get("a") + "1\r\n" + Answers.of("get b c"));
      assertThat(lazy.accepted()).hasSize(1);
    }
  }

  @Test
  void theFirstRequestIsToldThatItsServerIsNotThere() {
    try (ScriptedBackend backend = ScriptedBackend.answering(Answers::of)) {
      backend.refuse();
      try (TestProxy proxy = ProxySetup.sharded(backend.port()).preconnect(false).start()) {
        assertThat(proxy.count(Counter.CONNECT_FAILURES)).isZero();

        RawClient client = proxy.client().send("get a\r\n");

        client.expect("SERVER_ERROR server cannot be reached\r\n");
        backend.listen();
        Await.until("it is served", () -> client.send("get a\r\n").readLine().startsWith("VALUE "));
      }
    }
  }

  private static PoolSettings pool(String name, boolean preconnect, ScriptedBackend server) {
    Address address = new Address.Tcp(server.host(), server.port());
    return PoolSettings.with(name, Mode.SHARDED, List.of(ServerSettings.at(address)))
        .preconnect(preconnect)
        .build();
  }

  private static ProxySettings settings(PoolSettings first, PoolSettings second) {
    return ProxySettings.of(
            List.of(ListenerSettings.of(new Address.Tcp("127.0.0.1", 0), first.name())),
            List.of(first, second))
        .build();
  }
}
