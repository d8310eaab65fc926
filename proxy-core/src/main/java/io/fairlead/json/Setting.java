package io.fairlead.json;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value of a document and the path of keys that leads to it, such as {@code pools.A.servers[1]};
 * the path is empty for the root. Who asks for another kind of value than there is gets an
 * exception that says where, what is there and what is expected.
 *
 * @param key the last part of the path: a key, or the index of an element
 */
public record Setting(String path, String key, Json json) {
  public static Setting ofRoot(Json root) {
    return new Setting("", "", root);
  }

  public boolean isObject() {
    return json instanceof JsonObject;
  }

  public boolean isArray() {
    return json instanceof JsonArray;
  }

  public boolean isText() {
    return json instanceof JsonString;
  }

  public JsonObject object() {
    if (json instanceof JsonObject object) {
      return object;
    }
    throw refused("an object");
  }

  /** What the object has for the key; null when it does not have the key. */
  public @Nullable Setting at(String key) {
    Json value = object().value(key);
    return value == null ? null : new Setting(pathTo(key), key, value);
  }

  /** What the object must have for the key. */
  public Setting required(String key) {
    Setting setting = at(key);
    if (setting == null) {
      throw new JsonException(
          json.position(), pathTo(key), "not given (expected: the key in this object)");
    }
    return setting;
  }

  /** The values of the object, in order. */
  public List<Setting> members() {
    List<Setting> members = new ArrayList<>();
    for (JsonMember member : object().members()) {
      members.add(new Setting(pathTo(member.key()), member.key(), member.value()));
    }
    return members;
  }

  /** The elements of the array. */
  public List<Setting> items() {
    if (!(json instanceof JsonArray array)) {
      throw refused("an array");
    }
    List<Setting> items = new ArrayList<>();
    for (Json item : array.items()) {
      String index = Integer.toString(items.size());
      items.add(new Setting(path + '[' + index + ']', index, item));
    }
    return items;
  }

  public String text() {
    if (json instanceof JsonString string) {
      return string.text();
    }
    throw refused("a string");
  }

  public boolean flag() {
    if (json instanceof JsonBoolean flag) {
      return flag.value();
    }
    throw refused("true or false");
  }

  public long integer(long smallest, long largest) {
    if (json instanceof JsonInteger integer
        && integer.value() >= smallest
        && integer.value() <= largest) {
      return integer.value();
    }
    throw refused("an integer, " + smallest + "-" + largest);
  }

  /** A number with or without a fraction. */
  public double number(double smallest, double largest) {
    double value =
        json instanceof JsonDouble number
            ? number.value()
            : json instanceof JsonInteger integer ? integer.value() : Double.NaN;
    if (value >= smallest && value <= largest) {
      return value;
    }
    throw refused("a number, " + smallest + "-" + largest);
  }

  public String textOr(String key, String otherwise) {
    Setting setting = at(key);
    return setting == null ? otherwise : setting.text();
  }

  public boolean flagOr(String key, boolean otherwise) {
    Setting setting = at(key);
    return setting == null ? otherwise : setting.flag();
  }

  /** The exception that says that this value is not what is expected. */
  public JsonException refused(String expected) {
    return new JsonException(json.position(), path, json.shown() + " (expected: " + expected + ")");
  }

  private String pathTo(String key) {
    return path.isEmpty() ? key : path + '.' + key;
  }
}
