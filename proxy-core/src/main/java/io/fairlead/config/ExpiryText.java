package io.fairlead.config;

import io.fairlead.protocol.Expiry;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Times of memcached, which are whole seconds, as they are written: a number and its unit, {@code
 * s}, {@code m}, {@code h} or {@code d}; {@code never} is 0. A negative time is over at once.
 */
final class ExpiryText {
  static final String NEVER = "never";

  /** What is longer, memcached takes for a date. */
  static final int LONGEST = Expiry.LONGEST_RELATIVE;

  private static final Pattern EXPIRY = Pattern.compile("(-?[1-9][0-9]{0,11})([smhd])");
  private static final int[] UNITS = {24 * 60 * 60, 60 * 60, 60, 1};
  private static final String LETTERS = "dhms";

  private ExpiryText() {}

  /** The seconds, or null when the text is no such time. */
  static @Nullable Long parse(String text) {
    if (text.equals(NEVER)) {
      return 0L;
    }
    Matcher matcher = EXPIRY.matcher(text);
    return matcher.matches()
        ? (Long) (Long.parseLong(matcher.group(1)) * UNITS[LETTERS.indexOf(matcher.group(2))])
        : null;
  }

  /** The time in the largest unit that leaves a whole number. */
  static String format(long seconds) {
    if (seconds == 0) {
      return NEVER;
    }
    int unit = 0;
    while (seconds % UNITS[unit] != 0) {
      unit++;
    }
    return seconds / UNITS[unit] + LETTERS.substring(unit, unit + 1);
  }
}
