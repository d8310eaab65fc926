package io.fairlead.testkit.cache;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Numbers as memcached 1.6.18 reads them, with {@code strtol} and {@code strtoull}: white space and
 * a sign may stand before the digits, white space after them ends the number.
 */
final class Numbers {
  private Numbers() {}

  /**
   * A signed number of 32 bits, wrapped as memcached wraps it.
   *
   * @throws CommandError with that text when it is no number or does not even fit 64 bits
   */
  static int signed(String text, String error) {
    String digits = digits(text);
    if (digits != null) {
      try {
        return (int) Long.parseLong(digits);
      } catch (NumberFormatException e) {
        // falls through: out of range
      }
    }
    throw new CommandError(error);
  }

  /** An unsigned number of 64 bits; empty when it is none. */
  static OptionalLong unsigned(String text) {
    String digits = digits(text);
    if (digits == null) {
      return OptionalLong.empty();
    }
    boolean negative = digits.charAt(0) == '-';
    try {
      long value = Long.parseUnsignedLong(negative ? digits.substring(1) : digits);
      long signed = negative ? -value : value;
      // memcached looks for a minus only where the result has its highest bit set
      return signed < 0 && text.indexOf('-') >= 0 ? OptionalLong.empty() : OptionalLong.of(signed);
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  static long unsigned(String text, String error) {
    return unsigned(text).orElseThrow(() -> new CommandError(error));
  }

  /** The digits with a minus in front where there is one, or null. */
  private static @Nullable String digits(String text) {
    int i = 0;
    while (i < text.length() && isSpace(text.charAt(i))) {
      i++;
    }
    boolean negative = i < text.length() && text.charAt(i) == '-';
    if (negative || (i < text.length() && text.charAt(i) == '+')) {
      i++;
    }
    int from = i;
    while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
      i++;
    }
    boolean ends = i == text.length() || isSpace(text.charAt(i)) || text.charAt(i) == 0;
    if (i == from || !ends) {
      return null;
    }
    return (negative ? "-" : "") + text.substring(from, i);
  }

  private static boolean isSpace(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }
}
