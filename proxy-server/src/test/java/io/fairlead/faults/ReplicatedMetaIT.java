package io.fairlead.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.it.LeakCheck;
import io.fairlead.testkit.RawClient;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Meta commands on three replicas: the same rules as for their classic twins. */
@ExtendWith(LeakCheck.class)
class ReplicatedMetaIT {
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

  /** A dash stands for no value. */
  @ParameterizedTest
  @CsvSource({
    // the command, what each server has before, the reply, what each server has afterwards
    "ms k 3/new,         a,-,c,     HD,      new,new,new",
    "ms k 3 T100 k/new,  a,-,c,     HD kk,   new,new,new",
    "ms k 3 q/new,       a,-,c,     '',      new,new,new",
    "ms k 3 MS/new,      a,-,c,     HD,      new,new,new",
    "ms k 3 ME/new,      -,b,-,     HD,      new,new,new",
    "ms k 3 ME/new,      a,-,-,     NS,      a,-,-",
    "ms k 3 ME q/new,    a,-,-,     NS,      a,-,-",
    "ms k 3 MR/new,      a,-,c,     HD,      new,new,new",
    "ms k 3 MR/new,      -,b,c,     NS,      -,b,c",
    "ms k 1 MA/x,        a,a,-,     HD,      ax,ax,-",
    "ms k 1 MA/x,        -,b,c,     NS,      -,b,c",
    "ms k 1 MP/x,        a,a,a,     HD,      xa,xa,xa",
    "ms k 3 C99999/new,  a,b,c,     EX,      a,b,c",
    "ms k 3 C1/new,      -,b,c,     NF,      -,b,c",
    "md k,               a,-,c,     HD,      -,-,-",
    "md k,               -,b,-,     HD,      -,-,-",
    "md k,               -,-,-,     NF,      -,-,-",
    "md k q,             a,b,c,     '',      -,-,-",
    "md k q,             -,-,-,     NF,      -,-,-",
    "md k C99999,        a,b,c,     EX,      a,b,c",
    "ma k,               5,5,5,     HD,      6,6,6",
    "ma k v D3,          5,5,-,     VA 1/8,  8,8,-",
    "ma k MD,            5,5,5,     HD,      4,4,4",
    "ma k N0 J7 v,       -,-,-,     VA 1/7,  7,7,7",
    "ma k,               -,5,5,     NF,      -,5,5",
    "ma k q,             5,5,5,     '',      6,6,6",
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
    List<String> before = List.of(first, second, third);
    for (int i = 0; i < 3; i++) {
      if (!before.get(i).equals("-")) {
        replicas.store(i, "k", before.get(i));
      }
    }

    assertThat(ask(request)).isEqualTo(reply);

    Await.until(
        request + " leaves " + List.of(firstAfter, secondAfter, thirdAfter),
        () -> replicas.values("k").equals(List.of(firstAfter, secondAfter, thirdAfter)));
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "2"})
  void readsTheReplicaThatHasTheKey(int server) {
    replicas.store(server, "k", "v");

    assertThat(ask("mg k v")).isEqualTo("VA 1/v");
    assertThat(ask("mg k s k Oabc")).isEqualTo("HD s1 kk Oabc");
    assertThat(ask("mg aw== b v")).isEqualTo("VA 1/v");
    assertThat(ask("mg none v")).isEqualTo("EN");
    assertThat(ask("mg none v q")).isEmpty();
    assertThat(ask("me k")).startsWith("ME k ");
  }

  @Test
  void readsFailOverWhenThePrimaryIsDead() {
    replicas.store(1, "k", "v");
    replicas.kill(0);

    for (int i = 0; i < 5; i++) {
      assertThat(ask("mg k v")).isEqualTo("VA 1/v");
    }
  }

  @Test
  void aReadThatTouchesDoesSoEverywhere() {
    ask("set k 0 0 1/v");

    assertThat(ask("mg k v T100")).isEqualTo("VA 1/v");

    Await.until(
        "all expire in 100 s",
        () -> replicas.onEach("mg k t").stream().allMatch(r -> r.matches("HD t(100|99|98)")));
  }

  @Test
  void aCasTokenIsThePrimarys() {
    replicas.store(0, "other", "x"); // so that tokens differ between the servers
    ask("set k 0 0 3/one");
    String token = ask("mg k c").substring("HD c".length());
    assertThat(replicas.on(0, "mg k c")).isEqualTo("HD c" + token);

    assertThat(ask("ms k 3 C" + token + "/two")).isEqualTo("HD");
    assertThat(replicas.values("k")).containsOnly("two");
    assertThat(ask("ms k 5 C" + token + "/three")).isEqualTo("EX");
    assertThat(replicas.values("k")).containsOnly("two");
  }

  @Test
  void vivifyingIsBetweenTheClientAndThePrimary() {
    assertThat(ask("mg k v N30 t")).isEqualTo("VA 0 t30 W/");
    assertThat(replicas.on(0, "mg k")).isEqualTo("HD Z"); // won already
    assertThat(replicas.on(1, "mg k")).isEqualTo("EN");
  }
}
