package io.fairlead.macro;

import io.fairlead.json.Json;
import io.fairlead.json.JsonObject;
import io.fairlead.json.JsonString;
import io.fairlead.json.Position;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A name, the parameters behind it, and what it gives. */
final class Macro {
  private final String name;
  private final List<Parameter> parameters;
  private final Body body;

  Macro(String name, List<Parameter> parameters, Body body) {
    this.name = name;
    this.parameters = parameters;
    this.body = body;
  }

  /** What a macro gives for its arguments. */
  @FunctionalInterface
  interface Body {
    Json result(Arguments arguments);
  }

  String name() {
    return name;
  }

  List<Parameter> parameters() {
    return parameters;
  }

  Json result(Arguments arguments) {
    return body.result(arguments);
  }

  /** The parameter that must have been given although one before it need not; null if none. */
  @Nullable Parameter misplaced() {
    boolean mayBeLeftOut = false;
    for (Parameter parameter : parameters) {
      if (mayBeLeftOut && parameter.isRequired()) {
        return parameter;
      }
      mayBeLeftOut |= !parameter.isRequired();
    }
    return null;
  }

  /** The arguments of a call in a string, by the parameters that they are for. */
  Map<String, Json> bind(List<String> arguments, Position at) {
    long fewest = parameters.stream().filter(Parameter::isRequired).count();
    if (arguments.size() < fewest || arguments.size() > parameters.size()) {
      throw new MacroException(
          at, shown() + ": " + count(arguments.size()) + " (expected: " + signature(fewest) + ')');
    }
    Map<String, Json> bound = new HashMap<>();
    for (int i = 0; i < arguments.size(); i++) {
      bound.put(parameters.get(i).name(), new JsonString(at, arguments.get(i)));
    }
    return bound;
  }

  /** The arguments of a call that is an object; what else the object has is left aside. */
  Map<String, Json> bind(JsonObject call) {
    Map<String, Json> bound = new HashMap<>();
    for (Parameter parameter : parameters) {
      Json value = call.value(parameter.name());
      if (value != null) {
        bound.put(parameter.name(), value);
      } else if (parameter.isRequired()) {
        throw new MacroException(
            call.position(),
            shown() + ": " + parameter.name() + ": not given (expected: the key in this object)");
      }
    }
    return bound;
  }

  String shown() {
    return '@' + name;
  }

  private String signature(long fewest) {
    String names = parameters.stream().map(Parameter::name).collect(Collectors.joining(","));
    if (fewest == parameters.size()) {
      return parameters.isEmpty() ? "none" : fewest + ": " + names;
    }
    return fewest + "-" + parameters.size() + ": " + names;
  }

  private static String count(int arguments) {
    return arguments == 1 ? "1 argument" : arguments + " arguments";
  }
}
