package io.fairlead.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON with comments and with a comma behind the last element, which is what mcrouter reads.
 * Of a key that an object has twice the last value counts, and the document says so.
 */
public final class JsonReader {
  /** How many arrays and objects may be inside each other. */
  public static final int DEEPEST = 250;

  private final Source in;
  private final List<DuplicateKey> duplicates = new ArrayList<>();
  private int depth;

  private JsonReader(Source in) {
    this.in = in;
  }

  /**
   * Reads a whole file.
   *
   * @param file its name, for positions
   * @throws JsonException at the first place where it is no such document
   */
  public static JsonDocument read(String file, byte[] content) {
    return new JsonReader(new Source(file, Utf8.decode(file, content))).document();
  }

  private JsonDocument document() {
    Blanks.skip(in);
    if (in.isAtEnd()) {
      throw new JsonException(in.position(), "an empty file (expected: a JSON object)");
    }
    Json root = value();
    Blanks.skip(in);
    if (!in.isAtEnd()) {
      throw refuse("the end of the file, as the document is complete here");
    }
    return new JsonDocument(root, duplicates);
  }

  private Json value() {
    if (in.isAt('{')) {
      return object();
    }
    if (in.isAt('[')) {
      return array();
    }
    Position start = in.position();
    return in.isAt('"') ? new JsonString(start, StringText.read(in)) : Literal.read(in);
  }

  private JsonObject object() {
    Position start = open();
    Map<String, JsonMember> members = new LinkedHashMap<>();
    while (!closes('}', start, "object")) {
      JsonMember member = member();
      JsonMember before = members.put(member.key(), member);
      if (before != null) {
        duplicates.add(new DuplicateKey(member.key(), before.position(), member.position()));
      }
      separate('}', start, "object");
    }
    return new JsonObject(start, members.values());
  }

  private JsonMember member() {
    Position position = in.position();
    if (!in.isAt('"')) {
      throw refuse("a key in double quotes, or }");
    }
    String key = StringText.read(in);
    Blanks.skip(in);
    if (!in.take(':')) {
      throw refuse(": behind the key " + Excerpt.quoted(key));
    }
    Blanks.skip(in);
    return new JsonMember(key, position, value());
  }

  private JsonArray array() {
    Position start = open();
    List<Json> items = new ArrayList<>();
    while (!closes(']', start, "array")) {
      items.add(value());
      separate(']', start, "array");
    }
    return new JsonArray(start, items);
  }

  private Position open() {
    Position start = in.position();
    if (++depth > DEEPEST) {
      throw refuse("at most " + DEEPEST + " arrays and objects inside each other");
    }
    in.next();
    return start;
  }

  private boolean closes(char bracket, Position start, String what) {
    Blanks.skip(in);
    refuseEnd(start, what, bracket);
    if (!in.take(bracket)) {
      return false;
    }
    depth--;
    return true;
  }

  /** A comma, which only the last element may lack. */
  private void separate(char bracket, Position start, String what) {
    Blanks.skip(in);
    refuseEnd(start, what, bracket);
    if (!in.isAt(bracket) && !in.take(',')) {
      throw refuse(", or " + bracket);
    }
  }

  /** Where something begins that is left open says more than where the file ends. */
  private void refuseEnd(Position start, String what, char bracket) {
    if (in.isAtEnd()) {
      throw new JsonException(
          start, "an " + what + " that is not closed (expected: " + bracket + " at its end)");
    }
  }

  private JsonException refuse(String expected) {
    String hint = in.isAt('#') ? "; comments start with // or /*" : "";
    return new JsonException(in.position(), in.shown() + " (expected: " + expected + ")" + hint);
  }
}
