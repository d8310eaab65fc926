package io.fairlead.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One recorded conversation: what was sent, in parts with a pause between them, and what came back
 * to each part.
 */
public record EdgeCase(String id, List<Part> parts) {
  /** What was sent, one character per byte, and the reply to it. */
  public record Part(String input, Reply reply) {}

  /** What became of the connection after a part was sent. */
  public enum Connection {
    OPEN,
    CLOSED,
    /** The part could not be sent: the connection had been closed before. */
    NOT_SENT
  }

  /** Bytes of a reply, one character per byte, and the state of the connection after them. */
  public record Reply(String bytes, Connection connection) {
    /** In the notation of the file. */
    @Override
    public String toString() {
      return switch (connection) {
        case OPEN -> bytes.isEmpty() ? VectorFile.TIMEOUT : Escapes.encode(bytes);
        case CLOSED ->
            bytes.isEmpty() ? VectorFile.CLOSED : Escapes.encode(bytes) + VectorFile.THEN_CLOSED;
        case NOT_SENT -> VectorFile.NOT_SENT;
      };
    }
  }

  public EdgeCase {
    parts = List.copyOf(parts);
  }

  /** The recorded replies, part by part. */
  public List<Reply> expected() {
    return parts.stream().map(Part::reply).toList();
  }

  /**
   * Sends the parts and returns what came back. A part is over when the recorded number of bytes is
   * there, the connection is closed or the deadline of the client is over, and then nothing more
   * came for {@code quiet}.
   */
  public List<Reply> replay(RawClient client, Duration quiet) {
    List<Reply> replies = new ArrayList<>();
    for (Part part : parts) {
      if (client.isClosed()) {
        replies.add(new Reply("", Connection.NOT_SENT));
        continue;
      }
      client.send(part.input());
      boolean closes = part.reply().connection() == Connection.CLOSED;
      client.await(part.reply().bytes().length(), closes);
      String bytes = client.readUntilQuiet(quiet);
      replies.add(new Reply(bytes, client.isClosed() ? Connection.CLOSED : Connection.OPEN));
    }
    return replies;
  }

  @Override
  public String toString() {
    return id;
  }
}
