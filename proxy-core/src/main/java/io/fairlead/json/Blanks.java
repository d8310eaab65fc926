package io.fairlead.json;

/** What stands between the parts of a document and means nothing: spaces, lines, comments. */
final class Blanks {
  private Blanks() {}

  static void skip(Source in) {
    while (in.isAtAnyOf(" \t\r\n/")) {
      if (in.isAt('/')) {
        skipComment(in);
      } else {
        in.next();
      }
    }
  }

  private static void skipComment(Source in) {
    if (in.isAt("//")) {
      while (!in.isAtEnd() && !in.isAt('\n')) {
        in.next();
      }
      return;
    }
    Position start = in.position();
    if (!in.isAt("/*")) {
      throw new JsonException(start, "the character / (expected: // or /* to start a comment)");
    }
    in.skip(2);
    while (!in.isAt("*/")) {
      if (in.isAtEnd()) {
        throw new JsonException(start, "a comment that is not closed (expected: */ at its end)");
      }
      in.next();
    }
    in.skip(2);
  }
}
