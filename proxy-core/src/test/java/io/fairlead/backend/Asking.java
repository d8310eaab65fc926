package io.fairlead.backend;

import io.fairlead.loop.FakeSocket;
import io.fairlead.loop.TestLoop;
import io.fairlead.metrics.Counter;
import io.fairlead.protocol.Verb;

/** A server that has been asked one request of each kind and has not replied yet. */
final class Asking {
  /** Slots from 0 on are numbered in the order in which replies are due. */
  static final int REQUESTS = 16;

  private static final String[] KEYS = {"a", "b", "c", "d"};
  private final FakeServer server;
  private final FakeSocket socket;

  Asking(TestLoop loop, Outcomes outcomes) {
    server = new FakeServer(loop);
    server.server().connect();
    socket = server.accept();
    server.get(outcomes, 0, KEYS);
    server.send(outcomes, 4, "set k 0 0 1\r\nx\r\n");
    server.get(outcomes, 5, "a");
    server.retrieve(Verb.GETS, 0, outcomes, 6, "a");
    server.send(outcomes, 7, "incr k 1\r\n");
    server.send(outcomes, 8, "delete k\r\n");
    server.send(outcomes, 9, "mg k v t Oq\r\n");
    server.send(outcomes, 10, "touch k 1\r\n");
    server.send(outcomes, 11, "md k\r\n");
    server.send(outcomes, 12, "ma k $\r\n");
    server.send(outcomes, 13, "ms k 1\r\nx\r\n");
    server.send(outcomes, 14, "flush_all\r\n");
    server.get(outcomes, 15, "e");
    loop.turn();
  }

  FakeSocket socket() {
    return socket;
  }

  /** Whether keys were asked for once more. */
  boolean hasAskedAgain() {
    return server.count(Counter.RETRIES) > 0;
  }

  /** The key of a get. */
  static String keyOf(int slot) {
    return switch (slot) {
      case 0, 1, 2, 3 -> KEYS[slot];
      case 15 -> "e";
      default -> "a";
    };
  }
}
