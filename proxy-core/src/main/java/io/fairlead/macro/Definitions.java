package io.fairlead.macro;

import io.fairlead.json.Json;
import io.fairlead.json.JsonArray;
import io.fairlead.json.JsonMember;
import io.fairlead.json.JsonObject;
import io.fairlead.json.JsonString;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Adds what stands under {@code macros} to the library: an object of definitions, or an array of
 * such, of which the later ones may use the earlier ones to come into being.
 */
final class Definitions {
  private final Interpreter interpreter;

  Definitions(Interpreter interpreter) {
    this.interpreter = interpreter;
  }

  void read(Json macros) {
    if (macros instanceof JsonArray array) {
      array.items().forEach(this::read);
      return;
    }
    Json definitions = interpreter.expand(macros, new Scope());
    if (definitions instanceof JsonObject object) {
      object.members().forEach(this::define);
    } else if (definitions instanceof JsonArray) {
      read(definitions);
    } else {
      throw refused("macros", definitions, "an object of definitions, or an array of such");
    }
  }

  private void define(JsonMember member) {
    if (!(member.value() instanceof JsonObject definition)
        || !(definition.value("type") instanceof JsonString type)) {
      throw refused(member.key(), member.value(), "an object of type macroDef or constDef");
    }
    Json result = definition.value("result");
    if (result == null) {
      throw refused(member.key(), definition, "a definition with a result");
    }
    switch (type.text()) {
      case "constDef" ->
          interpreter.library().define(member.key(), Constant.defined(member.key(), result));
      case "macroDef" ->
          interpreter.library().define(macro(member.key(), definition.value("params"), result));
      default -> throw refused(member.key() + ".type", type, "macroDef or constDef");
    }
  }

  private static Macro macro(String name, @Nullable Json params, Json result) {
    Macro macro = new Macro(name, parameters(name, params), arguments -> body(arguments, result));
    Parameter misplaced = macro.misplaced();
    if (misplaced != null) {
      throw new MacroException(
          result.position(),
          macro.shown()
              + ": "
              + misplaced.name()
              + " must be given (expected: such parameters before those that may be left out)");
    }
    return macro;
  }

  private static List<Parameter> parameters(String name, @Nullable Json params) {
    if (params == null) {
      return List.of();
    }
    if (params instanceof JsonArray array) {
      return array.items().stream().map(Parameter::of).toList();
    }
    throw refused(name + ".params", params, "an array");
  }

  /** In a definition all arguments are needed, even if its text does not use them. */
  private static Json body(Arguments arguments, Json result) {
    Scope scope = new Scope();
    for (Parameter parameter : arguments.macro().parameters()) {
      if (arguments.has(parameter.name())) {
        Json value = arguments.value(parameter.name());
        scope.define(parameter.name(), value, arguments.position());
      }
    }
    try {
      return arguments.interpreter().expand(result, scope);
    } catch (MacroException e) {
      throw e.within(arguments.macro().shown(), arguments.position());
    }
  }

  private static MacroException refused(String what, Json found, String expected) {
    return new MacroException(
        found.position(), what + ": " + found.shown() + " (expected: " + expected + ')');
  }
}
