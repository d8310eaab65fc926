package io.fairlead.testkit;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;

/** Cuts what a client sends into requests: lines, and the values that follow them. */
final class RequestCutter {
  private static final Set<String> STORES =
      Set.of("set", "add", "replace", "append", "prepend", "cas");

  private final InputStream in;
  private byte[] bytes = new byte[64 << 10];
  private int from;
  private int to;
  private int lineEnd;

  RequestCutter(InputStream in) {
    this.in = in;
  }

  /** Whether a line has come, so that {@link #nextLine} does not wait. */
  boolean hasLine() {
    return lineFeed() >= 0;
  }

  private int lineFeed() {
    for (int at = from; at < to; at++) {
      if (bytes[at] == '\n') {
        return at;
      }
    }
    return -1;
  }

  /** The next line without its line end; what follows of its request is not waited for. */
  String nextLine() throws IOException {
    int lineFeed = lineFeed();
    while (lineFeed < 0) {
      fill();
      lineFeed = lineFeed();
    }
    lineEnd = lineFeed + 1;
    return Latin1.text(bytes, from, Math.max(0, lineFeed - 1 - from));
  }

  /** The bytes of the request that the line begins, all of which have come when this returns. */
  byte[] takeRequest(String line) throws IOException {
    int body = bodyLength(line);
    int length = lineEnd - from + (body < 0 ? 0 : body + 2);
    while (to - from < length) {
      fill();
    }
    byte[] request = new byte[length];
    System.arraycopy(bytes, from, request, 0, length);
    from += length;
    return request;
  }

  private void fill() throws IOException {
    if (from > 0) {
      System.arraycopy(bytes, from, bytes, 0, to - from);
      to -= from;
      lineEnd -= from;
      from = 0;
    }
    if (to == bytes.length) {
      byte[] larger = new byte[2 * to];
      System.arraycopy(bytes, 0, larger, 0, to);
      bytes = larger;
    }
    int read = in.read(bytes, to, bytes.length - to);
    if (read < 0) {
      throw new EOFException();
    }
    to += read;
  }

  private static int bodyLength(String line) {
    String[] words = line.split(" ", -1);
    int position = STORES.contains(words[0]) ? 4 : words[0].equals("ms") ? 2 : -1;
    return position < 0 ? -1 : Integer.parseInt(words[position]);
  }
}
