package io.fairlead.testkit.cache;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * One connection: takes what a client sent, in any pieces, and writes the replies.
 *
 * <pre>
 *            line without body
 *          ┌──────┐
 *          ▼      │    storage line     body complete
 *         COMMAND ┴──────────────▶ BODY ─────────────▶ COMMAND
 *          │  └───────────────▶ SWALLOW ─────────────▶ COMMAND
 *          │    value too large, bad flags
 *          └─▶ CLOSED    quit, line too long, foreign protocol
 * </pre>
 *
 * <p>Replies leave when all input is used up and no body is awaited; memcached keeps them back
 * meanwhile, too. One thread at a time.
 */
public final class Session {
  /** What follows when the body of a storage command is there. */
  interface BodyReader {
    /**
     * Takes the body.
     *
     * @param value the announced number of bytes
     * @param terminated whether CR LF came after them
     */
    void onBody(byte[] value, boolean terminated);
  }

  private enum State {
    COMMAND,
    BODY,
    SWALLOW,
    CLOSED
  }

  /** A line may be longer only if its end comes with it or if it is a get. */
  private static final int MAX_UNFINISHED_LINE = 2_048;

  private static final int MAX_LEADING_SPACES = 100;
  private static final int BINARY_MAGIC = 0x80;
  private static final int FLUSH_ABOVE = 65_536;

  private final Cache cache;
  private final Commands commands;
  private final InputBuffer input = new InputBuffer();
  private final ByteArrayOutputStream replies = new ByteArrayOutputStream();
  private State state = State.COMMAND;
  private boolean isFirstByte = true;
  private byte[] body = new byte[0];
  private int bodyLength;
  private long bytesToSwallow;
  private @Nullable BodyReader bodyReader;

  /**
   * Opens a connection to that cache.
   *
   * @param version what the command {@code version} answers
   */
  public Session(Cache cache, String version) {
    this.cache = cache;
    this.commands = new Commands(cache, version);
    synchronized (cache) {
      cache.statistics().onConnected();
    }
  }

  /**
   * Executes what is complete now.
   *
   * @return false when the connection is to be closed after these replies
   */
  public boolean receive(byte[] bytes, int offset, int length, OutputStream out)
      throws IOException {
    input.append(bytes, offset, length);
    boolean progress = true;
    while (progress && state != State.CLOSED) {
      synchronized (cache) {
        progress = step();
      }
      if (replies.size() > FLUSH_ABOVE) {
        drainTo(out);
      }
    }
    synchronized (cache) {
      cache.statistics().add(Counter.BYTES_READ, length);
    }
    if (state == State.COMMAND || state == State.CLOSED) {
      drainTo(out);
    }
    return state != State.CLOSED;
  }

  /** Tells that the connection is gone. */
  public void close() {
    synchronized (cache) {
      cache.statistics().onDisconnected();
    }
  }

  void reply(String line) {
    replyBytes(line.getBytes(ISO_8859_1));
    replies.write('\r');
    replies.write('\n');
  }

  void replyBytes(byte[] bytes) {
    replies.write(bytes, 0, bytes.length);
  }

  boolean hasPendingReplies() {
    return replies.size() > 0;
  }

  /** Takes the next bytes as a value and hands it over when it is complete. */
  void readBody(int length, BodyReader reader) {
    body = new byte[length + 2];
    bodyLength = 0;
    bodyReader = reader;
    state = State.BODY;
  }

  /** Drops a value and its line end. */
  void swallowBody(int length) {
    bytesToSwallow = length + 2L;
    state = State.SWALLOW;
  }

  void closeAfterReplies() {
    state = State.CLOSED;
  }

  private boolean step() {
    return switch (state) {
      case COMMAND -> readCommand();
      case BODY -> readBody();
      case SWALLOW -> swallow();
      case CLOSED -> false;
    };
  }

  private boolean readCommand() {
    if (isFirstByte && !input.isEmpty()) {
      isFirstByte = false;
      if (input.first() == BINARY_MAGIC) {
        state = State.CLOSED;
        return false;
      }
    }
    String line = input.takeLine();
    if (line == null) {
      if (input.length() > MAX_UNFINISHED_LINE && !isGet()) {
        state = State.CLOSED;
      }
      return false;
    }
    commands.execute(line, this);
    return true;
  }

  private boolean isGet() {
    String start = input.peek(MAX_LEADING_SPACES + 5);
    String text = start.stripLeading();
    boolean isGet = text.startsWith("get ") || text.startsWith("gets ");
    return isGet && start.length() - text.length() <= MAX_LEADING_SPACES;
  }

  private boolean readBody() {
    bodyLength += input.take(body, bodyLength);
    if (bodyLength < body.length) {
      return false;
    }
    state = State.COMMAND;
    int length = bodyLength - 2;
    boolean terminated = body[length] == '\r' && body[length + 1] == '\n';
    byte[] value = new byte[length];
    System.arraycopy(body, 0, value, 0, length);
    BodyReader reader = bodyReader;
    bodyReader = null;
    body = new byte[0];
    if (reader != null) {
      reader.onBody(value, terminated);
    }
    return true;
  }

  private boolean swallow() {
    bytesToSwallow -= input.skip(bytesToSwallow);
    if (bytesToSwallow > 0) {
      return false;
    }
    state = State.COMMAND;
    return true;
  }

  private void drainTo(OutputStream out) throws IOException {
    if (replies.size() == 0) {
      return;
    }
    synchronized (cache) {
      cache.statistics().add(Counter.BYTES_WRITTEN, replies.size());
    }
    replies.writeTo(out);
    replies.reset();
    out.flush();
  }
}
