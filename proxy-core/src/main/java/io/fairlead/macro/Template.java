package io.fairlead.macro;

import io.fairlead.json.Json;
import io.fairlead.json.JsonString;
import io.fairlead.json.Position;

/**
 * Puts the values of parameters into a string: {@code %name%} alone becomes the value, whatever it
 * is; beside other text it has to be a string. What was put in is not looked at again.
 */
final class Template {
  private final Interpreter interpreter;
  private final Scope scope;

  Template(Interpreter interpreter, Scope scope) {
    this.interpreter = interpreter;
    this.scope = scope;
  }

  Json fill(JsonString template) {
    String text = template.text();
    if (text.indexOf('%') < 0 && text.indexOf('\\') < 0) {
      return template;
    }
    StringBuilder filled = new StringBuilder();
    int start = 0;
    int percent = Escapes.find(text, '%', 0);
    while (percent >= 0) {
      filled.append(Escapes.resolve(text.substring(start, percent)));
      int second = Escapes.find(text, '%', percent + 1);
      if (second < 0) {
        throw new MacroException(
            template.position(),
            template.shown() + " (expected: % behind the parameter, too; a percent sign is \\\\%)");
      }
      String name = Escapes.resolve(text.substring(percent + 1, second));
      Json value = interpreter.parameter(name, scope, template.position());
      if (filled.isEmpty() && second == text.length() - 1) {
        return value;
      }
      append(name, value, template.position(), filled);
      start = second + 1;
      percent = Escapes.find(text, '%', start);
    }
    return new JsonString(
        template.position(), filled.append(Escapes.resolve(text.substring(start))).toString());
  }

  private void append(String name, Json value, Position at, StringBuilder filled) {
    if (!(value instanceof JsonString string)) {
      throw new MacroException(
          at, '%' + name + "%: " + value.shown() + " (expected: a string, as it is part of one)");
    }
    interpreter.budget().make(string.weight(), at);
    filled.append(string.text());
  }
}
