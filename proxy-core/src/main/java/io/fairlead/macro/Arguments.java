package io.fairlead.macro;

import io.fairlead.json.Json;
import io.fairlead.json.JsonArray;
import io.fairlead.json.JsonBoolean;
import io.fairlead.json.JsonInteger;
import io.fairlead.json.JsonObject;
import io.fairlead.json.JsonString;
import io.fairlead.json.Position;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a macro is called with. An argument is expanded when the macro asks for it, and so never if
 * it does not.
 */
final class Arguments {
  private final Interpreter interpreter;
  private final Macro macro;
  private final Position position;
  private final Scope caller;
  private final Map<String, Json> unexpanded;
  private final Map<String, Json> expanded = new HashMap<>();

  Arguments(
      Interpreter interpreter,
      Macro macro,
      Position position,
      Scope caller,
      Map<String, Json> unexpanded) {
    this.interpreter = interpreter;
    this.macro = macro;
    this.position = position;
    this.caller = caller;
    this.unexpanded = unexpanded;
    for (Parameter parameter : macro.parameters()) {
      Json otherwise = parameter.otherwise();
      if (otherwise != null && !unexpanded.containsKey(parameter.name())) {
        expanded.put(parameter.name(), otherwise);
      }
    }
  }

  Interpreter interpreter() {
    return interpreter;
  }

  Budget budget() {
    return interpreter.budget();
  }

  Macro macro() {
    return macro;
  }

  /** Of the call. */
  Position position() {
    return position;
  }

  /** The names at the place of the call. */
  Scope caller() {
    return caller;
  }

  boolean has(String name) {
    return unexpanded.containsKey(name) || expanded.containsKey(name);
  }

  /** As it was written; null if it was not given. */
  @Nullable Json unexpanded(String name) {
    return unexpanded.get(name);
  }

  Json value(String name) {
    Json value = expanded.get(name);
    if (value == null) {
      Json raw = unexpanded.get(name);
      assert raw != null : "required, or asked for after has()";
      value = interpreter.expand(raw, caller);
      expanded.put(name, value);
    }
    return value;
  }

  String text(String name) {
    if (value(name) instanceof JsonString string) {
      return string.text();
    }
    throw refused(name, "a string");
  }

  long integer(String name) {
    if (value(name) instanceof JsonInteger integer) {
      return integer.value();
    }
    throw refused(name, "an integer");
  }

  boolean flag(String name) {
    if (value(name) instanceof JsonBoolean flag) {
      return flag.value();
    }
    throw refused(name, "a boolean");
  }

  JsonObject object(String name) {
    if (value(name) instanceof JsonObject object) {
      return object;
    }
    throw refused(name, "an object");
  }

  JsonArray array(String name) {
    if (value(name) instanceof JsonArray array) {
      return array;
    }
    throw refused(name, "an array");
  }

  /** A name that is taken as it is written. */
  String literal(String name, String otherwise) {
    Json raw = unexpanded.get(name);
    if (raw == null) {
      return otherwise;
    }
    if (raw instanceof JsonString string) {
      return string.text();
    }
    throw refused(name, raw, "a string");
  }

  JsonString string(String text) {
    return new JsonString(position, text);
  }

  JsonInteger integer(long value) {
    return new JsonInteger(position, value);
  }

  JsonBoolean flag(boolean value) {
    return new JsonBoolean(position, value);
  }

  MacroException refused(String name, String expected) {
    return refused(name, value(name), expected);
  }

  MacroException refused(String name, Json found, String expected) {
    return refused(name + ": " + found.shown() + " (expected: " + expected + ')');
  }

  MacroException refused(String problem) {
    return new MacroException(position, macro.shown() + ": " + problem);
  }
}
