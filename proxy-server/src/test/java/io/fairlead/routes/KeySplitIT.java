package io.fairlead.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.HostId;
import io.fairlead.config.route.KeySplitSettings;
import io.fairlead.faults.Await;
import io.fairlead.faults.Servers;
import io.fairlead.faults.TestProxy;
import io.fairlead.it.LeakCheck;
import io.fairlead.testkit.RawClient;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys that live under three names, of which this host uses one. */
@ExtendWith(LeakCheck.class)
class KeySplitIT {
  private static final List<String> NAMES = names();

  @RegisterExtension static final Servers servers = new Servers(1);

  /** The name that this host uses, and then the next ones. */
  private static List<String> names() {
    List<String> names = Arrays.asList("k", "k::1", "k::2");
    Collections.rotate(names, -(int) (HostId.ofThisHost() % 3));
    return names;
  }

  @ParameterizedTest
  @CsvSource({
    // all are set, the first hit counts, request, before under the host's name and then the next
    // ones, reply, afterwards
    "false, false, set k 0 0 1/n,   -;-;-, STORED,            n;-;-",
    "true,  false, set k 0 0 1/n,   -;-;-, STORED,            n;n;n",
    "true,  false, ms k 1 k/n,      -;-;-, HD kk,             n;n;n",
    "true,  false, add k 0 0 1/n,   -;-;-, STORED,            n;-;-",
    "true,  false, incr k 1,        1;1;1, 2,                 2;1;1",
    "false, false, delete k,        a;a;a, DELETED,           -;-;-",
    "false, false, delete k,        a;-;a, DELETED,           -;-;-",
    "false, false, delete k,        -;a;a, NOT_FOUND,         -;-;-",
    "false, false, md k k,          a;a;a, HD kk,             -;-;-",
    "false, false, get k,           a;b;c, VALUE k 0 1/a/END, a;b;c",
    "false, false, get k,           -;b;c, END,               -;b;c",
    "false, true,  get k,           a;b;c, VALUE k 0 1/a/END, a;b;c",
    "false, true,  get k,           -;-;c, VALUE k 0 1/c/END, -;-;c",
    "false, true,  get k,           -;-;-, END,               -;-;-",
    "false, true,  mg k k v,        -;b;c, VA 1 kk/b,         -;b;c",
    "false, true,  gat 0 k,         -;b;c, VALUE k 0 1/b/END, -;b;c",
    "false, true,  mg k c v,        -;b;c, EN,                -;b;c",
  })
  void eachOperationUsesItsNames(
      boolean allSync,
      boolean firstHit,
      String request,
      String before,
      String reply,
      String after) {
    List<String> values = Arrays.asList(before.split(";", -1));
    for (int i = 0; i < 3; i++) {
      if (!values.get(i).equals("-")) {
        servers.store(0, NAMES.get(i), values.get(i));
      }
    }
    try (TestProxy proxy = split(allSync, firstHit)) {
      assertThat(Servers.reply(proxy.client(), request)).isEqualTo(reply);
      Await.until("they are " + after, () -> values().equals(List.of(after.split(";", -1))));
    }
  }

  private static List<String> values() {
    return NAMES.stream().map(name -> servers.values(name).get(0)).toList();
  }

  @Test
  void theNameStandsBeforeTheHashStop() {
    try (TestProxy proxy = split(true, false)) {
      assertThat(Servers.reply(proxy.client(), "set k|#|t 0 0 1/n")).isEqualTo("STORED");
      assertThat(servers.values("k::2|#|t")).containsExactly("n");
    }
  }

  @Test
  void aKeyThatIsTooLongHasOneNameOnly() {
    String key = "k".repeat(248);
    try (TestProxy proxy = split(true, false)) {
      RawClient client = proxy.client();

      assertThat(Servers.reply(client, "set " + key + " 0 0 1/n")).isEqualTo("STORED");
      assertThat(Servers.reply(client, "delete " + key)).isEqualTo("DELETED");
    }
  }

  @Test
  void largeValuesPassBothWays() {
    String value = "v".repeat(200_000);
    for (boolean all : new boolean[] {false, true}) {
      try (TestProxy proxy = split(all, true)) {
        RawClient client = proxy.client();

        client.send("set k 0 0 200000\r\n" + value + "\r\n").expect("STORED\r\n");
        client.send("get k\r\n").expect("VALUE k 0 200000\r\n" + value + "\r\nEND\r\n");
        servers.on(0, "delete " + NAMES.get(0));
        client.send("get k\r\n");
        client.expect(all ? "VALUE k 0 200000\r\n" + value + "\r\nEND\r\n" : "END\r\n");
      }
    }
  }

  @Test
  void tellsWhenTheServerIsGone() {
    try (TestProxy proxy = split(true, true)) {
      RawClient client = proxy.client();
      servers.kill(0);

      for (String request : List.of("get k", "set k 0 0 1/x", "delete k", "mg k v")) {
        assertThat(Servers.reply(client, request)).startsWith("SERVER_ERROR server ");
      }
    }
  }

  private static TestProxy split(boolean allSync, boolean firstHit) {
    return new RouteSetup(servers.ports())
        .start(new KeySplitSettings(RouteSetup.pool(0), 3, allSync, firstHit));
  }
}
