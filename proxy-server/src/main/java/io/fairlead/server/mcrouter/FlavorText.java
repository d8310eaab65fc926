package io.fairlead.server.mcrouter;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The JSON of a flavor file, with comments and trailing commas: objects become maps, arrays lists,
 * and everything else the text it was written as, without quotes; true and false become 1 and 0.
 */
final class FlavorText {
  private static final int DEEPEST = 32;

  /** A text in quotes, a bare word, or one of the signs; blanks and comments lie between. */
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?:\\s|//[^\\n"
              + "]*|/\\*(?s:.*?)\\*/)*+(?:(\"(?:[^\"\\\\]|\\\\.)*+\")|([-+.\\w]++)|([{}\\[\\]:,]))");

  private final Path file;
  private final String text;
  private final Matcher token;
  private int at;

  private FlavorText(Path file, String text) {
    this.file = file;
    this.text = text;
    token = TOKEN.matcher(text);
  }

  /** The object that a file holds. */
  @SuppressWarnings("unchecked") // an object is a map of texts to values
  static Map<String, Object> read(Path file, String text) throws McrouterMistake {
    FlavorText reader = new FlavorText(file, text);
    if (!reader.next().equals("{")) {
      throw reader.unexpected();
    }
    return (Map<String, Object>) reader.value(0);
  }

  private Object value(int depth) throws McrouterMistake {
    if (depth > DEEPEST) {
      throw unexpected();
    }
    if (token.group(3) == null) {
      return scalar();
    }
    return switch (token.group(3)) {
      case "{" -> object(depth);
      case "[" -> array(depth);
      default -> throw unexpected();
    };
  }

  private Map<String, Object> object(int depth) throws McrouterMistake {
    Map<String, Object> object = new LinkedHashMap<>();
    while (!next().equals("}")) {
      if (token.group(1) == null) {
        throw unexpected();
      }
      String name = scalar();
      require(":");
      next();
      object.put(name, value(depth + 1));
      if (!next().equals(",")) {
        requireHere("}");
        return object;
      }
    }
    return object;
  }

  private List<Object> array(int depth) throws McrouterMistake {
    List<Object> array = new ArrayList<>();
    while (!next().equals("]")) {
      array.add(value(depth + 1));
      if (!next().equals(",")) {
        requireHere("]");
        return array;
      }
    }
    return array;
  }

  private String scalar() {
    String quoted = token.group(1);
    if (quoted != null) {
      return quoted.substring(1, quoted.length() - 1).replaceAll("\\\\(.)", "$1");
    }
    String word = token.group(2);
    return switch (word) {
      case "true" -> "1";
      case "false" -> "0";
      default -> word;
    };
  }

  private String next() throws McrouterMistake {
    if (!token.find(at) || token.start() != at) {
      throw unexpected();
    }
    at = token.end();
    return token.group(3) == null ? "" : token.group(3);
  }

  private void require(String sign) throws McrouterMistake {
    next();
    requireHere(sign);
  }

  private void requireHere(String sign) throws McrouterMistake {
    if (!sign.equals(token.group(3))) {
      throw unexpected();
    }
  }

  private McrouterMistake unexpected() {
    long line = 1 + text.substring(0, Math.min(at, text.length())).lines().count();
    return McrouterMistake.badValue(
        file + ":" + Math.max(1, text.isEmpty() ? 1 : line - 1), "no JSON", "{\"options\": {…}}");
  }
}
