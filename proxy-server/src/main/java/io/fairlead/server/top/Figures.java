package io.fairlead.server.top;

import java.util.Locale;

/** Numbers in few characters; a dash for what is not known. */
final class Figures {
  static final String UNKNOWN = "-";
  private static final String UNITS = "kMGTPE";
  private static final double MILLIS_PER_MICRO = 1e-3;

  private Figures() {}

  /** How often in a second: {@code 0.4}, {@code 5051}, {@code 12.3k}. */
  static String rate(double perSecond) {
    if (Double.isNaN(perSecond)) {
      return UNKNOWN;
    }
    if (perSecond < 9_999.5) {
      return perSecond < 9.95 && perSecond != Math.rint(perSecond)
          ? text("%.1f", perSecond)
          : text("%.0f", perSecond);
    }
    double rest = perSecond / 1000;
    int unit = 0;
    while (rest >= 999.5 && unit < UNITS.length() - 1) {
      rest /= 1000;
      unit++;
    }
    return text(rest < 99.95 ? "%.1f" : "%.0f", rest) + UNITS.charAt(unit);
  }

  /** A part of a whole. */
  static String percent(double part) {
    return Double.isNaN(part) || part < 0 ? UNKNOWN : text("%.1f%%", part * 100);
  }

  /** Microseconds as milliseconds, to a microsecond below ten. */
  static String millis(long micros) {
    if (micros < 0) {
      return UNKNOWN;
    }
    double millis = micros * MILLIS_PER_MICRO;
    if (millis < 99.995) {
      return text(millis < 9.9995 ? "%.3f" : "%.2f", millis);
    }
    return text(millis < 999.95 ? "%.1f" : "%.0f", millis);
  }

  /** How long something has lasted, in its two largest units. */
  static String lasting(long seconds) {
    long minutes = seconds / 60;
    long hours = minutes / 60;
    long days = hours / 24;
    if (days > 0) {
      return days + " d " + hours % 24 + " h";
    }
    if (hours > 0) {
      return hours + " h " + minutes % 60 + " min";
    }
    return minutes > 0 ? minutes + " min " + seconds % 60 + " s" : seconds + " s";
  }

  private static String text(String format, double number) {
    return String.format(Locale.ROOT, format, number);
  }
}
