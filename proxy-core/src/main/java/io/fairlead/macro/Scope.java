package io.fairlead.macro;

import io.fairlead.json.Json;
import io.fairlead.json.Position;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The names that are defined at one place of a document: parameters of the macro, {@code vars} of
 * an object, the element that a loop is at. What is not here is looked for further out, up to the
 * macro whose text it is; its caller's names are unknown to it.
 */
final class Scope {
  private final @Nullable Scope outer;
  private final Map<String, Variable> variables = new HashMap<>();

  /** The names of a document or of the text of a macro. */
  Scope() {
    this.outer = null;
  }

  /** Names in addition to those further out. */
  Scope(Scope outer) {
    this.outer = outer;
  }

  void define(String name, Json value, Position at) {
    add(name, new Variable(name, value, null), at);
  }

  /** A variable that is expanded in this scope when it is first needed. */
  void defineUnexpanded(String name, Json value, Position at) {
    add(name, new Variable(name, value, this), at);
  }

  private void add(String name, Variable variable, Position at) {
    if (variables.putIfAbsent(name, variable) != null) {
      throw new MacroException(at, '%' + name + "% twice in one place (expected: different names)");
    }
  }

  boolean has(String name) {
    return variables.containsKey(name) || (outer != null && outer.has(name));
  }

  /** The value of the name; null when it is not defined here. */
  @Nullable Json find(String name, Interpreter interpreter) {
    Variable variable = variables.get(name);
    if (variable != null) {
      return variable.value(interpreter);
    }
    return outer == null ? null : outer.find(name, interpreter);
  }
}
