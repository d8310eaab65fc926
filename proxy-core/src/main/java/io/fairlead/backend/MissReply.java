package io.fairlead.backend;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.fairlead.protocol.Ascii;
import io.fairlead.protocol.Command;
import io.netty.buffer.ByteBuf;

/** What memcached answers to a meta delete of a key that it has not: NF, opaque and key. */
final class MissReply {
  private static final byte[] NF = "NF".getBytes(US_ASCII);
  private static final byte[] BASE64_FLAG = " b".getBytes(US_ASCII);

  private final byte[] key = new byte[Ascii.MAX_KEY_BYTES];
  private int keyLength;
  private byte[] flags = new byte[64];
  private int flagsLength;
  private boolean isBase64;

  /** Keeps what the reply to a command needs. */
  void isFor(Command command, ByteBuf in) {
    isBase64 = command.meta().has('b');
    keyLength = command.copyWrittenKey(in, key);
    flagsLength = Math.max(0, command.argumentsTo() - command.argumentsFrom());
    flags = copy(in, command.argumentsFrom(), flagsLength, flags);
  }

  private static byte[] copy(ByteBuf in, int from, int length, byte[] target) {
    byte[] copy = length <= target.length ? target : new byte[length];
    in.getBytes(from, copy, 0, length);
    return copy;
  }

  void write(ByteBuf out) {
    out.writeBytes(NF);
    int at = 0;
    while (at < flagsLength) {
      int end = at;
      while (end < flagsLength && flags[end] != ' ') {
        end++;
      }
      if (end > at) {
        writeFlag(out, at, end);
      }
      at = end + 1;
    }
    out.writeByte('\r').writeByte('\n');
  }

  private void writeFlag(ByteBuf out, int from, int end) {
    if (flags[from] == 'O') {
      out.writeByte(' ').writeBytes(flags, from, end - from);
    } else if (flags[from] == 'k') {
      out.writeByte(' ').writeByte('k').writeBytes(key, 0, keyLength);
      if (isBase64) {
        out.writeBytes(BASE64_FLAG);
      }
    }
  }
}
