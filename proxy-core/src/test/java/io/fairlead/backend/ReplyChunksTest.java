package io.fairlead.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.NoLeaks;
import io.fairlead.Seeded;
import io.fairlead.Wire;
import io.fairlead.loop.FakeSocket;
import io.fairlead.loop.TestLoop;
import io.fairlead.metrics.Counter;
import io.fairlead.protocol.Verb;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However the replies arrive, every request is told the same. */
@ExtendWith(NoLeaks.class)
class ReplyChunksTest {
  private static final String REPLIES =
      String.join(
          "",
          "VALUE b 7 3\r\n\r\nx\r\nVALUE d 0 0\r\n\r\nEND\r\n",
          "STORED\r\n",
          "END\r\n",
          "VALUE a 1 2 18446744073709551615\r\nEN\r\nEND\r\n",
          "18446744073709551615\r\n",
          "NOT_FOUND\r\n",
          "VA 3 t30 Oq\r\nHD\n\r\n",
          "EN Oq\r\n",
          "NF\r\n",
          "CLIENT_ERROR invalid flag\r\n",
          "SERVER_ERROR out of memory storing object\r\n",
          "OK\r\n",
          "VALUE e 0 5\r\nEND\r\n\r\nEND\r\n");

  private static final List<String> OUTCOMES =
      List.of(
          "0 miss",
          "1 VALUE b 7 3//x/",
          "2 miss",
          "3 VALUE d 0 0//",
          "4 STORED/",
          "5 miss",
          "6 VALUE a 1 2 18446744073709551615/EN/",
          "7 18446744073709551615/",
          "8 NOT_FOUND/",
          "9 VA 3 t30 Oq/HD\n/",
          "10 EN Oq/",
          "11 NF/",
          "12 CLIENT_ERROR invalid flag/",
          "13 SERVER_ERROR out of memory storing object/",
          "14 OK/",
          "15 VALUE e 0 5/END//");

  @RegisterExtension final TestLoop loop = new TestLoop();
  @RegisterExtension final Seeded seeded = new Seeded();

  private final FakeServer server = new FakeServer(loop);
  private final Outcomes outcomes = new Outcomes();
  private final FakeSocket socket = connect();

  private FakeSocket connect() {
    server.server().connect();
    return server.accept();
  }

  @AfterEach
  void theConnectionIsGood() {
    assertThat(server.count(Counter.PROTOCOL_VIOLATIONS)).isZero();
    assertThat(server.server().status().inFlight()).isZero();
    assertThat(socket.isOpen()).isTrue();
  }

  private void ask() {
    outcomes.forget();
    server.get(outcomes, 0, "a", "b", "c", "d");
    server.send(outcomes, 4, "set k 0 0 1\r\nx\r\n");
    server.get(outcomes, 5, "a");
    server.retrieve(Verb.GETS, 0, outcomes, 6, "a");
    server.send(outcomes, 7, "incr k 1\r\n");
    server.send(outcomes, 8, "delete k\r\n");
    server.send(outcomes, 9, "mg k v t Oq\r\n");
    server.send(outcomes, 10, "mg k v Oq\r\n");
    server.send(outcomes, 11, "md k\r\n");
    server.send(outcomes, 12, "ma k $\r\n");
    server.send(outcomes, 13, "ms k 1\r\nx\r\n");
    server.send(outcomes, 14, "flush_all\r\n");
    server.get(outcomes, 15, "e");
    loop.turn();
  }

  @Test
  void allInOne() {
    ask();
    socket.receive(REPLIES);

    assertThat(outcomes.told()).isEqualTo(OUTCOMES);
    assertThat(socket.sent())
        .isEqualTo(
            String.join(
                "",
                "get a b c d\r\nset k 0 0 1\r\nx\r\nget a\r\ngets a\r\nincr k 1\r\ndelete k\r\n",
                "mg k v t Oq\r\nmg k v Oq\r\nmd k\r\nma k $\r\nms k 1\r\nx\r\nflush_all\r\n",
                "get e\r\n"));
  }

  @Test
  void splitAnywhere() {
    for (int split = 1; split < REPLIES.length(); split++) {
      ask();
      socket.receive(REPLIES.substring(0, split));
      socket.receive(REPLIES.substring(split));

      assertThat(outcomes.told()).as("split at %d", split).isEqualTo(OUTCOMES);
    }
  }

  @Test
  void byteByByte() {
    ask();
    for (byte b : Wire.bytes(REPLIES)) {
      socket.receive(new byte[] {b});
    }

    assertThat(outcomes.told()).isEqualTo(OUTCOMES);
  }

  @RepeatedTest(20)
  void inRandomChunks() {
    ask();
    inRandomChunks(Wire.bytes(REPLIES), 20);

    assertThat(outcomes.told()).isEqualTo(OUTCOMES);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1000, (16 << 10) - 1, 16 << 10, 100_000, 1 << 20})
  void aValueOfAnySizePassedOnPieceByPieceOrWhole(int size) {
    String value = "v".repeat(size - 1) + "\r";
    for (boolean relays : new boolean[] {true, false}) {
      Outcomes told = new Outcomes(relays);
      server.get(told, 0, "before", "k", "after");
      server.send(told, 3, "mg k v Ox\r\n");
      loop.turn();

      inRandomChunks(
          Wire.bytes(
              "VALUE k 0 "
                  + size
                  + "\r\n"
                  + value
                  + "\r\nVALUE after 0 1\r\nx\r\nEND\r\nVA "
                  + size
                  + " Ox\r\n"
                  + value
                  + "\r\n"),
          30_000);

      assertThat(told.told())
          .containsExactly(
              "0 miss",
              "1 VALUE k 0 " + size + "/" + value + "/",
              "2 VALUE after 0 1/x/",
              "3 VA " + size + " Ox/" + value + "/");
      if (!relays || size < 16 << 10) {
        assertThat(told.pieces()).isZero();
      } else if (size >= 100_000) {
        assertThat(told.pieces()).isPositive();
      }
    }
  }

  private void inRandomChunks(byte[] bytes, int most) {
    Random random = seeded.random();
    for (int at = 0; at < bytes.length; ) {
      int length = Math.min(bytes.length - at, 1 + random.nextInt(most));
      socket.receive(Arrays.copyOfRange(bytes, at, at + length));
      at += length;
    }
  }
}
