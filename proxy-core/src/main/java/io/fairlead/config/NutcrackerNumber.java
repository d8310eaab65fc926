package io.fairlead.config;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Numbers and flags as a nutcracker.yml writes them: decimal digits, with or without quotes, and
 * {@code true} or {@code false}, for which every word that YAML knows is taken too.
 */
final class NutcrackerNumber {
  private static final Pattern DIGITS = Pattern.compile("[0-9]+");
  private static final Pattern LEADING_ZEROS = Pattern.compile("^0+(?=.)");
  private static final int LONGEST_EXACT = 18; // digits that always fit a long
  private static final Set<String> YES = Set.of("true", "yes", "on", "y");
  private static final Set<String> NO = Set.of("false", "no", "off", "n");

  private NutcrackerNumber() {}

  /**
   * The number that nutcracker makes of digits in a part of {@code value}; -1 for anything else. It
   * multiplies up in 32 bits without a look at what is lost, so ports and weights have to come out
   * the same here, though with a warning.
   */
  static int wrapped(String text, ConfigValue value) {
    if (!DIGITS.matcher(text).matches()) {
      return -1;
    }
    int number = 0;
    for (int i = 0; i < text.length(); i++) {
      number = 10 * number + (text.charAt(i) - '0');
    }
    if (number >= 0 && number != saturated(text)) {
      value.warn("numbers of up to 32 bits; " + number + " is used, as nutcracker does");
    }
    return Math.max(-1, number);
  }

  /** A number that takes the nearest bound, with a warning, when it is out of its range. */
  static ValueKind<Integer> clamped(int least, int most) {
    return value -> {
      String text = value.source();
      if (text == null || !DIGITS.matcher(text).matches()) {
        return value.refuse("a whole number, in digits only");
      }
      long number = saturated(text);
      if (number < least) {
        value.warn("at least " + least + ", which is used");
      } else if (number > most) {
        value.warn("at most " + most + ", which is used");
      }
      return (int) Math.max(least, Math.min(most, number));
    };
  }

  static ValueKind<Boolean> flag() {
    return value -> {
      String text = value.source();
      String word = text == null ? "" : text.toLowerCase(Locale.ROOT);
      if (YES.contains(word) || NO.contains(word)) {
        return (Boolean) YES.contains(word);
      }
      return value.refuse("true or false");
    };
  }

  private static long saturated(String digits) {
    String significant = LEADING_ZEROS.matcher(digits).replaceFirst("");
    return significant.length() > LONGEST_EXACT ? Long.MAX_VALUE : Long.parseLong(significant);
  }
}
