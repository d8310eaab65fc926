package io.fairlead.macro;

import io.fairlead.json.Json;
import io.fairlead.json.JsonArray;
import io.fairlead.json.JsonBoolean;
import io.fairlead.json.JsonDouble;
import io.fairlead.json.JsonInteger;
import io.fairlead.json.JsonMember;
import io.fairlead.json.JsonNull;
import io.fairlead.json.JsonObject;
import io.fairlead.json.JsonString;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * Which values say the same and which comes first, wherever they were written. Numbers are one
 * kind; strings are compared byte by byte; values of different kinds come in the order null, array,
 * boolean, number, object, string. Objects have no order among themselves.
 */
final class Order {
  private static final List<Class<? extends Json>> KINDS =
      List.of(
          JsonNull.class,
          JsonArray.class,
          JsonBoolean.class,
          JsonDouble.class,
          JsonObject.class,
          JsonString.class);

  private Order() {}

  static boolean isSame(Json a, Json b) {
    if (a instanceof JsonObject first && b instanceof JsonObject second) {
      return isSame(first, second);
    }
    if (a instanceof JsonArray first && b instanceof JsonArray second) {
      return isSame(first.items(), second.items());
    }
    return kind(a) == kind(b) && compare(a, b) == 0;
  }

  private static boolean isSame(JsonObject a, JsonObject b) {
    if (a.size() != b.size()) {
      return false;
    }
    for (JsonMember member : a.members()) {
      Json other = b.value(member.key());
      if (other == null || !isSame(member.value(), other)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isSame(List<Json> a, List<Json> b) {
    Iterator<Json> second = b.iterator();
    return a.size() == b.size() && a.stream().allMatch(item -> isSame(item, second.next()));
  }

  /**
   * As a comparator does.
   *
   * @throws MacroException for two objects
   */
  static int compare(Json a, Json b) {
    if (kind(a) != kind(b)) {
      return Integer.compare(kind(a), kind(b));
    }
    if (a instanceof JsonString first && b instanceof JsonString second) {
      return compare(first.text(), second.text());
    }
    if (a instanceof JsonArray first && b instanceof JsonArray second) {
      return compare(first.items(), second.items());
    }
    if (a instanceof JsonBoolean first && b instanceof JsonBoolean second) {
      return Boolean.compare(first.value(), second.value());
    }
    if (a instanceof JsonObject) {
      throw new MacroException(a.position(), a.shown() + " (expected: a value that has an order)");
    }
    return a instanceof JsonNull ? 0 : number(a).compareTo(number(b));
  }

  static int compare(String a, String b) {
    return Arrays.compareUnsigned(
        a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }

  private static int compare(List<Json> a, List<Json> b) {
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      int order = compare(a.get(i), b.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.size(), b.size());
  }

  private static int kind(Json json) {
    return KINDS.indexOf(json instanceof JsonInteger ? JsonDouble.class : json.getClass());
  }

  private static BigDecimal number(Json json) {
    return json instanceof JsonInteger integer
        ? BigDecimal.valueOf(integer.value())
        : BigDecimal.valueOf(((JsonDouble) json).value());
  }
}
