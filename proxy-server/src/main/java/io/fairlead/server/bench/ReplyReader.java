package io.fairlead.server.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Takes the replies of one connection apart, however they are cut, and counts them. */
final class ReplyReader {
  private static final int LONGEST_LINE = 2048;

  private final Pending pending;
  private final Tally tally;
  private final byte[] line = new byte[LONGEST_LINE];
  private int length;
  private long valueBytesLeft;
  private int hits;

  ReplyReader(Pending pending, Tally tally) {
    this.pending = pending;
    this.tally = tally;
  }

  /**
   * Reads all of {@code in}.
   *
   * @return what makes the rest unreadable; null when all is well
   */
  @Nullable String read(ByteBuffer in, long nowNanos) {
    while (in.hasRemaining()) {
      if (valueBytesLeft > 0) {
        int skipped = (int) Math.min(valueBytesLeft, in.remaining());
        in.position(in.position() + skipped);
        valueBytesLeft -= skipped;
        continue;
      }
      byte next = in.get();
      if (next == '\n') {
        String problem = onLine(nowNanos);
        length = 0;
        if (problem != null) {
          return problem;
        }
      } else if (length < LONGEST_LINE) {
        line[length++] = next;
      }
    }
    return null;
  }

  private @Nullable String onLine(long nowNanos) {
    if (pending.size() == 0) {
      return "a reply came that nobody had asked for: " + text();
    }
    if (pending.keysOfGet() == 0) {
      tally.onSet(pending.due(), nowNanos, startsWith("STORED") ? null : text());
      pending.remove();
      return null;
    }
    if (startsWith("VALUE ")) {
      hits++;
      return beginValue();
    }
    boolean isEnd = startsWith("END");
    tally.onGet(pending.due(), nowNanos, hits, pending.keysOfGet() - hits, isEnd ? null : text());
    hits = 0;
    pending.remove();
    return null;
  }

  /** {@code VALUE key flags bytes}. */
  private @Nullable String beginValue() {
    int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
    long bytes = 0;
    long unit = 1;
    int at = end - 1;
    for (; at >= 0 && line[at] >= '0' && line[at] <= '9' && unit < 1L << 40; at--) {
      bytes += unit * (line[at] - '0');
      unit *= 10;
    }
    if (at < 0 || line[at] != ' ' || unit == 1) {
      return "a reply that is none of memcached: " + text();
    }
    valueBytesLeft = bytes + 2;
    return null;
  }

  private boolean startsWith(String word) {
    if (length < word.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if (line[i] != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** The line as it may be shown on a terminal. */
  private String text() {
    String text = new String(line, 0, Math.min(length, 120), ISO_8859_1).strip();
    return text.replaceAll("[^ -~]", "?");
  }
}
