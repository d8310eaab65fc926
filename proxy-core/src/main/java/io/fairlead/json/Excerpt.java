package io.fairlead.json;

/** A value or a text for a message: as compact JSON, at most 60 characters of it. */
final class Excerpt {
  private static final int LONGEST = 60;
  private static final int HEAVIEST = 1000;

  private Excerpt() {}

  static String of(Json json) {
    return json.weight() > HEAVIEST ? json.kind() : shortened(JsonWriter.compact(json));
  }

  static String quoted(String text) {
    StringBuilder quoted = new StringBuilder();
    JsonWriter.quote(text, quoted);
    return shortened(quoted.toString());
  }

  private static String shortened(String text) {
    if (text.codePointCount(0, text.length()) <= LONGEST) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, LONGEST)) + '…';
  }
}
