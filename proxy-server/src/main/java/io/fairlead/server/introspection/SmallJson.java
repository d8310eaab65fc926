package io.fairlead.server.introspection;

import io.fairlead.json.Json;
import io.fairlead.json.JsonString;
import io.fairlead.json.JsonWriter;
import io.fairlead.json.Position;
import java.util.Iterator;
import java.util.Map;

/** Writes maps of texts as JSON, a line for each. */
final class SmallJson {
  private static final Position NOWHERE = new Position("", 1, 1);

  private SmallJson() {}

  /** An object whose values are texts. */
  static String object(Map<String, String> members) {
    return object(members, "", true);
  }

  /**
   * An object.
   *
   * @param prefix stands before each key
   * @param quoted whether every value is a text; else numbers are numbers
   */
  static String object(Map<String, String> members, String prefix, boolean quoted) {
    StringBuilder out = new StringBuilder("{");
    Iterator<Map.Entry<String, String>> each = members.entrySet().iterator();
    while (each.hasNext()) {
      Map.Entry<String, String> member = each.next();
      String value = member.getValue();
      boolean isNumber = !quoted && value.matches("-?(0|[1-9][0-9]{0,17})(\\.[0-9]+)?");
      out.append("\n  ").append(text(prefix + member.getKey())).append(": ");
      out.append(isNumber ? value : text(value)).append(each.hasNext() ? "," : "\n");
    }
    return out.append('}').toString();
  }

  private static String text(String text) {
    Json json = new JsonString(NOWHERE, text);
    return JsonWriter.compact(json);
  }
}
