package io.fairlead.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.NoLeaks;
import io.fairlead.Seeded;
import io.fairlead.Wire;
import io.fairlead.loop.FakeSocket;
import io.fairlead.loop.TestLoop;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests mean the same however they arrive and whenever they are answered: the same is asked of
 * the route, in the same order, and the client is told the same.
 */
@ExtendWith(NoLeaks.class)
class RequestSplitProperties {
  private static final int REQUESTS = 30;

  @RegisterExtension final TestLoop loop = new TestLoop();
  @RegisterExtension final Seeded seeded = new Seeded();

  private final Random random = seeded.random();
  private final byte[] pipeline = new RandomRequests(random).pipeline(REQUESTS);

  /** What came of a pipeline. */
  private record Result(List<String> asked, String told, boolean open) {}

  @RepeatedTest(100)
  void inRandomChunks() {
    assertThat(chunks(300, false)).isEqualTo(whole(pipeline));
  }

  @RepeatedTest(10)
  void inSmallChunks() {
    assertThat(chunks(3, false)).isEqualTo(whole(pipeline));
  }

  @RepeatedTest(100)
  void inRandomChunksAnsweredInRandomOrder() {
    assertThat(chunks(300, true)).isEqualTo(whole(pipeline));
  }

  @RepeatedTest(60)
  void inTwoPieces() {
    int split = random.nextInt(pipeline.length);
    FakeClients clients = new FakeClients(loop);
    FakeSocket socket = clients.connect();

    socket.receive(Arrays.copyOf(pipeline, split));
    socket.receive(Arrays.copyOfRange(pipeline, split, pipeline.length));

    assertThat(result(clients, socket)).as("split at %d", split).isEqualTo(whole(pipeline));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "get k\r\n",
        "get a b\r\nget c\r\n",
        "set k 0 0 3\r\nabc\r\nset k 0 0 3 noreply\r\nabcd\r\nmn\r\n",
        "set k x 0 3\r\nabc\r\nmn\r\n",
        "set k 0 0 x\r\nmn\r\n",
        "ms k 2 q\r\nab\r\nmn\r\n",
        "\u0080\u0001\n\nget k\r\n",
        "get k\r\n\u0080\u0001\n\n",
        "mn\r\nquit\r\nmn\r\n",
        "a HTTP/1.0\r\nmn\r\n",
        "mn\r\nPOST / HTTP/1.0\r\nmn\r\n",
        "GET k\r\nGET h\r\nCONNECT\r\nGET http:\r\nmn\r\n",
        "\u0016\u0003\u0001\nmn\r\n",
        "\n\r\n \r\nget k\r\r\nget k\n",
      })
  void splitAnywhere(String requests) {
    byte[] bytes = Wire.bytes(requests);
    Result whole = whole(bytes);
    for (int split = 1; split < bytes.length; split++) {
      FakeClients clients = new FakeClients(loop);
      FakeSocket socket = clients.connect();

      socket.receive(Arrays.copyOf(bytes, split));
      socket.receive(Arrays.copyOfRange(bytes, split, bytes.length));

      assertThat(result(clients, socket)).as("split at %d", split).isEqualTo(whole);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 101, 2045, 2049})
  void spacesBeforeALongGet(int spaces) {
    byte[] bytes =
        Wire.bytes(" ".repeat(spaces) + "get" + (" " + "k".repeat(200)).repeat(15) + "\r\n");
    Result whole = whole(bytes);
    for (int split : new int[] {spaces + 2, spaces + 4, 2049, 2051}) {
      FakeClients clients = new FakeClients(loop);
      FakeSocket socket = clients.connect();

      socket.receive(Arrays.copyOf(bytes, split));
      socket.receive(Arrays.copyOfRange(bytes, split, bytes.length));

      assertThat(result(clients, socket)).as("split at %d", split).isEqualTo(whole);
    }
  }

  private Result whole(byte[] bytes) {
    FakeClients clients = new FakeClients(loop);
    FakeSocket socket = clients.connect();
    socket.receive(bytes);
    return result(clients, socket);
  }

  private Result chunks(int most, boolean answersLater) {
    FakeClients clients = new FakeClients(loop);
    FakeSocket socket = clients.connect();
    if (answersLater) {
      clients.route.waitToAnswer();
    }
    for (int at = 0; at < pipeline.length; ) {
      int length = Math.min(pipeline.length - at, 1 + random.nextInt(most));
      socket.read(Arrays.copyOfRange(pipeline, at, at + length));
      at += length;
      if (random.nextBoolean()) {
        loop.turn();
      }
      answerSome(clients.route);
    }
    loop.turn();
    while (clients.route.waiting() > 0) {
      clients.route.answer(random.nextInt(clients.route.waiting()));
      loop.turn();
    }
    return result(clients, socket);
  }

  private void answerSome(FakeRoute route) {
    while (route.waiting() > 0 && random.nextInt(3) > 0) {
      route.answer(random.nextInt(route.waiting()));
    }
  }

  private static Result result(FakeClients clients, FakeSocket socket) {
    return new Result(clients.route.asked(), socket.sent(), socket.isOpen());
  }
}
