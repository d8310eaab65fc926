package io.fairlead.frontend;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;

/** Keys that the proxy answers by itself: those that begin with {@code __mcrouter__.} */
final class OwnKeys {
  private static final byte[] PREFIX = "__mcrouter__.".getBytes(US_ASCII);
  private static final long FIRST_EIGHT = ByteBuffer.wrap(PREFIX).getLong();

  private OwnKeys() {}

  /** Whether the key at a place of {@code in} is one. */
  static boolean isOne(ByteBuf in, int from, int length) {
    return length >= PREFIX.length && in.getLong(from) == FIRST_EIGHT && matchesRest(in, from);
  }

  private static boolean matchesRest(ByteBuf in, int from) {
    for (int i = Long.BYTES; i < PREFIX.length; i++) {
      if (in.getByte(from + i) != PREFIX[i]) {
        return false;
      }
    }
    return true;
  }

  /** The value of such a key, as the part of a reply that it is. */
  static byte[] found(Introspection introspection, ByteBuf in, int from, int length) {
    // Latin 1 keeps every byte of the key as it is.
    String key = in.toString(from, length, ISO_8859_1);
    byte[] value = introspection.value(key);
    byte[] line = ("VALUE " + key + " 0 " + value.length + "\r\n").getBytes(ISO_8859_1);
    byte[] reply = new byte[line.length + value.length + 2];
    System.arraycopy(line, 0, reply, 0, line.length);
    System.arraycopy(value, 0, reply, line.length, value.length);
    reply[reply.length - 2] = '\r';
    reply[reply.length - 1] = '\n';
    return reply;
  }
}
