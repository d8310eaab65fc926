package io.fairlead.protocol;

import io.netty.buffer.ByteBuf;

/**
 * Reads a decimal number from a token; the number stays here until the next one is read.
 *
 * <p>Signs and widths follow memcached 1.6.18, which reads numbers with strtol and strtoul: a
 * leading plus is accepted, anything after the digits is not.
 */
final class NumberReader {
  /** memcached refuses longer values, because it adds the line end to their length. */
  private static final long VALUE_LENGTH_LIMIT = Integer.MAX_VALUE - 2L;

  private long value;

  /** The number that was read last. */
  long value() {
    return value;
  }

  /** Reads an unsigned 64-bit number; false when the token is no such number. */
  boolean unsigned(ByteBuf in, int from, int to) {
    int at = from < to && in.getByte(from) == '+' ? from + 1 : from;
    if (at == to) {
      return false;
    }
    long number = 0;
    for (; at < to; at++) {
      int digit = in.getByte(at) - '0';
      if (digit < 0 || digit > 9) {
        return false;
      }
      // Beyond the largest unsigned number when the tens overflow, or the last digit wraps around.
      if (Long.compareUnsigned(number, Long.divideUnsigned(-1L, 10)) > 0) {
        return false;
      }
      long next = number * 10 + digit;
      if (Long.compareUnsigned(next, digit) < 0) {
        return false;
      }
      number = next;
    }
    value = number;
    return true;
  }

  /** Reads a signed 64-bit number; false when the token is no such number. */
  boolean signed(ByteBuf in, int from, int to) {
    boolean negative = from < to && in.getByte(from) == '-';
    if (negative && from + 1 < to && in.getByte(from + 1) == '+') {
      return false;
    }
    if (!unsigned(in, negative ? from + 1 : from, to)) {
      return false;
    }
    boolean fits = value >= 0 || (negative && value == Long.MIN_VALUE);
    if (!fits) {
      return false;
    }
    value = negative ? -value : value;
    return true;
  }

  /** Reads the announced length of a value; false when no value can have it. */
  boolean valueLength(ByteBuf in, int from, int to) {
    return signed(in, from, to) && value >= 0 && value <= VALUE_LENGTH_LIMIT;
  }
}
