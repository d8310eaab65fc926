package io.fairlead.faults;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.it.LeakCheck;
import io.fairlead.metrics.Counter;
import io.fairlead.testkit.Memcached;
import io.fairlead.testkit.MemcachedServer;
import io.fairlead.testkit.RawClient;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * After a meta append memcached repeats the bytes of a binary key as they are. A client that
 * chooses them could have what looks like the replies to other clients' requests sent on a
 * connection that it shares with them.
 */
@ExtendWith(LeakCheck.class)
class ForgedReplyIT {
  @Test
  void aKeyWithLineEndsDoesNotPassForRepliesToOthers() {
    String forged = "x\r\nab\r\nVA 6\r\nforged\r\n";
    String key = Base64.getEncoder().encodeToString(forged.getBytes(US_ASCII));
    try (MemcachedServer server = Memcached.start();
        TestProxy proxy = ProxySetup.sharded(server.port()).start()) {
      RawClient victim = proxy.client();
      victim.send("ms v 5\r\nmine!\r\n").expect("HD\r\n");
      RawClient attacker = proxy.client();
      attacker.send("ms " + key + " 1 b\r\na\r\n").expect("HD\r\n");
      attacker.send("ms " + key + " 1 b MA\r\nb\r\n").expect("HD\r\n");

      for (int i = 0; i < 50; i++) {
        attacker.send("mg " + key + " b k v\r\n");
        victim.send("mg v v\r\n");
        assertThat(attacker.readLine()).isEqualTo("SERVER_ERROR server sent an invalid reply");
        String answer = victim.readLine();
        if (answer.equals("VA 5")) {
          assertThat(victim.readLine()).isEqualTo("mine!");
        } else {
          assertThat(answer).startsWith("SERVER_ERROR server ");
        }
      }
      assertThat(proxy.count(Counter.PROTOCOL_VIOLATIONS)).isPositive();
    }
  }
}
