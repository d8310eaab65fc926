package io.fairlead.macro;

import io.fairlead.json.Json;
import io.fairlead.json.Position;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The macros and constants that are known, of which the document adds its own. A later definition
 * replaces an earlier one of the same name, built-in ones included.
 */
final class Library {
  private final Map<String, Macro> macros = new HashMap<>();
  private final Map<String, Macro> longFormOnly = new HashMap<>();
  private final Map<String, Constant> constants = new HashMap<>();

  /** With all built-in macros but {@code @import}. */
  static Library ofBuiltIns() {
    Library library = new Library();
    Logic.addTo(library);
    Kinds.addTo(library);
    Casts.addTo(library);
    Dictionaries.addTo(library);
    Lists.addTo(library);
    Arithmetic.addTo(library);
    Loops.addTo(library);
    Hashes.addTo(library);
    return library;
  }

  /**
   * A built-in macro.
   *
   * @param parameters names, with a question mark behind those that may be left out
   */
  void add(String name, Macro.Body body, String... parameters) {
    macros.put(name, builtIn(name, body, parameters));
  }

  /** A built-in macro with parameters that no string can hold. */
  void addLongForm(String name, Macro.Body body, String... parameters) {
    longFormOnly.put(name, builtIn(name, body, parameters));
  }

  void define(Macro macro) {
    macros.put(macro.name(), macro);
  }

  void define(String name, Constant constant) {
    constants.put(name, constant);
  }

  /** What {@code @name} calls; null if nothing. */
  @Nullable Macro macro(String name) {
    return macros.get(name);
  }

  /** What an object with this type calls; null if it is no call. */
  @Nullable Macro macroOfType(String type) {
    Macro macro = longFormOnly.get(type);
    return macro == null ? macros.get(type) : macro;
  }

  boolean isLongFormOnly(String name) {
    return longFormOnly.containsKey(name);
  }

  boolean hasConstant(String name) {
    return constants.containsKey(name);
  }

  /** Its value; null if there is no such constant. */
  @Nullable Json constant(String name, Position usedAt, Interpreter interpreter) {
    Constant constant = constants.get(name);
    return constant == null ? null : constant.value(usedAt, interpreter);
  }

  private static Macro builtIn(String name, Macro.Body body, String... parameters) {
    List<Parameter> list = Arrays.stream(parameters).map(Library::parameter).toList();
    return new Macro(name, list, body);
  }

  private static Parameter parameter(String text) {
    boolean isOptional = text.endsWith("?");
    return new Parameter(
        isOptional ? text.substring(0, text.length() - 1) : text, !isOptional, null);
  }
}
