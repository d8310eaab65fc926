package io.fairlead.server.introspection;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Statistics by name, as far as they belong to the groups that are asked for. */
final class StatsList {
  private static final MathContext SIX_DIGITS = new MathContext(6);

  private final Map<String, String> values = new LinkedHashMap<>();
  private final Set<Group> wanted;

  StatsList(Set<Group> wanted) {
    this.wanted = Set.copyOf(wanted);
  }

  void add(Set<Group> groups, String name, String value) {
    if (groups.stream().anyMatch(wanted::contains)) {
      values.put(name, value);
    }
  }

  void add(Set<Group> groups, String name, long value) {
    add(groups, name, String.valueOf(value));
  }

  /** With six digits, as mcrouter writes such a number, but never with an exponent. */
  void add(Set<Group> groups, String name, double value) {
    add(groups, name, number(value));
  }

  static String number(double value) {
    BigDecimal rounded = new BigDecimal(value).round(SIX_DIGITS);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }

  Map<String, String> values() {
    return values;
  }
}
