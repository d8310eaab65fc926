package io.fairlead.hashing;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers read from bytes, lowest byte first, all of them unsigned. */
final class LittleEndian {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private LittleEndian() {}

  static int shortAt(byte[] bytes, int at) {
    return (bytes[at] & 0xff) | (bytes[at + 1] & 0xff) << 8;
  }

  static int intAt(byte[] bytes, int at) {
    return (int) INT.get(bytes, at);
  }

  /** Like {@link #intAt(byte[], int)}, with zeros for what lies at or behind {@code end}. */
  static int intAt(byte[] bytes, int at, int end) {
    if (end - at >= Integer.BYTES) {
      return intAt(bytes, at);
    }
    int value = 0;
    for (int i = end - 1; i >= at; i--) {
      value = (value << 8) | (bytes[i] & 0xff);
    }
    return value;
  }

  static long longAt(byte[] bytes, int at) {
    return (long) LONG.get(bytes, at);
  }

  /** Like {@link #longAt(byte[], int)}, with zeros for what lies at or behind {@code end}. */
  static long longAt(byte[] bytes, int at, int end) {
    if (end - at >= Long.BYTES) {
      return longAt(bytes, at);
    }
    long value = 0;
    for (int i = end - 1; i >= at; i--) {
      value = (value << 8) | (bytes[i] & 0xff);
    }
    return value;
  }

  static void putInt(byte[] bytes, int at, int value) {
    INT.set(bytes, at, value);
  }
}
