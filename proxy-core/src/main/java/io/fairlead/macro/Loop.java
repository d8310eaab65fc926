package io.fairlead.macro;

import io.fairlead.json.Json;
import io.fairlead.json.JsonArray;
import io.fairlead.json.JsonInteger;
import io.fairlead.json.JsonMember;
import io.fairlead.json.JsonObject;
import io.fairlead.json.JsonString;
import java.util.ArrayList;
import java.util.List;

/** The elements that a macro goes through, and the names that it has for them. */
final class Loop {
  private final Arguments arguments;
  private final String keyName;
  private final String itemName;
  private final List<Element> elements;

  /**
   * @param dictionary the argument that has the elements
   * @param keyName the argument that says how the key of an element is called
   * @param itemName the argument that says how its value is called
   */
  Loop(Arguments arguments, String dictionary, String keyName, String itemName) {
    this.arguments = arguments;
    this.keyName = arguments.literal(keyName, "key");
    this.itemName = arguments.literal(itemName, "item");
    this.elements = elements(arguments, dictionary);
  }

  /**
   * @param key a string, or the index
   */
  record Element(Json key, Json item) {}

  List<Element> elements() {
    return elements;
  }

  Scope scope(Element element) {
    Scope scope = new Scope(arguments.caller());
    scope.define(keyName, element.key(), arguments.position());
    scope.define(itemName, element.item(), arguments.position());
    return scope;
  }

  Json expand(String argument, Element element) {
    return expand(argument, element, scope(element));
  }

  Json expandOr(String argument, Element element, Json otherwise) {
    return arguments.has(argument) ? expand(argument, element) : otherwise;
  }

  Json expand(String argument, Element element, Scope scope) {
    Json unexpanded = arguments.unexpanded(argument);
    assert unexpanded != null : "required, or asked for after has()";
    try {
      return arguments.interpreter().expand(unexpanded, scope);
    } catch (MacroException e) {
      throw e.within(
          arguments.macro().shown() + " for " + element.key().shown(), arguments.position());
    }
  }

  private static List<Element> elements(Arguments arguments, String dictionary) {
    Json value = arguments.value(dictionary);
    List<Element> elements = new ArrayList<>();
    if (value instanceof JsonObject object) {
      for (JsonMember member : object.members()) {
        Json key = new JsonString(member.position(), member.key());
        elements.add(new Element(key, member.value()));
      }
    } else if (value instanceof JsonArray array) {
      for (Json item : array.items()) {
        elements.add(new Element(new JsonInteger(item.position(), elements.size()), item));
      }
    } else {
      throw arguments.refused(dictionary, "an object or an array");
    }
    arguments.budget().spend(elements.size(), arguments.position());
    return elements;
  }
}
