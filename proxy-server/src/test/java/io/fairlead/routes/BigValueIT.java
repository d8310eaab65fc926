package io.fairlead.routes;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.route.BigValueSettings;
import io.fairlead.config.route.PoolRouteSettings;
import io.fairlead.faults.Servers;
import io.fairlead.faults.TestProxy;
import io.fairlead.it.LeakCheck;
import io.fairlead.testkit.RawClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values of more than four bytes are stored in pieces, over three servers or on one. */
@ExtendWith(LeakCheck.class)
class BigValueIT {
  @RegisterExtension static final Servers servers = new Servers(3);

  @ParameterizedTest
  @CsvSource({
    "set k 5 0 10/0123456789,       STORED",
    "add k 5 0 10/0123456789,       STORED",
    "ms k 10 F5/0123456789,         HD",
    "ms k 10 F5 ME k O3/0123456789, HD kk O3",
  })
  void storesPiecesAndAnIndex(String request, String reply) {
    try (TestProxy proxy = startOnOne(0)) {
      assertThat(Servers.reply(proxy.client(), request)).isEqualTo(reply);
      assertThat(servers.on(0, "get k")).matches("VALUE k 32773 \\d+/1-3-\\d+/END");
      assertThat(piece(0)).isEqualTo("0123");
      assertThat(piece(1)).isEqualTo("4567");
      assertThat(piece(2)).isEqualTo("89");
    }
  }

  private static String pieceKey(int piece) {
    String suffix = servers.on(0, "get k").replaceAll(".*/1-3-(\\d+)/END", "$1");
    return "k:" + piece + ":" + suffix;
  }

  private static String piece(int piece) {
    return servers.values(pieceKey(piece)).get(0);
  }

