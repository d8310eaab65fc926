package io.fairlead.macro;

/** Text in which a backslash takes the meaning from the character behind it. */
final class Escapes {
  private static final String BLANKS = " \t\n\u000b\f\r";

  private Escapes() {}

  /** Where the character stands with its meaning; -1 if it does not. */
  static int find(String text, char wanted, int from) {
    return find(text, wanted, from, text.length());
  }

  static int find(String text, char wanted, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.charAt(i) == '\\') {
        i++;
      } else if (text.charAt(i) == wanted) {
        return i;
      }
    }
    return -1;
  }

  /** Where the bracket that is opened closes; -1 if it does not. */
  static int findClosing(String text, int opening) {
    int open = 0;
    for (int i = opening; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '(') {
        open++;
      } else if (c == ')' && --open == 0) {
        return i;
      }
    }
    return -1;
  }

  /** The text without the backslashes that have done their work; one at the end has none. */
  static String resolve(String text) {
    if (text.indexOf('\\') < 0) {
      return text;
    }
    StringBuilder resolved = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\\') {
        resolved.append(c);
      } else if (++i < text.length()) {
        resolved.append(text.charAt(i));
      }
    }
    return resolved.toString();
  }

  /** The text without blanks around it, except for one behind a backslash. */
  static String trim(String text) {
    int start = 0;
    while (start < text.length() && isBlank(text, start)) {
      start++;
    }
    int end = text.length();
    while (end > start && isBlank(text, end - 1) && !isEscaped(text, start, end - 1)) {
      end--;
    }
    return text.substring(start, end);
  }

  private static boolean isBlank(String text, int at) {
    return BLANKS.indexOf(text.charAt(at)) >= 0;
  }

  private static boolean isEscaped(String text, int start, int at) {
    int first = at;
    while (first > start && text.charAt(first - 1) == '\\') {
      first--;
    }
    return (at - first) % 2 == 1;
  }
}
