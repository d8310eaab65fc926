package io.fairlead.mcrouter;

import io.fairlead.config.NearestKey;
import io.fairlead.json.JsonException;
import io.fairlead.json.Setting;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a pool or of a route handle, which may also be written as a bare value in place
 * of the object: {@code AllSyncRoute|Pool|A}.
 *
 * <p>A parameter is known because somebody asked for it; the others are warned about.
 */
final class Params {
  private final Setting setting;
  private final Findings findings;
  private final Set<String> known = new HashSet<>();

  Params(Setting setting, Findings findings) {
    this.setting = setting;
    this.findings = findings;
  }

  /** The object, or what stands in its place. */
  Setting setting() {
    return setting;
  }

  boolean isObject() {
    return setting.isObject();
  }

  @Nullable Setting at(String key) {
    known.add(key);
    return setting.isObject() ? setting.at(key) : null;
  }

  Setting required(String key) {
    Setting value = at(key);
    return value == null ? setting.required(key) : value;
  }

  /** The value of a key, or what stands in place of the object. */
  @Nullable Setting bareOr(String key) {
    return setting.isObject() ? at(key) : setting;
  }

  Setting requiredBareOr(String key) {
    return setting.isObject() ? required(key) : setting;
  }

  boolean flagOr(String key, boolean otherwise) {
    Setting value = at(key);
    return value == null ? otherwise : findings.or(otherwise, value::flag);
  }

  String textOr(String key, String otherwise) {
    Setting value = at(key);
    return value == null ? otherwise : findings.or(otherwise, value::text);
  }

  @Nullable String textOrNull(String key) {
    Setting value = at(key);
    return value == null ? null : findings.or("", value::text);
  }

  int integerOr(String key, int otherwise, int least, int most) {
    Setting value = at(key);
    return value == null
        ? otherwise
        : findings.or((long) otherwise, () -> value.integer(least, most)).intValue();
  }

  double numberOr(String key, double otherwise, double least, double most) {
    Setting value = at(key);
    return value == null ? otherwise : findings.or(otherwise, () -> value.number(least, most));
  }

  /** The integer that must be there; the least one when it is refused. */
  long requiredInteger(String key, long least, long most) {
    return findings.or(least, () -> required(key).integer(least, most));
  }

  Findings findings() {
    return findings;
  }

  /** Takes note of keys that mean nothing here, and need no warning. */
  Params ignore(String... keys) {
    known.addAll(Set.of(keys));
    return this;
  }

  /** Warns of a key that has a meaning in mcrouter, but none here. */
  void warnOfUnused(String key, String why) {
    Setting value = at(key);
    if (value != null) {
      warn(value, "nothing: " + why);
    }
  }

  void warn(Setting value, String expected) {
    findings.warn(value.json().position(), value.path(), value.json().shown(), expected);
  }

  /** Warns of what nobody has asked for. */
  void warnOfUnknown() {
    if (!setting.isObject()) {
      return;
    }
    for (Setting member : setting.members()) {
      if (!known.contains(member.key())) {
        findings.warn(
            member.json().position(),
            member.path(),
            "unknown key",
            "a key that means something here",
            NearestKey.hint(member.key(), known));
      }
    }
  }

  JsonException refused(String expected) {
    return setting.refused(expected);
  }
}
