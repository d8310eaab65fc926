package io.fairlead.macro;

import io.fairlead.json.Json;
import io.fairlead.json.JsonArray;
import io.fairlead.json.JsonBoolean;
import io.fairlead.json.JsonMember;
import io.fairlead.json.JsonObject;
import io.fairlead.json.JsonString;
import java.util.ArrayList;
import java.util.List;

/**
 * Macros that go through an object or an array and expand some of their arguments once for each
 * element, with its key or index in {@code %key%} and its value in {@code %item%}.
 */
final class Loops {
  private static final String DICTIONARY = "dictionary";

  private Loops() {}

  static void addTo(Library library) {
    library.addLongForm(
        "transform",
        Loops::transform,
        DICTIONARY,
        "itemTransform?",
        "keyTransform?",
        "itemName?",
        "keyName?");
    library.addLongForm(
        "process",
        Loops::process,
        "initialValue",
        DICTIONARY,
        "transform",
        "itemName?",
        "keyName?",
        "valueName?");
    library.addLongForm(
        "foreach",
        Loops::foreach,
        "from",
        "where?",
        "use?",
        "top?",
        "noMatchResult?",
        "key?",
        "item?");
  }

  private static Json transform(Arguments arguments) {
    Loop loop = new Loop(arguments, DICTIONARY, "keyName", "itemName");
    Json dictionary = arguments.value(DICTIONARY);
    if (dictionary instanceof JsonObject) {
      return transformObject(loop, arguments);
    }
    if (!loop.elements().isEmpty() && !arguments.has("itemTransform")) {
      throw arguments.refused("itemTransform: not given (expected: the key, for an array)");
    }
    List<Json> items = new ArrayList<>();
    for (Loop.Element element : loop.elements()) {
      items.add(loop.expand("itemTransform", element));
    }
    return new JsonArray(arguments.position(), items);
  }

  private static Json transformObject(Loop loop, Arguments arguments) {
    List<JsonMember> members = new ArrayList<>();
    for (Loop.Element element : loop.elements()) {
      List<Json> keys = keys(loop, element, arguments);
      if (!keys.isEmpty()) {
        Json item = loop.expandOr("itemTransform", element, element.item());
        for (Json key : keys) {
          members.add(member(key, item, arguments));
        }
      }
    }
    return new JsonObject(arguments.position(), members);
  }

  /** A key may become several, or none. */
  private static List<Json> keys(Loop loop, Loop.Element element, Arguments arguments) {
    Json key = loop.expandOr("keyTransform", element, element.key());
    if (key instanceof JsonArray array) {
      arguments.budget().make(array.items().size(), arguments.position());
      return array.items();
    }
    return List.of(key);
  }

  private static JsonMember member(Json key, Json item, Arguments arguments) {
    if (!(key instanceof JsonString text)) {
      throw arguments.refused("keyTransform", key, "a string, or an array of strings");
    }
    return new JsonMember(text.text(), key.position(), item);
  }

  private static Json process(Arguments arguments) {
    Loop loop = new Loop(arguments, DICTIONARY, "keyName", "itemName");
    String valueName = arguments.literal("valueName", "value");
    Json value = arguments.value("initialValue");
    for (Loop.Element element : loop.elements()) {
      Scope scope = loop.scope(element);
      scope.define(valueName, value, arguments.position());
      value = loop.expand("transform", element, scope);
    }
    return value;
  }

  private static Json foreach(Arguments arguments) {
    Loop loop = new Loop(arguments, "from", "key", "item");
    long left = top(arguments);
    Gathering gathering = null;
    for (Loop.Element element : loop.elements()) {
      if (left <= 0) {
        break;
      }
      if (matches(loop, element, arguments)) {
        Json part = part(loop, element, arguments);
        gathering = gathering == null ? new Gathering(arguments, "use", part) : gathering;
        gathering.add(part);
        left--;
      }
    }
    return gathering == null ? noMatch(arguments) : gathering.result();
  }

  private static long top(Arguments arguments) {
    if (!arguments.has("top")) {
      return Long.MAX_VALUE;
    }
    if (arguments.integer("top") < 0) {
      throw arguments.refused("top", "an integer that is not negative");
    }
    return arguments.integer("top");
  }

  private static boolean matches(Loop loop, Loop.Element element, Arguments arguments) {
    if (!arguments.has("where")) {
      return true;
    }
    Json where = loop.expand("where", element);
    if (where instanceof JsonBoolean flag) {
      return flag.value();
    }
    throw arguments.refused("where", where, "a boolean");
  }

  private static Json part(Loop loop, Loop.Element element, Arguments arguments) {
    if (arguments.has("use")) {
      return loop.expand("use", element);
    }
    return element.key() instanceof JsonString key
        ? new JsonObject(
            arguments.position(),
            List.of(new JsonMember(key.text(), key.position(), element.item())))
        : new JsonArray(arguments.position(), List.of(element.item()));
  }

  private static Json noMatch(Arguments arguments) {
    if (arguments.has("noMatchResult")) {
      return arguments.value("noMatchResult");
    }
    return arguments.value("from") instanceof JsonObject
        ? new JsonObject(arguments.position(), List.of())
        : new JsonArray(arguments.position(), List.of());
  }
}
