package io.fairlead.server.terminal;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many characters a terminal shows. */
public record ScreenSize(int width, int height) {
  /** What a terminal has that does not say. */
  static final ScreenSize USUAL = new ScreenSize(80, 24);

  private static final Pattern ROWS_AND_COLUMNS = Pattern.compile("(\\d{1,4}) (\\d{1,4})");

  /** As {@code stty size} says it. */
  static ScreenSize parse(String text) {
    Matcher size = ROWS_AND_COLUMNS.matcher(text);
    if (!size.matches() || size.group(1).equals("0") || size.group(2).equals("0")) {
      return USUAL;
    }
    return new ScreenSize(Integer.parseInt(size.group(2)), Integer.parseInt(size.group(1)));
  }
}
