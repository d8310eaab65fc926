package io.fairlead.testkit.cache;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.OptionalLong;

/** Adds to or subtracts from the number that an item holds as text. */
final class Arithmetic {
  private final Cache cache;

  Arithmetic(Cache cache) {
    this.cache = cache;
  }

  /**
   * Changes the value and returns the new number as text. Adding wraps at 64 bits, subtracting
   * stops at 0; a number that became shorter is padded with spaces. A longer one is a new item, and
   * the given one only learns its cas number: a new time to live given along with {@code ma} is
   * lost then, as it is in memcached.
   *
   * @throws CommandError when the value is no number
   */
  String change(Item item, boolean increments, long delta) {
    checkNotEmpty(item);
    OptionalLong old = Numbers.unsigned(new String(item.value, ISO_8859_1));
    if (old.isEmpty()) {
      throw new CommandError(CommandError.NON_NUMERIC);
    }
    String text = Long.toUnsignedString(result(old.getAsLong(), increments, delta));
    byte[] value = text.getBytes(ISO_8859_1);
    if (value.length <= item.value.length) {
      byte[] padded = Arrays.copyOf(value, item.value.length);
      Arrays.fill(padded, value.length, padded.length, (byte) ' ');
      item.value = padded;
      item.cas = cache.nextCas();
      cache.renew(item);
      return text;
    }
    Item longer = new Item(item.key, item.flags, value, item.expiry, false);
    cache.link(longer);
    item.cas = longer.cas;
    return text;
  }

  /** An empty value is an error even where the cas number differs. */
  static void checkNotEmpty(Item item) {
    if (item.value.length == 0) {
      throw new CommandError(CommandError.NON_NUMERIC);
    }
  }

  private static long result(long old, boolean increments, long delta) {
    if (increments) {
      return old + delta;
    }
    return Long.compareUnsigned(delta, old) > 0 ? 0 : old - delta;
  }
}
