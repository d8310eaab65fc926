package io.fairlead.macro;

import io.fairlead.json.Json;
import io.fairlead.json.JsonArray;
import io.fairlead.json.JsonInteger;
import io.fairlead.json.JsonMember;
import io.fairlead.json.JsonObject;
import io.fairlead.json.JsonString;
import java.util.ArrayList;
import java.util.List;

/** Macros that put together arrays and take them apart, and strings with them. */
final class Lists {
  private static final String DICTIONARY = "dictionary";

  private Lists() {}

  static void addTo(Library library) {
    library.add("merge", Lists::merge, "params");
    library.add("slice", Lists::slice, DICTIONARY, "from", "to");
    library.add("range", Lists::range, "from", "to");
    library.add("split", Lists::split, DICTIONARY, "delim");
    library.add("sort", Lists::sort, DICTIONARY);
    library.add("shuffle", Lists::shuffle, DICTIONARY, "seed?");
  }

  private static Json merge(Arguments arguments) {
    List<Json> parts = arguments.array("params").items();
    if (parts.isEmpty()) {
      throw arguments.refused("params", "at least one value");
    }
    if (parts.get(0) instanceof JsonString) {
      return mergeStrings(parts, arguments);
    }
    Gathering gathering = new Gathering(arguments, "params", parts.get(0));
    parts.forEach(gathering::add);
    return gathering.result();
  }

  private static Json mergeStrings(List<Json> parts, Arguments arguments) {
    StringBuilder merged = new StringBuilder();
    for (Json part : parts) {
      if (!(part instanceof JsonString string)) {
        throw arguments.refused("params", part, "a string, as before");
      }
      merged.append(string.text());
    }
    return arguments.string(merged.toString());
  }

  /** What is between two indexes or keys, both included; what is beyond the ends is not missed. */
  private static Json slice(Arguments arguments) {
    Json dictionary = arguments.value(DICTIONARY);
    if (dictionary instanceof JsonObject object) {
      return slice(object, arguments);
    }
    if (dictionary instanceof JsonArray array) {
      int size = array.items().size();
      int from = start(arguments, size);
      List<Json> items = array.items().subList(from, end(arguments, from, size));
      return new JsonArray(arguments.position(), items);
    }
    String text = arguments.text(DICTIONARY);
    int size = text.codePointCount(0, text.length());
    int from = start(arguments, size);
    int to = end(arguments, from, size);
    return arguments.string(
        text.substring(text.offsetByCodePoints(0, from), text.offsetByCodePoints(0, to)));
  }

  private static Json slice(JsonObject object, Arguments arguments) {
    String from = arguments.text("from");
    String to = arguments.text("to");
    List<JsonMember> members =
        object.members().stream()
            .filter(member -> Order.compare(from, member.key()) <= 0)
            .filter(member -> Order.compare(member.key(), to) <= 0)
            .toList();
    return new JsonObject(arguments.position(), members);
  }

  private static int start(Arguments arguments, int size) {
    return (int) Math.min(Math.max(0, arguments.integer("from")), size);
  }

  private static int end(Arguments arguments, int start, int size) {
    return (int) Math.max(start, Math.min(arguments.integer("to"), size - 1L) + 1);
  }

  private static Json range(Arguments arguments) {
    long from = arguments.integer("from");
    long to = arguments.integer("to");
    List<JsonInteger> items = new ArrayList<>();
    for (long i = from; i <= to; i++) {
      arguments.budget().make(1, arguments.position());
      items.add(arguments.integer(i));
    }
    return new JsonArray(arguments.position(), items);
  }

  private static Json split(Arguments arguments) {
    String text = arguments.text(DICTIONARY);
    String delimiter = arguments.text("delim");
    List<JsonString> parts = new ArrayList<>();
    int start = 0;
    int end = delimiter.isEmpty() ? -1 : text.indexOf(delimiter);
    while (end >= 0) {
      arguments.budget().make(1, arguments.position());
      parts.add(arguments.string(text.substring(start, end)));
      start = end + delimiter.length();
      end = text.indexOf(delimiter, start);
    }
    parts.add(arguments.string(text.substring(start)));
    return new JsonArray(arguments.position(), parts);
  }

  private static Json sort(Arguments arguments) {
    JsonArray array = arguments.array(DICTIONARY);
    arguments.budget().spend(array.weight(), arguments.position());
    return new JsonArray(
        arguments.position(), array.items().stream().sorted(Order::compare).toList());
  }

  private static Json shuffle(Arguments arguments) {
    List<Json> items = new ArrayList<>(arguments.array(DICTIONARY).items());
    if (!arguments.has("seed")) {
      Shuffle.unpredictable().apply(items);
      return new JsonArray(arguments.position(), items);
    }
    long seed = arguments.integer("seed");
    if (seed < 0) {
      throw arguments.refused("seed", "an integer that is not negative");
    }
    Shuffle.seeded(seed).apply(items);
    return new JsonArray(arguments.position(), items);
  }
}
