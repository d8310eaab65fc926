package io.fairlead.macro;

import io.fairlead.json.Json;
import io.fairlead.json.Position;

/** A value with a name for the whole document: defined in it, or given from outside. */
final class Constant {
  private final Variable variable;
  private final boolean isPredefined;

  private Constant(Variable variable, boolean isPredefined) {
    this.variable = variable;
    this.isPredefined = isPredefined;
  }

  static Constant defined(String name, Json value) {
    return new Constant(new Variable(name, value, new Scope()), false);
  }

  /** Its value was written in no file, and so is said to be where it is used. */
  static Constant predefined(String name, Json value) {
    return new Constant(new Variable(name, value, new Scope()), true);
  }

  Json value(Position usedAt, Interpreter interpreter) {
    Json value = variable.value(interpreter);
    return isPredefined ? value.movedTo(usedAt) : value;
  }
}
