package io.fairlead.protocol;

import io.netty.buffer.ByteBuf;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Bytes of keys, eight at a time: most are twenty to fifty bytes long, and all are looked at. */
public final class Words {
  /*
   * The last eight bytes may overlap with those before, so that nothing outside of what is meant is
   * ever touched.
   */
  private static final int BYTES = Long.BYTES;

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long HIGHS = 0x8080808080808080L;
  private static final long ONES = 0x0101010101010101L;

  /** What brings the first byte that a key may have, but for its highest bit, to 0x80. */
  private static final long FROM_FIRST_OF_KEY = (0x80 - 0x21) * ONES;

  private Words() {}

  /** Whether the first {@code length} bytes of {@code key} are those at a place of {@code in}. */
  public static boolean equal(byte[] key, int length, ByteBuf in, int from) {
    int last = length - BYTES;
    if (last < 0) {
      return equalBytes(key, length, in, from);
    }
    for (int i = 0; i < last; i += BYTES) {
      if ((long) WORDS.get(key, i) != in.getLongLE(from + i)) {
        return false;
      }
    }
    return (long) WORDS.get(key, last) == in.getLongLE(from + last);
  }

  private static boolean equalBytes(byte[] key, int length, ByteBuf in, int from) {
    for (int i = 0; i < length; i++) {
      if (in.getByte(from + i) != key[i]) {
        return false;
      }
    }
    return true;
  }

  /** Copies {@code length} bytes at a place of {@code in} to the beginning of {@code key}. */
  public static void copy(ByteBuf in, int from, int length, byte[] key) {
    int last = length - BYTES;
    if (last < 0) {
      for (int i = 0; i < length; i++) {
        key[i] = in.getByte(from + i);
      }
      return;
    }
    for (int i = 0; i < last; i += BYTES) {
      WORDS.set(key, i, in.getLongLE(from + i));
    }
    WORDS.set(key, last, in.getLongLE(from + last));
  }

  /** Appends the first {@code length} bytes of {@code key}, for which there is room. */
  static void write(ByteBuf out, byte[] key, int length) {
    int to = out.writerIndex();
    int last = length - BYTES;
    if (last < 0) {
      for (int i = 0; i < length; i++) {
        out.setByte(to + i, key[i]);
      }
    } else {
      for (int i = 0; i < last; i += BYTES) {
        out.setLongLE(to + i, (long) WORDS.get(key, i));
      }
      out.setLongLE(to + last, (long) WORDS.get(key, last));
    }
    out.writerIndex(to + length);
  }

  /** The index of the first byte that no key may have, up to {@code to}. */
  static int keyEnd(ByteBuf in, int from, int to) {
    int at = from;
    while (to - at >= BYTES) {
      long others = highsOfOthers(in.getLongLE(at));
      if (others != 0) {
        return at + Long.numberOfTrailingZeros(others) / Byte.SIZE;
      }
      at += BYTES;
    }
    while (at < to && Ascii.isKeyByte(in.getByte(at))) {
      at++;
    }
    return at;
  }

  /** The highest bits of those bytes that are none of a key; see {@link Ascii#isKeyByte}. */
  private static long highsOfOthers(long word) {
    long low = word & ~HIGHS;
    long fromFirst = low + FROM_FIRST_OF_KEY; // no byte carries into the next
    long isDelete = low + ONES;
    return ~(word | (fromFirst & ~isDelete)) & HIGHS;
  }
}
