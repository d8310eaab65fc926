package io.fairlead.json;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** The text that the bytes of a file stand for, or where they stand for none. */
final class Utf8 {
  private Utf8() {}

  static String decode(String file, byte[] bytes) {
    refuseByteOrderMark(file, bytes);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
    String text = out.flip().toString();
    if (result.isError()) {
      throw new JsonException(
          endOf(file, text),
          String.format("the byte 0x%02x (expected: UTF-8 text)", in.get(in.position())));
    }
    return text;
  }

  private static void refuseByteOrderMark(String file, byte[] bytes) {
    boolean utf8 = startsWith(bytes, 0xef, 0xbb, 0xbf);
    boolean utf16 = startsWith(bytes, 0xff, 0xfe) || startsWith(bytes, 0xfe, 0xff);
    if (utf8 || utf16) {
      throw new JsonException(
          new Position(file, 1, 1),
          "a byte order mark"
              + (utf16 ? " of UTF-16" : "")
              + " (expected: UTF-8 text without one)");
    }
  }

  private static boolean startsWith(byte[] bytes, int... start) {
    if (bytes.length < start.length) {
      return false;
    }
    for (int i = 0; i < start.length; i++) {
      if ((bytes[i] & 0xff) != start[i]) {
        return false;
      }
    }
    return true;
  }

  private static Position endOf(String file, String text) {
    Source source = new Source(file, text);
    while (!source.isAtEnd()) {
      source.next();
    }
    return source.position();
  }
}
