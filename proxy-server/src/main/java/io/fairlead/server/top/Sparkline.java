package io.fairlead.server.top;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/** Draws how a number has changed, in one line: each character a bar, the highest the largest. */
final class Sparkline {
  private static final String BARS = "\u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588";
  private static final String ASCII_BARS = "_.-:=+*#";
  private static final char NOTHING = ' ';

  private final String bars;

  private Sparkline(String bars) {
    this.bars = bars;
  }

  /** One that terminals of such an environment can show: not all know UTF-8. */
  static Sparkline in(Map<String, String> environment) {
    for (String name : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
      String locale = environment.getOrDefault(name, "");
      if (!locale.isEmpty()) {
        boolean isUtf8 = locale.toLowerCase(Locale.ROOT).matches(".*utf-?8.*");
        return new Sparkline(isUtf8 ? BARS : ASCII_BARS);
      }
    }
    return new Sparkline(ASCII_BARS);
  }

  /** One character for each value; a blank for {@link Double#NaN}. */
  String of(double[] values) {
    double most = Arrays.stream(values).filter(value -> !Double.isNaN(value)).max().orElse(0);
    StringBuilder line = new StringBuilder();
    for (double value : values) {
      line.append(Double.isNaN(value) ? NOTHING : bars.charAt(height(value, most)));
    }
    return line.toString();
  }

  private int height(double value, double most) {
    return most <= 0 ? 0 : (int) Math.round(Math.max(0, value) / most * (bars.length() - 1));
  }
}
