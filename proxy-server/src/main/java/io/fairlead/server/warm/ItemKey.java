package io.fairlead.server.warm;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** A key as bytes, in the forms in which it is written. */
final class ItemKey {
  private final byte[] bytes;

  ItemKey(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The key of a line {@code key=… exp=… size=…} of a dump, or null when it is none. */
  static @Nullable ItemKey ofDump(String line) {
    int end = line.indexOf(' ');
    if (!line.startsWith("key=") || end < 0) {
      return null;
    }
    return new ItemKey(decoded(line.substring("key=".length(), end)));
  }

  /** Bytes other than letters and digits are written as %XX there. */
  private static byte[] decoded(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      int hex = text.charAt(i) == '%' && i + 2 < text.length() ? hex(text, i + 1) : -1;
      bytes.write(hex < 0 ? text.charAt(i) : hex);
      i += hex < 0 ? 0 : 2;
    }
    return bytes.toByteArray();
  }

  private static int hex(String text, int at) {
    int high = Character.digit(text.charAt(at), 16);
    int low = Character.digit(text.charAt(at + 1), 16);
    return high < 0 || low < 0 ? -1 : 16 * high + low;
  }

  byte[] bytes() {
    return bytes;
  }

  boolean startsWith(byte[] prefix) {
    if (bytes.length < prefix.length) {
      return false;
    }
    for (int i = 0; i < prefix.length; i++) {
      if (bytes[i] != prefix[i]) {
        return false;
      }
    }
    return true;
  }

  /** Whether only meta commands can name it, in base64, as it has spaces or control bytes. */
  boolean isBinary() {
    for (byte each : bytes) {
      if ((each & 0xff) <= ' ' || each == 0x7f) {
        return true;
      }
    }
    return false;
  }

  /** As a meta command names it: one character for each byte, in base64 where it has to be. */
  String text() {
    return isBinary()
        ? new String(Base64.getEncoder().encode(bytes), US_ASCII)
        : new String(bytes, ISO_8859_1);
  }

  /** The flag that says so. */
  String flag() {
    return isBinary() ? " b" : "";
  }
}
