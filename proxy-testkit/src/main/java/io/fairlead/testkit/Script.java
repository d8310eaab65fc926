package io.fairlead.testkit;

import java.io.IOException;
import java.time.Duration;
import java.util.function.UnaryOperator;

/**
 * What a {@link ScriptedBackend} does on one connection, from accept to close.
 *
 * <p>A script is plain code on its own thread, for example
 *
 * <pre>{@code
 * peer -> {
 *   peer.expect("get k\r\n");
 *   peer.send("VALUE k 0 5\r\nhel");
 *   peer.pause(Duration.ofMillis(20));
 *   peer.reset();
 * }
 * }</pre>
 *
 * <p>When it returns, the connection stays open and whatever still arrives is read and recorded. An
 * end of the stream or a broken connection in the middle of it just ends it.
 */
@FunctionalInterface
public interface Script {
  void run(ScriptedConnection peer) throws IOException, InterruptedException;

  /**
   * Answers every request. The argument is the command line without its line end; the body of a
   * storage command is read before and not passed. An empty answer sends nothing.
   */
  static Script answering(UnaryOperator<String> answer) {
    return peer -> {
      while (true) {
        peer.send(answer.apply(peer.nextRequest()));
      }
    };
  }

  /** Answers every request that long after it arrived or the one before it was answered. */
  static Script answeringAfter(Duration delay, UnaryOperator<String> answer) {
    return peer -> {
      while (true) {
        String request = peer.nextRequest();
        peer.pause(delay);
        peer.send(answer.apply(request));
      }
    };
  }

  /** Answers every request in pieces of {@code size} bytes with a pause between them. */
  static Script answeringInPieces(int size, Duration pause, UnaryOperator<String> answer) {
    return peer -> {
      while (true) {
        peer.sendInPieces(answer.apply(peer.nextRequest()), size, pause);
      }
    };
  }

  /** Reads everything and never answers. */
  static Script silent() {
    return peer -> {};
  }

  /** Closes as soon as the connection is accepted. */
  static Script closing() {
    return ScriptedConnection::close;
  }

  /** Resets as soon as the connection is accepted. */
  static Script resetting() {
    return ScriptedConnection::reset;
  }

  /** Answers {@code count} requests and closes when the next one comes, without an answer to it. */
  static Script closingAfter(int count, UnaryOperator<String> answer) {
    return peer -> {
      for (int i = 0; i < count; i++) {
        peer.send(answer.apply(peer.nextRequest()));
      }
      peer.nextRequest();
      peer.close();
    };
  }

  /** Sends these bytes unasked, then never answers. */
  static Script sending(String bytes) {
    return peer -> peer.send(bytes);
  }
}
