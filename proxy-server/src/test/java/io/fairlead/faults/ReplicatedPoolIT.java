package io.fairlead.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.EjectSettings.WhileEjected;
import io.fairlead.it.LeakCheck;
import io.fairlead.testkit.RawClient;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Classic commands on three replicas, of which the first that is up is the primary. */
@ExtendWith(LeakCheck.class)
class ReplicatedPoolIT {
  @RegisterExtension static final Servers replicas = new Servers(3);

  private TestProxy proxy;
  private RawClient client;

  @BeforeEach
  void startProxy() {
    proxy = replicas.setup().start();
    client = proxy.client();
  }

  @AfterEach
  void stopProxy() {
    proxy.close();
  }

  private String ask(String request) {
    return Servers.reply(client, request);
  }

  private void given(String first, String second, String third) {
    List<String> values = List.of(first, second, third);
    for (int i = 0; i < 3; i++) {
      if (!values.get(i).equals("-")) {
        replicas.store(i, "k", values.get(i));
      }
    }
  }

  /** A dash stands for no value. */
  @ParameterizedTest
  @CsvSource({
    // the command, what each server has before, the reply, what each server has afterwards
    "set k 0 0 3/new,            -,-,-,       STORED,     new,new,new",
    "set k 0 0 3/new,            a,b,c,       STORED,     new,new,new",
    "set k 0 0 3 noreply/new,    a,b,c,       '',         new,new,new",
    "delete k,                   a,a,a,       DELETED,    -,-,-",
    "delete k,                   -,-,c,       DELETED,    -,-,-",
    "delete k,                   -,-,-,       NOT_FOUND,  -,-,-",
    "delete k noreply,           a,b,c,       '',         -,-,-",
    "touch k 100,                a,b,c,       TOUCHED,    a,b,c",
    "touch k 100,                -,-,c,       TOUCHED,    -,-,c",
    "touch k 100,                -,-,-,       NOT_FOUND,  -,-,-",
    "touch k -1,                 a,b,c,       TOUCHED,    -,-,-",
    "add k 0 0 3/new,            -,-,-,       STORED,     new,new,new",
    "add k 0 0 3/new,            -,b,-,       STORED,     new,new,new",
    "add k 0 0 3/new,            a,-,-,       NOT_STORED, a,-,-",
    "add k 0 0 3 noreply/new,    -,b,-,       '',         new,new,new",
    "replace k 0 0 3/new,        a,a,a,       STORED,     new,new,new",
    "replace k 0 0 3/new,        a,-,c,       STORED,     new,new,new",
    "replace k 0 0 3/new,        -,b,c,       NOT_STORED, -,b,c",
    "append k 0 0 1/x,           a,a,a,       STORED,     ax,ax,ax",
    "append k 0 0 1/x,           a,-,a,       STORED,     ax,-,ax",
    "append k 0 0 1/x,           -,b,c,       NOT_STORED, -,b,c",
    "prepend k 0 0 1/x,          a,a,-,       STORED,     xa,xa,-",
    "prepend k 0 0 1/x,          -,b,-,       NOT_STORED, -,b,-",
    "incr k 2,                   5,5,5,       7,          7,7,7",
    "incr k 2,                   5,-,5,       7,          7,-,7",
    "incr k 2,                   -,5,5,       NOT_FOUND,  -,5,5",
    "incr k 2,                   5,word,5,    7,          7,-,7",
    "incr k 2,                   word,5,5,    CLIENT_ERROR cannot increment or decrement"
        + " non-numeric value, word,5,5",
    "decr k 2,                   5,5,5,       3,          3,3,3",
    "incr k 2 noreply,           5,5,5,       '',         7,7,7",
    "cas k 0 0 3 1/new,          -,b,c,       NOT_FOUND,  -,b,c",
    "cas k 0 0 3 999999/new,     a,b,c,       EXISTS,     a,b,c",
  })
  void writes(
      String request,
      String first,
      String second,
      String third,
      String reply,
      String firstAfter,
      String secondAfter,
      String thirdAfter) {
    given(first, second, third);

    assertThat(ask(request)).isEqualTo(reply);
    assertThat(ask("get k").isEmpty()).isFalse(); // what followed the primary has arrived, too

    Await.until(
        request + " leaves " + List.of(firstAfter, secondAfter, thirdAfter),
        () -> replicas.values("k").equals(List.of(firstAfter, secondAfter, thirdAfter)));
  }

  @ParameterizedTest
  @CsvSource({
    "a,b,c,     VALUE k 0 1/a/END",
    "-,b,c,     VALUE k 0 1/b/END",
    "-,-,c,     VALUE k 0 1/c/END",
    "-,-,-,     END",
  })
  void readsTheFirstReplicaThatHasTheKey(String first, String second, String third, String reply) {
    given(first, second, third);

    assertThat(ask("get k")).isEqualTo(reply);
    assertThat(ask("gat 100 k")).isEqualTo(reply);
    assertThat(ask("get x k y k")).isEqualTo(doubled(reply));
  }

