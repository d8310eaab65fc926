package io.fairlead.config;

import com.google.common.math.LongMath;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Sizes as they are written: bytes, or a whole number of KiB, MiB or GiB; {@code k}, {@code m} and
 * {@code g} mean the same, as for memcached's {@code -I}. KB and MB are refused, since half of the
 * world reads them as powers of ten.
 */
public final class SizeText {
  private static final Pattern SIZE =
      Pattern.compile("(0|[1-9][0-9]{0,17})(?:([kmg])(?:ib)?)?", Pattern.CASE_INSENSITIVE);

  private SizeText() {}

  /** The bytes, or null when the text is no size; more than a long holds becomes the largest. */
  static @Nullable Long parse(String text) {
    Matcher matcher = SIZE.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    return LongMath.saturatedMultiply(Long.parseLong(matcher.group(1)), unit(matcher.group(2)));
  }

  /** The size in the largest unit that leaves a whole number. */
  public static String format(long bytes) {
    if (bytes == 0 || bytes % 1024 != 0) {
      return Long.toString(bytes);
    }
    if (bytes % (1L << 20) != 0) {
      return (bytes >> 10) + "KiB";
    }
    return bytes % (1L << 30) != 0 ? (bytes >> 20) + "MiB" : (bytes >> 30) + "GiB";
  }

  private static long unit(@Nullable String letter) {
    if (letter == null) {
      return 1;
    }
    return switch (letter.toLowerCase(Locale.ROOT)) {
      case "k" -> 1L << 10;
      case "m" -> 1L << 20;
      default -> 1L << 30;
    };
  }
}
