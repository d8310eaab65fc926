package io.fairlead.it;

import io.fairlead.testkit.EdgeCase;
import io.fairlead.testkit.EdgeCase.Connection;
import io.fairlead.testkit.EdgeCase.Part;
import io.fairlead.testkit.EdgeCase.Reply;
import io.fairlead.testkit.RawClient;
import java.time.Duration;

/**
 * Plays one recorded conversation after another and compares every byte, without waiting for time
 * to pass where the expected reply tells when to go on.
 *
 * <p>A second connection shows how far the proxy is: with one event loop, its reply comes after
 * everything that was sent before on the first connection has been read. A conversation that ends
 * in step is followed by {@code mn}, whose reply must be the next bytes. Not for several threads.
 */
final class Conversation implements AutoCloseable {
  /** For parts that are sent whole. */
  static final int NOWHERE = -1;

  private static final String NOOP = "mn\r\n";
  private static final String NOOP_REPLY = "MN\r\n";
  private static final String ASK_A_SERVER = "get no-such-key\r\n";
  private static final String SERVER_ANSWERED = "END\r\n";

  private final ProxyUnderTest proxy;
  private final Duration quiet;
  private final Pieces pieces;
  private final RawClient second;
  private RawClient first;

  /** How a client sends what it has to send. */
  interface Pieces {
    Pieces ALL_AT_ONCE = (client, text, barrier) -> client.send(text);

    /**
     * Sends all of it, unless the connection is closed meanwhile.
     *
     * @param barrier returns when the proxy has read what was sent, and the client what was
     *     answered
     */
    void send(RawClient client, String text, Runnable barrier);
  }

  /**
   * @param quiet how long a connection must stay silent when no reply is expected
   */
  Conversation(ProxyUnderTest proxy, Duration quiet) {
    this(proxy, quiet, Pieces.ALL_AT_ONCE);
  }

  Conversation(ProxyUnderTest proxy, Duration quiet, Pieces pieces) {
    this.proxy = proxy;
    this.quiet = quiet;
    this.pieces = pieces;
    this.first = proxy.connect();
    this.second = proxy.connect();
  }

  /** Plays it on a connection that is new or in step; throws an AssertionError when it differs. */
  void play(EdgeCase row) {
    play(row, NOWHERE, 0);
  }

  /**
   * Plays it with one part arriving in two pieces.
   *
   * @param at how many bytes of the part come first
   */
  void play(EdgeCase row, int splitPart, int at) {
    boolean inStep = false;
    try {
      for (int i = 0; i < row.parts().size(); i++) {
        play(row.parts().get(i), i == splitPart ? at : 0);
      }
      inStep = endsInStep(row);
    } finally {
      if (!inStep) {
        first.close();
        first = proxy.connect();
      }
    }
  }

  @Override
  public void close() {
    first.close();
    second.close();
  }

  private void play(Part part, int splitAt) {
    Reply reply = part.reply();
    if (reply.connection() == Connection.NOT_SENT) {
      first.expectClosed();
      return;
    }
    String early = splitAt == 0 ? "" : sendFirstPiece(part.input().substring(0, splitAt));
    if (!reply.bytes().startsWith(early)) {
      throw new AssertionError("early reply: " + early);
    }
    if (!first.isClosed()) {
      pieces.send(first, part.input().substring(splitAt), this::catchUp);
    }
    if (reply.connection() == Connection.OPEN && reply.bytes().isEmpty()) {
      second.send(ASK_A_SERVER).expect(SERVER_ANSWERED);
      first.expectSilence(quiet);
      return;
    }
    first.expect(reply.bytes().substring(early.length()));
    if (reply.connection() == Connection.CLOSED) {
      first.expectClosed();
    }
  }

  /** What is sent to a closed connection would make the client lose what it has not read yet. */
  private void catchUp() {
    second.send(NOOP).expect(NOOP_REPLY);
    first.receiveFor(Duration.ZERO);
  }

  /** Returns when the piece has been read, with what was answered to it already. */
  private String sendFirstPiece(String piece) {
    first.send(piece);
    second.send(NOOP).expect(NOOP_REPLY);
    return first.readUntilQuiet(Duration.ZERO);
  }

  /** A silent connection may have half a request; it is not used again. */
  private boolean endsInStep(EdgeCase row) {
    Reply last = row.parts().get(row.parts().size() - 1).reply();
    if (last.connection() != Connection.OPEN || last.bytes().isEmpty()) {
      return false;
    }
    first.send(NOOP).expect(NOOP_REPLY);
    return true;
  }
}