  private static String doubled(String reply) {
    return reply.equals("END") ? reply : reply.replace("/END", "/").repeat(2) + "END";
  }

  @Test
  void aMultigetTakesEachKeyFromWhereItIs() {
    replicas.store(0, "a", "0");
    replicas.store(1, "b", "1");
    replicas.store(2, "c", "2");

    assertThat(ask("get a b c d")).isEqualTo("VALUE a 0 1/0/VALUE b 0 1/1/VALUE c 0 1/2/END");
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "0 1", "1 2"})
  void readsFailOverWhenServersAreDead(String dead) {
    given("v", "v", "v");
    for (String server : dead.split(" ", -1)) {
      replicas.kill(Integer.parseInt(server));
    }

    for (int i = 0; i < 10; i++) {
      assertThat(ask("get k")).isEqualTo("VALUE k 0 1/v/END");
      assertThat(ask("get none")).isEqualTo("END"); // misses and errors are a miss
    }
  }

  @Test
  void readsFailOverWhenThePrimaryIsFrozen() {
    given("v", "v", "v");
    replicas.freeze(0);
    try (TestProxy impatient = replicas.setup().timeout(ProxySetup.TIMEOUT).start()) {
      RawClient other = impatient.client();
      Latencies.check(
          "REPLICAS, the primary is frozen",
          ProxySetup.TIMEOUT,
          latencies -> {
            for (int i = 0; i < 3; i++) {
              long sent = System.nanoTime();
              assertThat(Servers.reply(other, "get k")).isEqualTo("VALUE k 0 1/v/END");
              latencies.ended(sent);
            }
          });
    }
  }

  @Test
  void whenEveryServerIsDeadAReadIsOneError() {
    for (int i = 0; i < 3; i++) {
      replicas.kill(i);
    }
    assertThat(ask("get k")).startsWith("SERVER_ERROR ").doesNotContain("/");
    assertThat(ask("get a b c")).startsWith("SERVER_ERROR ").doesNotContain("/");
    assertThat(ask("gets k")).startsWith("SERVER_ERROR ").doesNotContain("/");
    assertThat(ask("set k 0 0 1/x")).startsWith("SERVER_ERROR ").doesNotContain("/");
    assertThat(ask("incr k 1")).startsWith("SERVER_ERROR ").doesNotContain("/");
  }

  @Test
  void getsGivesThePrimarysTokenAndCasTakesIt() {
    ask("set k 0 0 3/one");
    replicas.store(0, "other", "x"); // so that tokens differ between the servers
    ask("set k 0 0 3/two");

    String reply = ask("gets k");
    assertThat(reply).isEqualTo(replicas.on(0, "gets k")).isNotEqualTo(replicas.on(1, "gets k"));

    String token = reply.split("/", -1)[0].split(" ", -1)[4];
    assertThat(ask("cas k 0 0 5 " + token + "/three")).isEqualTo("STORED");
    assertThat(replicas.values("k")).containsOnly("three");
    assertThat(ask("cas k 0 0 4 " + token + "/four")).isEqualTo("EXISTS");
    assertThat(replicas.values("k")).containsOnly("three");
  }

  @Test
  void getsAsksNobodyButThePrimary() {
    given("-", "b", "c");
    assertThat(ask("gets k")).isEqualTo("END");

    replicas.kill(0);
    assertThat(ask("gets k")).startsWith("SERVER_ERROR ");
    assertThat(ask("add k 0 0 1/x")).startsWith("SERVER_ERROR ");
    assertThat(replicas.on(1, "get k")).isEqualTo("VALUE k 0 1/b/END");
  }

  @Test
  void gatTouchesEveryReplica() {
    given("v", "v", "v");

    assertThat(ask("gat 100 k")).isEqualTo("VALUE k 0 1/v/END");
    assertThat(ask("get k")).isNotEmpty();

    Await.until(
        "all expire in 100 s",
        () -> replicas.onEach("mg k t").stream().allMatch(r -> r.matches("HD t(100|99|98)")));
  }

  @Test
  void whenThePrimaryIsEjectedTheNextServerDecides() {
    given("-", "b", "b");
    try (TestProxy ejecting =
        replicas.setup().eject(1, Duration.ofMillis(100), WhileEjected.ERROR).start()) {
      RawClient other = ejecting.client();
      replicas.kill(0);
      Servers.reply(other, "get k");
      ejecting.awaitEjected(0);

      assertThat(Servers.reply(other, "add k 0 0 1/x")).isEqualTo("NOT_STORED");
      assertThat(Servers.reply(other, "replace k 0 0 1/x")).isEqualTo("STORED");
      assertThat(Servers.reply(other, "get k")).isEqualTo("VALUE k 0 1/x/END");
    }
  }

  @Test
  void versionAndMetaNoopAndQuitNeedNoServer() {
    for (int i = 0; i < 3; i++) {
      replicas.kill(i);
    }
    client.send("version\r\nmn\r\nquit\r\n").expect("VERSION 1.6.18\r\nMN\r\n").expectClosed();
  }
}
