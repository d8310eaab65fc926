package io.fairlead.macro;

import io.fairlead.json.Json;
import org.jspecify.annotations.Nullable;

/** A name and its value, which is expanded when it is first needed and then kept. */
final class Variable {
  private final String name;
  private Json value;
  private @Nullable Scope pending;
  private boolean isExpanding;

  /**
   * @param pending where the value is to be expanded; null if it is already
   */
  Variable(String name, Json value, @Nullable Scope pending) {
    this.name = name;
    this.value = value;
    this.pending = pending;
  }

  Json value(Interpreter interpreter) {
    Scope scope = pending;
    if (scope != null) {
      value = expanded(scope, interpreter);
      pending = null;
    }
    return value;
  }

  private Json expanded(Scope scope, Interpreter interpreter) {
    if (isExpanding) {
      throw new MacroException(
          value.position(), '%' + name + "% (expected: a value that does not need itself)");
    }
    isExpanding = true;
    try {
      return interpreter.expand(value, scope);
    } catch (MacroException e) {
      throw e.within('%' + name + '%', value.position());
    } finally {
      isExpanding = false;
    }
  }
}
