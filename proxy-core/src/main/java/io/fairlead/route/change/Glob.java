package io.fairlead.route.change;

/** Patterns for routing prefixes: a star stands for any bytes but a slash. */
final class Glob {
  private Glob() {}

  /** Whether the first {@code length} bytes have a star in them. */
  static boolean isPattern(byte[] bytes, int length) {
    for (int i = 0; i < length; i++) {
      if (bytes[i] == '*') {
        return true;
      }
    }
    return false;
  }

  /** Whether the pattern in the first {@code length} bytes matches the whole text. */
  static boolean matches(byte[] pattern, int length, byte[] text) {
    int at = 0;
    int star = -1; // the last star before this place of the pattern
    int resume = 0; // what that star stands for ends here
    int i = 0;
    while (i < text.length) {
      if (at < length && pattern[at] == '*') {
        star = at++;
        resume = i;
      } else if (at < length && pattern[at] == text[i]) {
        at++;
        i++;
      } else if (star >= 0 && text[resume] != '/') {
        at = star + 1;
        i = ++resume;
      } else {
        return false;
      }
    }
    while (at < length && pattern[at] == '*') {
      at++;
    }
    return at == length;
  }
}
