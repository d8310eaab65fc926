package io.fairlead.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.ConfigLoader;
import io.fairlead.faults.Servers;
import io.fairlead.faults.TestProxy;
import io.fairlead.it.LeakCheck;
import io.fairlead.runtime.Proxy;
import io.fairlead.testkit.RawClient;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Routes of our own YAML at work. */
@ExtendWith(LeakCheck.class)
class NativeRoutesIT {
  @RegisterExtension static final Servers servers = new Servers(3);

  @Test
  void requestsTakeTheRoutesOfTheFile() throws IOException {
    List<Integer> ports = servers.ports();
    String yaml =
        """
        admin: false
        listeners: [{ address: "127.0.0.1:0", route: web }, { address: "127.0.0.1:0", pool: c }]
        pools:
          a: { servers: ["127.0.0.1:%d"] }
          b: { servers: ["127.0.0.1:%d"] }
          c: { servers: ["127.0.0.1:%d"] }
        routes:
          web:
            by_prefix:
              "all:": everywhere
              "safe:": { by_operation: { reads: c, writes: everywhere, otherwise: false } }
              otherwise: a
          everywhere: { replicate: [a, b, c], answer: worst }
        """
            .formatted(ports.get(0), ports.get(1), ports.get(2));

    try (TestProxy proxy =
        new TestProxy(Proxy.start(ConfigLoader.parse(yaml, "f.yaml")), ports.size())) {
      RawClient client = proxy.client();
      assertThat(Servers.reply(client, "set all:k 0 0 1/x")).isEqualTo("STORED");
      assertThat(Servers.reply(client, "set k 0 0 1/y")).isEqualTo("STORED");
      assertThat(Servers.reply(client, "set safe:k 0 0 1/z")).isEqualTo("STORED");
      assertThat(Servers.reply(client, "gets safe:none")).isEqualTo("END");
      assertThat(Servers.reply(client, "delete safe:k")).startsWith("SERVER_ERROR no route for");

      assertThat(servers.values("all:k")).containsExactly("x", "x", "x");
      assertThat(servers.values("k")).containsExactly("y", "-", "-");
      assertThat(servers.values("safe:k")).containsExactly("z", "z", "z");
    }
  }
}
