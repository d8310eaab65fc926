package io.fairlead.macro;

import io.fairlead.json.Json;
import io.fairlead.json.JsonBoolean;
import io.fairlead.json.JsonObject;
import io.fairlead.json.JsonString;
import org.jspecify.annotations.Nullable;

/** What a macro is called with. One that is neither required nor has a value is then undefined. */
record Parameter(String name, boolean isRequired, @Nullable Json otherwise) {
  Parameter(String name, boolean isRequired, @Nullable Json otherwise) {
    this.name = name;
    this.isRequired = isRequired;
    this.otherwise = otherwise;
  }

  /** From a definition: its name, or an object that says more. */
  static Parameter of(Json definition) {
    if (definition instanceof JsonString name) {
      return new Parameter(name.text(), true, null);
    }
    if (definition instanceof JsonObject object
        && object.value("name") instanceof JsonString name) {
      return of(name.text(), object);
    }
    throw refused(definition, "a parameter: its name, or an object with a name");
  }

  private static Parameter of(String name, JsonObject object) {
    Json optional = object.value("optional");
    if (optional != null && !(optional instanceof JsonBoolean)) {
      throw refused(optional, "true or false");
    }
    Json otherwise = object.value("default");
    boolean isOptional = optional instanceof JsonBoolean flag ? flag.value() : otherwise != null;
    if (otherwise != null && !isOptional) {
      throw refused(object, "a parameter with a default to be optional");
    }
    return new Parameter(name, !isOptional, otherwise);
  }

  private static MacroException refused(Json found, String expected) {
    return new MacroException(found.position(), found.shown() + " (expected: " + expected + ')');
  }
}
