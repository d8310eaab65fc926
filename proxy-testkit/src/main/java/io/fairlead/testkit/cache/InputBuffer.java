package io.fairlead.testkit.cache;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Bytes received and not used yet. */
final class InputBuffer {
  private byte[] bytes = new byte[16_384];
  private int start;
  private int end;

  /** Up to here there is no line end. */
  private int searched;

  void append(byte[] more, int offset, int length) {
    if (bytes.length - end < length) {
      compact(length);
    }
    System.arraycopy(more, offset, bytes, end, length);
    end += length;
  }

  int length() {
    return end - start;
  }

  boolean isEmpty() {
    return start == end;
  }

  int first() {
    return bytes[start] & 0xff;
  }

  String peek(int most) {
    return new String(bytes, start, Math.min(most, length()), ISO_8859_1);
  }

  /**
   * Takes a line, or gives null if there is no whole one. A line ends with LF or CR LF; like the C
   * string it is in memcached it also ends at a NUL.
   */
  @Nullable String takeLine() {
    int lineEnd = Math.max(start, searched);
    while (lineEnd < end && bytes[lineEnd] != '\n') {
      lineEnd++;
    }
    searched = lineEnd;
    if (lineEnd == end) {
      return null;
    }
    int textEnd = lineEnd;
    if (lineEnd - start > 1 && bytes[lineEnd - 1] == '\r') {
      textEnd--;
    }
    String line = new String(bytes, start, textEnd - start, ISO_8859_1);
    start = lineEnd + 1;
    int nul = line.indexOf(0);
    return nul < 0 ? line : line.substring(0, nul);
  }

  /** Moves as much as there is to {@code target} from that offset on; answers how much. */
  int take(byte[] target, int offset) {
    int count = Math.min(length(), target.length - offset);
    System.arraycopy(bytes, start, target, offset, count);
    start += count;
    return count;
  }

  long skip(long most) {
    long count = Math.min(length(), most);
    start += (int) count;
    return count;
  }

  private void compact(int room) {
    int length = length();
    int capacity = Math.max(bytes.length, Integer.highestOneBit(length + room) * 2);
    byte[] target = capacity == bytes.length ? bytes : new byte[capacity];
    System.arraycopy(bytes, start, target, 0, length);
    bytes =
        target.length > 16_384 && length + room <= 16_384 ? Arrays.copyOf(target, 16_384) : target;
    searched = Math.max(0, searched - start);
    start = 0;
    end = length;
  }
}
