package io.fairlead.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.Address;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoGuideTest {
  private static final List<Address> NODES =
      List.of(new Address.Tcp("127.0.0.1", 40001), new Address.Tcp("127.0.0.1", 40002));

  @Test
  void saysWhatToTypeAndWhatToExpect() {
    assertThat(DemoGuide.text(5000, NODES, false))
        .isEqualTo(
            """
            Fairlead demo: one proxy in front of 2 memcached nodes, all in this process.
            The proxy chooses the node by the key: each key lives on one of them.

              proxy     127.0.0.1:5000
              node 1    127.0.0.1:40001
              node 2    127.0.0.1:40002

            In another terminal, type the lines on the left; the replies are on the right:

              telnet 127.0.0.1 5000
              set anotherkey 0 0 15
              Mcrouter is fun             STORED
              get anotherkey              VALUE anotherkey 0 15
                                          Mcrouter is fun
                                          END
              quit

            Ask the nodes directly, one after the other: only one has the key.

              telnet 127.0.0.1 40001
              get anotherkey
              quit

            From Python (pip install pymemcache):

              python3 -c 'from pymemcache.client.base import Client; c = Client(("127.0.0.1", 5000)); c.set("greeting", "hello"); print(c.get("greeting"))'

            Ctrl-C ends the demo.
            """);
  }

  @Test
  void saysThatReplicasAllHaveTheKey() {
    assertThat(DemoGuide.text(5000, NODES, true))
        .contains("Every node keeps every key.")
        .contains("Ask any node directly: it has the key too.");
  }
}
