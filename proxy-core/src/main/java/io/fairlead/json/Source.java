package io.fairlead.json;

/** A text that is read from front to back, and where in it the reader is. */
final class Source {
  private final String file;
  private final String text;
  private int at;
  private int line = 1;
  private int column = 1;

  Source(String file, String text) {
    this.file = file;
    this.text = text;
  }

  Position position() {
    return new Position(file, line, column);
  }

  boolean isAtEnd() {
    return at == text.length();
  }

  boolean isAt(char expected) {
    return at < text.length() && text.charAt(at) == expected;
  }

  boolean isAt(String expected) {
    return text.startsWith(expected, at);
  }

  boolean isAtAnyOf(String characters) {
    return at < text.length() && characters.indexOf(text.charAt(at)) >= 0;
  }

  char next() {
    char c = text.charAt(at++);
    if (c == '\n') {
      line++;
      column = 1;
    } else if (!Character.isLowSurrogate(c)) {
      column++;
    }
    return c;
  }

  void skip(int characters) {
    for (int i = 0; i < characters; i++) {
      next();
    }
  }

  /** Steps over the character if it is the expected one. */
  boolean take(char expected) {
    if (!isAt(expected)) {
      return false;
    }
    next();
    return true;
  }

  /** Letters, digits and what else numbers and words consist of, up to anything else. */
  String takeWord() {
    int start = at;
    while (at < text.length() && isPartOfWord(text.charAt(at))) {
      next();
    }
    return text.substring(start, at);
  }

  /** What is here, for a message. */
  String shown() {
    if (isAtEnd()) {
      return "the end of the file";
    }
    int c = text.codePointAt(at);
    return c > ' ' && c < 0x7f
        ? "the character " + (char) c
        : String.format("the character U+%04X", c);
  }

  private static boolean isPartOfWord(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '+' || c == '-' || c == '.';
  }
}
