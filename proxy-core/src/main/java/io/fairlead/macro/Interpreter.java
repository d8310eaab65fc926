package io.fairlead.macro;

import io.fairlead.json.Json;
import io.fairlead.json.JsonArray;
import io.fairlead.json.JsonMember;
import io.fairlead.json.JsonObject;
import io.fairlead.json.JsonString;
import io.fairlead.json.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Replaces macros by what they give. Strings are filled or are calls; objects with a {@code type}
 * that is a macro are calls, too; all else is copied, keys included. A result is not expanded
 * again.
 */
final class Interpreter {
  private static final Set<String> DEFINITIONS = Set.of("macroDef", "constDef");

  private final Library library;
  private final Budget budget;

  Interpreter(Library library, Budget budget) {
    this.library = library;
    this.budget = budget;
  }

  Library library() {
    return library;
  }

  Budget budget() {
    return budget;
  }

  Json expand(Json json, Scope scope) {
    budget.enter(json.position());
    try {
      if (json instanceof JsonString string) {
        return expandString(string, scope);
      }
      if (json instanceof JsonObject object) {
        return expandObject(object, scope);
      }
      return json instanceof JsonArray array ? expandArray(array, scope) : json;
    } finally {
      budget.leave();
    }
  }

  /** The value of a name, of the nearest scope that has it or of a constant. */
  Json parameter(String name, Scope scope, Position at) {
    Json value = scope.find(name, this);
    if (value == null) {
      value = library.constant(name, at, this);
    }
    if (value == null) {
      throw new MacroException(
          at, '%' + name + "% (expected: a parameter or constant that is known here)");
    }
    return value;
  }

  private Json expandString(JsonString string, Scope scope) {
    budget.enter(string.position());
    budget.spend(string.weight(), string.position());
    try {
      Json result =
          CallText.isIn(string) ? call(string, scope) : new Template(this, scope).fill(string);
      budget.make(result instanceof JsonString text ? text.weight() : 1, string.position());
      return result;
    } finally {
      budget.leave();
    }
  }

  private Json call(JsonString string, Scope scope) {
    CallText call = CallText.of(string);
    Position at = string.position();
    Json name = new Template(this, scope).fill(new JsonString(at, call.name()));
    if (!(name instanceof JsonString text)) {
      throw new MacroException(at, name.shown() + " (expected: the name of a macro)");
    }
    Macro macro = library.macro(text.text());
    if (macro == null) {
      throw new MacroException(
          at,
          library.isLongFormOnly(text.text())
              ? '@' + text.text() + " (expected: an object of this type)"
              : '@' + text.text() + " (expected: a macro that is defined)");
    }
    return result(new Arguments(this, macro, at, scope, macro.bind(call.arguments(), at)), macro);
  }

  private Json expandObject(JsonObject object, Scope outer) {
    Scope scope = withVars(object, outer);
    JsonObject plain = object.without("vars");
    Json type = plain.value("type");
    if (type == null || !(expand(type, scope) instanceof JsonString name)) {
      return expandMembers(plain, scope);
    }
    if (DEFINITIONS.contains(name.text())) {
      return plain;
    }
    Macro macro = library.macroOfType(name.text());
    if (macro == null) {
      return expandMembers(plain, scope);
    }
    Map<String, Json> bound = macro.bind(plain);
    return result(new Arguments(this, macro, plain.position(), scope, bound), macro);
  }

  private Json result(Arguments arguments, Macro macro) {
    Json result = budget.checked(macro.result(arguments));
    int parts =
        result instanceof JsonArray array
            ? array.items().size()
            : result instanceof JsonObject object ? object.size() : 1;
    budget.make(parts, arguments.position());
    return result;
  }

  /** Variables may need each other in any order, but all of them have to be right. */
  private Scope withVars(JsonObject object, Scope outer) {
    Json vars = object.value("vars");
    if (vars == null) {
      return outer;
    }
    if (!(vars instanceof JsonObject variables)) {
      throw new MacroException(vars.position(), "vars: " + vars.shown() + " (expected: an object)");
    }
    Scope scope = new Scope(outer);
    for (JsonMember variable : variables.members()) {
      scope.defineUnexpanded(variable.key(), variable.value(), variable.position());
    }
    for (JsonMember variable : variables.members()) {
      parameter(variable.key(), scope, variable.position());
    }
    return scope;
  }

  private JsonObject expandMembers(JsonObject object, Scope scope) {
    List<JsonMember> members = new ArrayList<>(object.size());
    for (JsonMember member : object.members()) {
      Json key = expand(new JsonString(member.position(), member.key()), scope);
      if (!(key instanceof JsonString name)) {
        throw new MacroException(
            member.position(), "the key " + key.shown() + " (expected: a string)");
      }
      members.add(new JsonMember(name.text(), member.position(), expand(member.value(), scope)));
    }
    budget.make(1 + members.size(), object.position());
    return budget.checked(new JsonObject(object.position(), members));
  }

  private JsonArray expandArray(JsonArray array, Scope scope) {
    List<Json> items = new ArrayList<>(array.items().size());
    for (Json item : array.items()) {
      items.add(expand(item, scope));
    }
    budget.make(1 + items.size(), array.position());
    return budget.checked(new JsonArray(array.position(), items));
  }
}
