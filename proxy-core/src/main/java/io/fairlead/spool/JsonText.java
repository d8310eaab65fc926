package io.fairlead.spool;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One JSON value in a line whose characters stand for bytes (ISO 8859-1): keys of memcached need
 * not be UTF-8, and mcrouter writes their bytes as they are.
 */
final class JsonText {
  private static final String NUMBER_CHARACTERS = "+-.0123456789eE";
  private static final int DEEPEST = 8;

  private final String text;
  private int at;
  private int depth;

  private JsonText(String text) {
    this.text = text;
  }

  /** Thrown, without a stack trace, for what is no JSON. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed() {
      super("malformed", null, false, false);
    }
  }

  /** A String, a Double, a List or a Map; true, false and null as their words. */
  static Object parse(String line) throws Malformed {
    JsonText json = new JsonText(line);
    Object value = json.value();
    json.skipSpaces();
    if (json.at < line.length()) {
      throw new Malformed();
    }
    return value;
  }

  /** Appends {@code value} in quotes. */
  static void quote(StringBuilder out, String value) {
    out.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\r' -> out.append("\\r");
        case '\n' -> out.append("\\n");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < 0x20) {
            out.append("\\u00").append(hex(c >> 4)).append(hex(c & 15));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  private static char hex(int digit) {
    return Character.forDigit(digit, 16);
  }

  private Object value() throws Malformed {
    skipSpaces();
    char first = peek();
    if (first == '"') {
      return string();
    }
    if (first != '[' && first != '{') {
      return first == 't' || first == 'f' || first == 'n' ? word() : number();
    }
    if (++depth > DEEPEST) {
      throw new Malformed();
    }
    Object value = first == '[' ? array() : object();
    depth--;
    return value;
  }

  private List<Object> array() throws Malformed {
    List<Object> values = new ArrayList<>();
    at++;
    if (takes(']')) {
      return values;
    }
    do {
      values.add(value());
    } while (takes(','));
    expect(']');
    return values;
  }

  private Map<String, Object> object() throws Malformed {
    Map<String, Object> values = new LinkedHashMap<>();
    at++;
    if (takes('}')) {
      return values;
    }
    do {
      skipSpaces();
      String key = string();
      expect(':');
      values.put(key, value());
    } while (takes(','));
    expect('}');
    return values;
  }

  private String word() throws Malformed {
    for (String word : List.of("true", "false", "null")) {
      if (text.startsWith(word, at)) {
        at += word.length();
        return word;
      }
    }
    throw new Malformed();
  }

  private Double number() throws Malformed {
    int from = at;
    while (at < text.length() && NUMBER_CHARACTERS.indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    try {
      return Double.valueOf(text.substring(from, at));
    } catch (NumberFormatException e) {
      throw new Malformed();
    }
  }

  private String string() throws Malformed {
    expect('"');
    StringBuilder out = new StringBuilder();
    for (char c = next(); c != '"'; c = next()) {
      if (c == '\\') {
        escape(out);
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  private void escape(StringBuilder out) throws Malformed {
    char c = next();
    switch (c) {
      case '"', '\\', '/' -> out.append(c);
      case 'b' -> out.append('\b');
      case 'f' -> out.append('\f');
      case 'n' -> out.append('\n');
      case 'r' -> out.append('\r');
      case 't' -> out.append('\t');
      case 'u' -> bytes(out, codePoint());
      default -> throw new Malformed();
    }
  }

  /** What others write as a character is bytes of UTF-8 here. */
  private static void bytes(StringBuilder out, int codePoint) {
    byte[] utf8 = Character.toString(codePoint).getBytes(StandardCharsets.UTF_8);
    out.append(new String(utf8, StandardCharsets.ISO_8859_1));
  }

  private int codePoint() throws Malformed {
    char unit = hexUnit();
    if (!Character.isHighSurrogate(unit)) {
      return unit;
    }
    if (next() != '\\' || next() != 'u') {
      throw new Malformed();
    }
    char low = hexUnit();
    if (!Character.isLowSurrogate(low)) {
      throw new Malformed();
    }
    return Character.toCodePoint(unit, low);
  }

  private char hexUnit() throws Malformed {
    int unit = 0;
    for (int i = 0; i < 4; i++) {
      int digit = Character.digit(next(), 16);
      if (digit < 0) {
        throw new Malformed();
      }
      unit = unit << 4 | digit;
    }
    return (char) unit;
  }

  private boolean takes(char c) throws Malformed {
    skipSpaces();
    if (peek() != c) {
      return false;
    }
    at++;
    return true;
  }

  private void expect(char c) throws Malformed {
    if (!takes(c)) {
      throw new Malformed();
    }
  }

  private void skipSpaces() {
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
  }

  private char peek() throws Malformed {
    if (at >= text.length()) {
      throw new Malformed();
    }
    return text.charAt(at);
  }

  private char next() throws Malformed {
    char c = peek();
    at++;
    return c;
  }
}
