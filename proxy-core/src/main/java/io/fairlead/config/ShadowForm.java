package io.fairlead.config;

import io.fairlead.config.route.RouteSettings;
import io.fairlead.config.route.ShadowSettings;
import io.fairlead.config.route.ShadowSettings.Shadow;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The form of routes that send copies of requests elsewhere. */
final class ShadowForm {
  private static final String COPIES =
      "a map with to, or a list of them, as in {to: test, requests: 0.1}";
  private static final String RANGE = "two numbers from 0 to 1, the smaller one first";
  private static final String KEYS = "a list of keys";

  private static final int MOST = 1 << 20;

  private ShadowForm() {}

  static void addTo(RouteForms forms) {
    forms.add("shadow", ShadowSettings.class, ShadowForm::read, ShadowForm::write);
  }

  private static RouteSettings read(GivenRoute given) {
    RouteSettings target = given.one("shadow");
    List<Shadow> copies =
        given.required("copies", COPIES, List.of(), value -> readAll(value, given.routes()));
    return new ShadowSettings(target, copies);
  }

  private static List<Shadow> readAll(ConfigValue value, RouteReader routes) {
    List<ConfigValue> elements = value.isMap() ? List.of(value) : value.list(COPIES);
    if (value.isEmptyList()) {
      value.refuse(COPIES);
    }
    List<Shadow> copies = new ArrayList<>();
    for (ConfigValue element : elements) {
      Shadow copy = element.map(COPIES, map -> readOne(new GivenRoute(map, routes)));
      if (copy != null) {
        copies.add(copy);
      }
    }
    return copies;
  }

  private static Shadow readOne(GivenRoute given) {
    RouteSettings target = given.one("to");
    double requests = given.optional("requests", 1.0, ValueKind.share());
    List<Double> range = given.optional("key_range", List.of(0.0, 1.0), ShadowForm::readRange);
    Set<String> keys = given.orNull("keys", ShadowForm::readKeys);
    int most = given.optional("in_flight", Shadow.MOST_IN_FLIGHT, ValueKind.wholeNumber(0, MOST));
    boolean compares = given.flag("compare", false);
    return new Shadow(target, range.get(0), range.get(1), keys, requests, most, compares);
  }

  private static @Nullable List<Double> readRange(ConfigValue value) {
    List<Double> bounds = ValueKind.listOf(RANGE, ValueKind.share()).read(value);
    if (bounds == null || bounds.size() != value.elements()) {
      return null;
    }
    return bounds.size() == 2 && bounds.get(0) <= bounds.get(1) ? bounds : value.refuse(RANGE);
  }

  private static @Nullable Set<String> readKeys(ConfigValue value) {
    List<String> keys = ValueKind.listOf(KEYS, ValueKind.text()).read(value);
    return keys == null ? null : new LinkedHashSet<>(keys);
  }

  private static void write(ShadowSettings route, WrittenRoute written) {
    written
        .one("shadow", route.target())
        .put("copies", route.shadows().stream().map(copy -> entries(copy, written)).toList());
  }

  private static Object entries(Shadow copy, WrittenRoute route) {
    WrittenRoute written = new WrittenRoute(route.routes()).one("to", copy.target());
    written.putUnless(1.0, "requests", copy.requests(), YamlScalar::decimal);
    List<Double> range = List.of(copy.keysFrom(), copy.keysTo());
    written.putUnless(List.of(0.0, 1.0), "key_range", range, WrittenRoute::decimals);
    Set<String> keys = copy.keys();
    if (keys != null) {
      written.put("keys", WrittenRoute.texts(keys.stream().sorted().toList()));
    }
    written.putUnless(Shadow.MOST_IN_FLIGHT, "in_flight", copy.mostInFlight(), String::valueOf);
    written.putFlag("compare", copy.compares(), false);
    return written.entries();
  }
}