  @ParameterizedTest
  @CsvSource({
    "get k,           VALUE k 5 10/0123456789/END",
    "get x k y,       VALUE k 5 10/0123456789/END",
    "gets k,          VALUE k 5 10 N/0123456789/END",
    "gat 0 k,         VALUE k 5 10/0123456789/END",
    "mg k v,          VA 10/0123456789",
    "mg k v f s k O1, VA 10 f5 s10 kk O1/0123456789",
    "mg k s v c,      VA 10 s10 cN/0123456789",
  })
  void joinsThePieces(String request, String reply) {
    for (int batch : new int[] {0, 1, 2}) {
      try (TestProxy proxy = startOnOne(batch)) {
        RawClient client = proxy.client();
        assertThat(Servers.reply(client, "set k 5 0 10/0123456789")).isEqualTo("STORED");
        assertThat(TwoServers.withoutNumbers(Servers.reply(client, request))).isEqualTo(reply);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"get k", "gets k", "gat 0 k", "mg k v"})
  void aMissingPieceIsAMiss(String request) {
    try (TestProxy proxy = startOnOne(2)) {
      for (int missing = 0; missing < 3; missing++) {
        RawClient client = proxy.client();
        assertThat(Servers.reply(client, "set k 5 0 10/0123456789")).isEqualTo("STORED");
        servers.on(0, "delete " + pieceKey(missing));
        assertThat(Servers.reply(client, request)).isIn("END", "EN");
      }
    }
  }

  @Test
  void piecesLiveAsLongAsTheIndex() {
    try (TestProxy proxy = startOnOne(0)) {
      Servers.reply(proxy.client(), "set k 5 500 10/0123456789");
      assertThat(servers.on(0, "mg " + pieceKey(2) + " t")).matches("HD t(500|499|498)");
      Servers.reply(proxy.client(), "gat 900 k");
      assertThat(servers.on(0, "mg " + pieceKey(2) + " t")).matches("HD t(900|899|898)");
      Servers.reply(proxy.client(), "mg k v T700");
      assertThat(servers.on(0, "mg " + pieceKey(2) + " t")).matches("HD t(700|699|698)");
      Servers.reply(proxy.client(), "ms k 10 T300/0123456789");
      assertThat(servers.on(0, "mg " + pieceKey(2) + " t")).matches("HD t(300|299|298)");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "set k 5 0 4/0123,       STORED,  VALUE k 5 4/0123/END",
    "append k 0 0 5/01234,   STORED,  VALUE k 0 6/x01234/END",
    "ms aw== 10 b/0123456789, HD,     VALUE k 0 10/0123456789/END",
    "incr n 1,               NOT_FOUND, VALUE k 0 1/x/END",
    "delete k,               DELETED, END",
  })
  void otherRequestsGoAsTheyAre(String request, String reply, String after) {
    servers.store(0, "k", "x");
    try (TestProxy proxy = startOnOne(0)) {
      assertThat(Servers.reply(proxy.client(), request)).isEqualTo(reply);
      assertThat(servers.on(0, "get k")).isEqualTo(after);
    }
  }

  @Test
  void conditionsHoldForTheIndex() {
    servers.store(0, "k", "x");
    try (TestProxy proxy = startOnOne(0)) {
      RawClient client = proxy.client();
      assertThat(Servers.reply(client, "add k 0 0 5/01234")).isEqualTo("NOT_STORED");
      assertThat(Servers.reply(client, "replace j 0 0 5/01234")).isEqualTo("NOT_STORED");
      assertThat(Servers.reply(client, "set k 0 0 5/01234")).isEqualTo("STORED");
      String cas = Servers.reply(client, "gets k").replaceAll("VALUE k 0 5 (\\d+)/.*", "$1");
      assertThat(Servers.reply(client, "cas k 0 0 6 1" + cas + "/abcdef")).isEqualTo("EXISTS");
      assertThat(Servers.reply(client, "cas k 0 0 6 " + cas + "/abcdef")).isEqualTo("STORED");
      assertThat(Servers.reply(client, "get k")).isEqualTo("VALUE k 0 6/abcdef/END");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "1-2", "1-0-5", "2-1-5", "1-99999999-5", "1-1-x", "1--1"})
  void aValueWithTheFlagThatIsNoIndexIsAnOrdinaryOne(String value) {
    servers.on(0, "set k 32768 0 " + value.length() + "/" + value);
    try (TestProxy proxy = startOnOne(0)) {
      RawClient client = proxy.client();
      assertThat(Servers.reply(client, "get k"))
          .isEqualTo("VALUE k 32768 " + value.length() + "/" + value + "/END");
      assertThat(Servers.reply(client, "mg k v")).isEqualTo("VA " + value.length() + "/" + value);
    }
  }

  @Test
  void aKeyWithoutRoomForPiecesIsStoredWhole() {
    String key = "k".repeat(240);
    try (TestProxy proxy = startOnOne(0)) {
      assertThat(Servers.reply(proxy.client(), "set " + key + " 0 0 6/012345")).isEqualTo("STORED");
      assertThat(servers.values(key).get(0)).isEqualTo("012345");
    }
  }

  /** More than a server takes in one piece. */
  @Test
  void storesAndReadsOneMebibyteOverThreeServers() {
    byte[] bytes = new byte[1 << 20];
    new Random(5).nextBytes(bytes);
    String value = new String(bytes, ISO_8859_1);
    try (TestProxy proxy =
        new RouteSetup(servers.ports())
            .wholePool("all")
            .start(new BigValueSettings(new PoolRouteSettings("all", null), 100_000, 3))) {
      RawClient client = proxy.client();
      client.send("set k 3 0 1048576\r\n" + value + "\r\n").expect("STORED\r\n");
      client.send("get k\r\n").expect("VALUE k 3 1048576\r\n" + value + "\r\nEND\r\n");
      client.send("mg k v f\r\n").expect("VA 1048576 f3\r\n" + value + "\r\n");
    }
  }

  @Test
  void aDeadServerIsTold() {
    try (TestProxy proxy =
        new RouteSetup(servers.ports())
            .wholePool("all")
            .start(new BigValueSettings(new PoolRouteSettings("all", null), 4, 0))) {
      RawClient client = proxy.client();
      String value = "v".repeat(200);
      assertThat(Servers.reply(client, "set k 0 0 200/" + value)).isEqualTo("STORED");
      servers.kill(1);
      assertThat(Servers.reply(client, "get k")).startsWith("SERVER_ERROR");
      assertThat(Servers.reply(client, "set k 0 0 200/" + value)).startsWith("SERVER_ERROR");
      assertThat(Servers.reply(client, "mg k v")).startsWith("SERVER_ERROR");
    }
  }

  @Test
  void refusesToJoinWhatThereIsNoRoomFor() {
    String value = "v".repeat(900_000);
    try (TestProxy proxy = new RouteSetup(servers.ports()).start(settings(100_000, 0))) {
      Servers.reply(proxy.client(), "set k 0 0 900000/" + value);
    }
    try (TestProxy proxy =
        new RouteSetup(servers.ports()).loopBytes(2 << 20).start(settings(100_000, 0))) {
      RawClient client = proxy.client();
      assertThat(Servers.reply(client, "get k")).startsWith("SERVER_ERROR");
      assertThat(Servers.reply(client, "set j 0 0 1/x")).isEqualTo("STORED");
    }
  }

  @Test
  void givesBackTheRoomThatPiecesTook() {
    String value = "v".repeat(200_000);
    try (TestProxy proxy =
        new RouteSetup(servers.ports()).loopBytes(3 << 20).start(settings(30_000, 3))) {
      RawClient client = proxy.client();
      for (int i = 0; i < 20; i++) {
        assertThat(Servers.reply(client, "set k 0 0 200000/" + value)).isEqualTo("STORED");
        assertThat(Servers.reply(client, "get k")).contains(value);
        assertThat(Servers.reply(client, "mg k v")).contains(value);
        servers.on(0, "flush_all");
        assertThat(Servers.reply(client, "get k")).isEqualTo("END");
      }
    }
  }

  @Test
  void answersPipelinedRequestsInOrder() {
    List<String> requests = new ArrayList<>();
    List<String> replies = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      String value = Integer.toString(i).repeat(1 + i % 9);
      requests.add("set k%d 0 0 %d\r\n%s\r\n".formatted(i, value.length(), value));
      requests.add("get k%d\r\n".formatted(i));
      replies.add("STORED\r\n");
      replies.add("VALUE k%d 0 %d\r\n%s\r\nEND\r\n".formatted(i, value.length(), value));
    }
    try (TestProxy proxy = startOnOne(2)) {
      RawClient client = proxy.client();
      for (int i = 0; i < requests.size(); i += 2) {
        client.send(requests.get(i)).expect(replies.get(i));
      }
      client.send(String.join("", requests)).expect(String.join("", replies));
    }
  }

  private static BigValueSettings settings(int threshold, int batch) {
    return new BigValueSettings(RouteSetup.pool(0), threshold, batch);
  }

  private static TestProxy startOnOne(int batch) {
    return new RouteSetup(servers.ports()).start(settings(4, batch));
  }
}
