package io.fairlead.macro;

import io.fairlead.json.Json;
import io.fairlead.json.JsonArray;
import io.fairlead.json.JsonMember;
import io.fairlead.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** An array or an object that grows by the parts of others, of which the first decides which. */
final class Gathering {
  private final Arguments arguments;
  private final String name;
  private final boolean isArray;
  private final List<Json> items = new ArrayList<>();
  private final List<JsonMember> members = new ArrayList<>();

  /**
   * @param name of the argument that the parts come from
   */
  Gathering(Arguments arguments, String name, Json first) {
    if (!(first instanceof JsonArray) && !(first instanceof JsonObject)) {
      throw arguments.refused(name, first, "an array or an object");
    }
    this.arguments = arguments;
    this.name = name;
    this.isArray = first instanceof JsonArray;
  }

  void add(Json part) {
    if (isArray && part instanceof JsonArray array) {
      arguments.budget().make(array.items().size(), arguments.position());
      items.addAll(array.items());
    } else if (!isArray && part instanceof JsonObject object) {
      arguments.budget().make(object.size(), arguments.position());
      members.addAll(object.members());
    } else {
      throw arguments.refused(name, part, (isArray ? "an array" : "an object") + ", as before");
    }
  }

  Json result() {
    return isArray
        ? new JsonArray(arguments.position(), items)
        : new JsonObject(arguments.position(), members);
  }
}
