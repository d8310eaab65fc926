package io.fairlead.macro;

import io.fairlead.json.Json;
import io.fairlead.json.JsonArray;
import io.fairlead.json.JsonMember;
import io.fairlead.json.JsonObject;
import io.fairlead.json.JsonString;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Macros over objects, most of which take arrays and some of which take strings, too. */
final class Dictionaries {
  private static final String DICTIONARY = "dictionary";

  private Dictionaries() {}

  static void addTo(Library library) {
    library.add("keys", Dictionaries::keys, DICTIONARY);
    library.add("values", Dictionaries::values, DICTIONARY);
    library.add("select", Dictionaries::select, DICTIONARY, "key", "default?");
    library.add("set", Dictionaries::set, DICTIONARY, "key", "value");
    library.add("contains", Dictionaries::contains, DICTIONARY, "key");
    library.add("size", a -> a.integer(size(a)), DICTIONARY);
    library.add("empty", a -> a.flag(size(a) == 0), DICTIONARY);
  }

  private static Json keys(Arguments arguments) {
    List<JsonString> keys = new ArrayList<>();
    for (JsonMember member : arguments.object(DICTIONARY).members()) {
      keys.add(new JsonString(member.position(), member.key()));
    }
    return new JsonArray(arguments.position(), keys);
  }

  private static Json values(Arguments arguments) {
    return new JsonArray(
        arguments.position(),
        arguments.object(DICTIONARY).members().stream().map(JsonMember::value).toList());
  }

  private static Json select(Arguments arguments) {
    Json found = found(arguments);
    if (found != null) {
      return found;
    }
    if (arguments.has("default")) {
      return arguments.value("default");
    }
    throw arguments.refused("key", "one that is in the dictionary, or a default");
  }

  /** Indexes below zero count from the end. */
  private static @Nullable Json found(Arguments arguments) {
    Json dictionary = arguments.value(DICTIONARY);
    if (dictionary instanceof JsonObject object) {
      return object.value(arguments.text("key"));
    }
    if (!(dictionary instanceof JsonArray array)) {
      throw arguments.refused(DICTIONARY, "an object or an array");
    }
    long index = arguments.integer("key");
    int size = array.items().size();
    long fromStart = index < 0 ? index + size : index;
    return fromStart >= 0 && fromStart < size ? array.items().get((int) fromStart) : null;
  }

  private static Json set(Arguments arguments) {
    Json dictionary = arguments.value(DICTIONARY);
    Json value = arguments.value("value");
    if (dictionary instanceof JsonObject object) {
      List<JsonMember> members = new ArrayList<>(object.members());
      members.add(new JsonMember(arguments.text("key"), value));
      return new JsonObject(arguments.position(), members);
    }
    if (!(dictionary instanceof JsonArray array)) {
      throw arguments.refused(DICTIONARY, "an object or an array");
    }
    long index = arguments.integer("key");
    if (index < 0 || index >= array.items().size()) {
      throw arguments.refused("key", "an index below " + array.items().size());
    }
    List<Json> items = new ArrayList<>(array.items());
    items.set((int) index, value);
    return new JsonArray(arguments.position(), items);
  }

  private static Json contains(Arguments arguments) {
    Json dictionary = arguments.value(DICTIONARY);
    if (dictionary instanceof JsonObject object) {
      return arguments.flag(object.has(arguments.text("key")));
    }
    if (dictionary instanceof JsonString string) {
      return arguments.flag(string.text().contains(arguments.text("key")));
    }
    if (!(dictionary instanceof JsonArray array)) {
      throw arguments.refused(DICTIONARY, "an object, an array or a string");
    }
    Json key = arguments.value("key");
    arguments.budget().spend(array.weight(), arguments.position());
    return arguments.flag(array.items().stream().anyMatch(item -> Order.isSame(item, key)));
  }

  private static int size(Arguments arguments) {
    Json dictionary = arguments.value(DICTIONARY);
    if (dictionary instanceof JsonObject object) {
      return object.size();
    }
    if (dictionary instanceof JsonString string) {
      return string.text().codePointCount(0, string.text().length());
    }
    if (dictionary instanceof JsonArray array) {
      return array.items().size();
    }
    throw arguments.refused(DICTIONARY, "an object, an array or a string");
  }
}
