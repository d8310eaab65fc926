package io.fairlead.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.route.MissFailoverSettings;
import io.fairlead.faults.Servers;
import io.fairlead.faults.TestProxy;
import io.fairlead.it.LeakCheck;
import io.fairlead.testkit.RawClient;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reads and deletes that go to the next server when one does not have the key. */
@ExtendWith(LeakCheck.class)
class MissFailoverRouteIT {
  private static final String REFUSED = "SERVER_ERROR server cannot be reached";
  @RegisterExtension static final Servers servers = new Servers(3);

  /** A dash stands for no value, an x for a server that has been killed. */
  @ParameterizedTest
  @CsvSource({
    // the best or the last, the command, what each has before, the reply, what each has afterwards
    "false, get k,         a;b;c, VALUE k 0 1/a/END, a;b;c",
    "false, get k,         -;b;c, VALUE k 0 1/b/END, -;b;c",
    "false, get k,         x;-;c, VALUE k 0 1/c/END, x;-;c",
    "false, gat 100 k,     -;-;c, VALUE k 0 1/c/END, -;-;c",
    "false, get k,         -;-;-, END,               -;-;-",
    "false, get k,         x;-;-, END,               x;-;-",
    "true,  get k,         -;x;x, END,               -;x;x",
    "false, mg k v k,      -;b;c, VA 1 kk/b,         -;b;c",
    "true,  mg k v,        -;x;x, EN,                -;x;x",
    "false, mg k v,        -;x;x, " + REFUSED + ",   -;x;x",
    "false, delete k,      a;b;c, DELETED,           -;b;c",
    "false, delete k,      -;b;c, DELETED,           -;-;c",
    "true,  delete k,      -;-;x, NOT_FOUND,         -;-;x",
    "false, delete k,      -;-;x, " + REFUSED + ",   -;-;x",
    "false, md k q,        -;b;c, '',                -;-;c",
    "false, set k 0 0 1/n, -;b;c, STORED,            n;b;c",
    "false, set k 0 0 1/n, x;b;c, " + REFUSED + ",   x;b;c",
    "false, incr k 1,      -;1;1, NOT_FOUND,         -;1;1",
    "false, touch k 100,   -;b;c, NOT_FOUND,         -;b;c",
  })
  void asksUntilAServerHasTheKey(
      boolean best, String request, String before, String reply, String after) {
    servers.prepare("k", List.of(before.split(";", -1)));
    try (TestProxy proxy = start(best)) {
      assertThat(Servers.reply(proxy.client(), request)).isEqualTo(reply);
      assertThat(servers.values("k")).containsExactly(after.split(";", -1));
    }
  }

  @Test
  void largeValuesAreStoredPieceByPieceAndFoundAnywhere() {
    String value = "0123456789abcdef".repeat(50_000);
    String set = "set %s 0 0 800000\r\n" + value + "\r\n";
    try (TestProxy proxy = start(true);
        TestProxy last = new RouteSetup(servers.ports()).start(RouteSetup.pool(2))) {
      RawClient client = proxy.client();
      client.send(set.formatted("first")).expect("STORED\r\n");
      last.client().send(set.formatted("last")).expect("STORED\r\n");
      for (String key : List.of("first", "last")) {
        client
            .send("get " + key + "\r\nmg " + key + " v\r\n")
            .expect("VALUE " + key + " 0 800000\r\n" + value + "\r\nEND\r\n")
            .expect("VA 800000\r\n" + value + "\r\n");
      }
    }
  }

  @Test
  void aPipelineKeepsItsOrder() {
    StringBuilder requests = new StringBuilder();
    StringBuilder replies = new StringBuilder();
    for (int i = 0; i < 50; i++) {
      servers.store(i % 3, "k" + i, "v" + i);
      String hit = "VALUE k%d 0 %d\r\nv%d\r\n".formatted(i, ("v" + i).length(), i);
      requests.append("get k%d none\r\ndelete k%d\r\nget k%d\r\n".formatted(i, i, i));
      replies.append(hit).append("END\r\nDELETED\r\nEND\r\n");
    }
    try (TestProxy proxy = start(true)) {
      proxy.client().send(requests.toString()).expect(replies.toString());
    }
  }

  private static TestProxy start(boolean best) {
    return new RouteSetup(servers.ports())
        .start(new MissFailoverSettings(RouteSetup.pools(3), best));
  }
}
