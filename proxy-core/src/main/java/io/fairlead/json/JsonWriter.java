package io.fairlead.json;

import java.util.Iterator;

/** Writes values as plain JSON: on one line, or indented by two spaces. */
public final class JsonWriter {
  private final StringBuilder out = new StringBuilder();
  private final boolean pretty;
  private int level;

  private JsonWriter(boolean pretty) {
    this.pretty = pretty;
  }

  /** Without any space. */
  public static String compact(Json json) {
    return new JsonWriter(false).write(json);
  }

  /** Each element on its own line, and a line feed at the end. */
  public static String pretty(Json json) {
    return new JsonWriter(true).write(json) + '\n';
  }

  private String write(Json json) {
    append(json);
    return out.toString();
  }

  private void append(Json json) {
    if (json instanceof JsonObject object) {
      appendObject(object);
    } else if (json instanceof JsonArray array) {
      appendArray(array);
    } else if (json instanceof JsonString string) {
      quote(string.text(), out);
    } else if (json instanceof JsonInteger integer) {
      out.append(integer.value());
    } else if (json instanceof JsonDouble number) {
      out.append(number.value());
    } else if (json instanceof JsonBoolean flag) {
      out.append(flag.value());
    } else {
      out.append("null");
    }
  }

  private void appendObject(JsonObject object) {
    out.append('{');
    level++;
    Iterator<JsonMember> members = object.members().iterator();
    while (members.hasNext()) {
      JsonMember member = members.next();
      newLine();
      quote(member.key(), out);
      out.append(pretty ? ": " : ":");
      append(member.value());
      out.append(members.hasNext() ? "," : "");
    }
    close(object.size(), '}');
  }

  private void appendArray(JsonArray array) {
    out.append('[');
    level++;
    Iterator<Json> items = array.items().iterator();
    while (items.hasNext()) {
      newLine();
      append(items.next());
      out.append(items.hasNext() ? "," : "");
    }
    close(array.items().size(), ']');
  }

  private void close(int size, char bracket) {
    level--;
    if (size > 0) {
      newLine();
    }
    out.append(bracket);
  }

  private void newLine() {
    if (pretty) {
      out.append('\n').append("  ".repeat(level));
    }
  }

  static void quote(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> appendPlain(c, out);
      }
    }
    out.append('"');
  }

  private static void appendPlain(char c, StringBuilder out) {
    boolean isInvisible = c < ' ' || (c >= 0x7f && c < 0xa0) || c == '\u2028' || c == '\u2029';
    if (isInvisible) {
      out.append(String.format("\\u%04x", (int) c));
    } else {
      out.append(c);
    }
  }
}
