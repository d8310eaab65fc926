package io.fairlead;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Bytes of the protocol as text, one character for each byte. */
public final class Wire {
  private static final Pattern KEY = Pattern.compile("<(\\d+)>");
  private static final Pattern BYTE = Pattern.compile("\\\\x([0-9a-f]{2})");

  private Wire() {}

  /** A heap buffer, which need not be released. */
  public static ByteBuf buffer(String text) {
    return Unpooled.wrappedBuffer(bytes(text));
  }

  public static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  public static String text(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }

  public static String text(ByteBuf buffer) {
    return buffer.toString(ISO_8859_1);
  }

  public static String text(ByteBuf buffer, int from, int length) {
    return buffer.toString(from, length, ISO_8859_1);
  }

  /**
   * Writes out what a table has short: {@code <250>} for that many k's, {@code \x00} for a byte.
   */
  public static String expand(String spec) {
    String keys =
        KEY.matcher(spec).replaceAll(match -> "k".repeat(Integer.parseInt(match.group(1))));
    return BYTE.matcher(keys)
        .replaceAll(
            match ->
                Matcher.quoteReplacement(Character.toString(Integer.parseInt(match.group(1), 16))));
  }
}
