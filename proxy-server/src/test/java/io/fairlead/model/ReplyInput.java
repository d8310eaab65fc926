package io.fairlead.model;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Lines and values of replies, as text with a character for each byte. */
final class ReplyInput {
  private static final int SHOWN = 200;

  private final InputStream in;
  private byte[] bytes = new byte[256 << 10];
  private int from;
  private int to;

  ReplyInput(InputStream in) {
    this.in = in;
  }

  /** The next line, without its CR LF. */
  String line() throws IOException {
    int at = from;
    while (true) {
      for (; at < to; at++) {
        if (bytes[at] == '\n') {
          String line = new String(bytes, from, at - from, ISO_8859_1);
          from = at + 1;
          if (!line.endsWith("\r")) {
            throw new WrongReply("a line that does not end in CR LF: " + line);
          }
          return line.substring(0, line.length() - 1);
        }
      }
      at -= from;
      fill();
    }
  }

  /** A value, of which the line end is taken too. */
  String value(int length) throws IOException {
    while (to - from < length + 2) {
      fill();
    }
    String value = new String(bytes, from, length, ISO_8859_1);
    from += length + 2;
    if (bytes[from - 2] != '\r' || bytes[from - 1] != '\n') {
      throw new WrongReply("a value that does not end in CR LF");
    }
    return value;
  }

  /** Whether something has come that was not taken. */
  boolean hasMore() throws IOException {
    return from < to || in.available() > 0;
  }

  private void fill() throws IOException {
    System.arraycopy(bytes, from, bytes, 0, to - from);
    to -= from;
    from = 0;
    if (to == bytes.length) {
      throw new WrongReply("more bytes than any reply has");
    }
    int read = in.read(bytes, to, bytes.length - to);
    if (read < 0) {
      throw new EOFException();
    }
    to += read;
  }

  /** What was taken last, and what has come since. */
  @Override
  public String toString() {
    int start = Math.max(0, from - SHOWN);
    int end = Math.min(to, from + SHOWN);
    String taken = new String(bytes, start, from - start, ISO_8859_1);
    return "..." + taken + " | " + new String(bytes, from, end - from, ISO_8859_1);
  }
}
