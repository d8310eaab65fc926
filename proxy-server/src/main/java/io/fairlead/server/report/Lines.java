package io.fairlead.server.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Bytes on their way to an output, of which there may be millions of lines: no string is made of
 * what is bytes already.
 */
final class Lines {
  private static final int FLUSH_AT = 1 << 16;

  private final OutputStream out;
  private byte[] bytes = new byte[2 * FLUSH_AT];
  private int size;

  Lines(OutputStream out) {
    this.out = out;
  }

  Lines text(String text) {
    return bytes(text.getBytes(UTF_8));
  }

  Lines bytes(byte[] added) {
    return bytes(added, 0, added.length);
  }

  Lines bytes(byte[] added, int from, int length) {
    reserve(length);
    System.arraycopy(added, from, bytes, size, length);
    size += length;
    return this;
  }

  /** A number from 0 on, in decimal. */
  Lines number(long number) {
    return number(number, 1);
  }

  /** A number from 0 on, in decimal, with blanks before it up to {@code width}. */
  Lines number(long number, int width) {
    int digits = digits(number);
    int wanted = Math.max(digits, width);
    reserve(wanted);
    long rest = number;
    for (int at = size + wanted - 1; at >= size; at--) {
      boolean isBlank = at < size + wanted - digits;
      bytes[at] = (byte) (isBlank ? ' ' : '0' + rest % 10);
      rest /= 10;
    }
    size += wanted;
    return this;
  }

  /** Ends the line; passes lines on once there are many. */
  void end() throws IOException {
    reserve(1);
    bytes[size++] = '\n';
    if (size >= FLUSH_AT) {
      flush();
    }
  }

  void flush() throws IOException {
    out.write(bytes, 0, size);
    out.flush();
    size = 0;
  }

  static int digits(long number) {
    int digits = 1;
    for (long rest = number / 10; rest != 0; rest /= 10) {
      digits++;
    }
    return digits;
  }

  private void reserve(int length) {
    if (bytes.length - size < length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + length));
    }
  }
}
