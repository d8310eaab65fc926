package io.fairlead.macro;

import io.fairlead.json.JsonString;
import io.fairlead.json.Position;
import java.util.ArrayList;
import java.util.List;

/**
 * A call in a string, {@code @name(first,second)}, taken apart but with nothing in it resolved. Of
 * {@code @name()} the only argument is the empty string; {@code @name} has none.
 */
record CallText(String name, List<String> arguments) {
  static boolean isIn(JsonString string) {
    return string.text().startsWith("@");
  }

  static CallText of(JsonString string) {
    String text = string.text();
    int opening = Escapes.find(text, '(', 0);
    if (opening < 0) {
      return new CallText(text.substring(1), List.of());
    }
    if (!text.endsWith(")")) {
      throw refused(string.position(), string.shown(), ") at the end of the call");
    }
    String arguments = text.substring(opening + 1, text.length() - 1);
    return new CallText(text.substring(1, opening), split(arguments, string.position()));
  }

  private static List<String> split(String text, Position at) {
    List<String> arguments = new ArrayList<>();
    int start = 0;
    int comma = nextComma(text, 0, at);
    while (comma >= 0) {
      arguments.add(Escapes.trim(text.substring(start, comma)));
      start = comma + 1;
      comma = nextComma(text, start, at);
    }
    arguments.add(Escapes.trim(text.substring(start)));
    return arguments;
  }

  /** The comma behind the argument, which may be a call and have commas of its own. */
  private static int nextComma(String text, int start, Position at) {
    int comma = Escapes.find(text, ',', start);
    int opening = comma < 0 ? -1 : Escapes.find(text, '(', start, comma);
    if (opening < 0) {
      return comma;
    }
    int closing = Escapes.findClosing(text, opening);
    if (closing < 0) {
      throw refused(at, "the arguments (" + text + ')', "as many ) as (");
    }
    comma = text.indexOf(',', closing);
    if (comma < 0 && closing < text.length() - 1) {
      throw refused(at, "the arguments (" + text + ')', ", behind the call that is an argument");
    }
    return comma;
  }

  private static MacroException refused(Position at, String what, String expected) {
    return new MacroException(at, what + " (expected: " + expected + ')');
  }
}
