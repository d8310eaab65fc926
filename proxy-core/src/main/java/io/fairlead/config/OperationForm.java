package io.fairlead.config;

import io.fairlead.config.route.OperationSettings;
import io.fairlead.config.route.RouteSettings;
import io.fairlead.protocol.Operation;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The form of routes by operation: operations by their names, and words for those that are usually
 * routed alike. What is said of one operation counts more than what is said of its group.
 */
final class OperationForm {
  /** Every operation that reaches a route. */
  static final Set<Operation> ALL = EnumSet.complementOf(EnumSet.of(Operation.FLUSHALL));

  private static final String ERROR_OF_MCROUTER = "error_of_mcrouter";
  private static final String OPERATION = "an operation, such as get, set or delete";
  private static final Map<String, Set<Operation>> GROUPS = groups();
  private static final List<String> NAMES =
      ALL.stream().map(Operation::configName).collect(Collectors.toList());

  private OperationForm() {}

  private static Map<String, Set<Operation>> groups() {
    Map<String, Set<Operation>> groups = new LinkedHashMap<>();
    groups.put("reads", ofKind(Operation.Kind.GET_LIKE));
    groups.put("writes", ofKind(Operation.Kind.UPDATE_LIKE));
    groups.put("arithmetic", ofKind(Operation.Kind.ARITHMETIC_LIKE));
    return groups;
  }

  private static Set<Operation> ofKind(Operation.Kind kind) {
    return Arrays.stream(Operation.values())
        .filter(operation -> operation.kind() == kind)
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Operation.class)));
  }

  static void addTo(RouteForms forms) {
    forms.add("by_operation", OperationSettings.class, OperationForm::read, OperationForm::write);
  }

  /** Reads a list of operations and groups of them. */
  static @Nullable Set<Operation> readSet(ConfigValue value) {
    Set<Operation> all = EnumSet.noneOf(Operation.class);
    for (ConfigValue element : value.list("a list of operations, as in [get, set]")) {
      String word = element.text();
      Set<Operation> some = word == null ? Set.of() : operations(word);
      if (some.isEmpty()) {
        element.refuse(OPERATION, word == null ? null : NearestKey.hint(word, NAMES));
      }
      all.addAll(some);
    }
    return all;
  }

  private static Set<Operation> operations(String word) {
    Set<Operation> group = GROUPS.get(word);
    if (group != null) {
      return group;
    }
    return Operation.named(word).filter(ALL::contains).map(Set::of).orElse(Set.of());
  }

  private static RouteSettings read(GivenRoute given) {
    ConfigValue value = given.map().take("by_operation");
    boolean errorOfMcrouter = given.flag(ERROR_OF_MCROUTER, false);
    String expected = "a map of routes by operations, with otherwise for the rest";
    RouteSettings read =
        value == null
            ? null
            : value.map(expected, map -> read(map, errorOfMcrouter, given.routes()));
    return read == null ? RouteReader.REFUSED : read;
  }

  private static RouteSettings read(
      MappingReader map, boolean errorOfMcrouter, RouteReader routes) {
    Map<Operation, RouteSettings> policies = new EnumMap<>(Operation.class);
    GROUPS.forEach(
        (word, operations) -> {
          ConfigValue value = map.take(word);
          if (value != null) {
            RouteSettings route = routes.read(value);
            operations.forEach(operation -> policies.put(operation, route));
          }
        });
    for (Operation operation : ALL) {
      ConfigValue value = map.take(operation.configName());
      if (value != null) {
        policies.put(operation, routes.read(value));
      }
    }
    ConfigValue otherwise = map.take(SelectForms.OTHERWISE);
    if (otherwise == null) {
      refuseMissing(map.map(), policies.keySet());
    }
    return new OperationSettings(
        policies, SelectForms.routeOrFalse(otherwise, routes), errorOfMcrouter);
  }

  private static void refuseMissing(ConfigValue place, Set<Operation> given) {
    String missing =
        ALL.stream()
            .filter(operation -> !given.contains(operation))
            .map(Operation::configName)
            .collect(Collectors.joining(", "));
    if (!missing.isEmpty()) {
      place.refuseMissing(
          SelectForms.OTHERWISE,
          "a route for " + missing + ", or false to answer them with an error");
    }
  }

  private static void write(OperationSettings route, WrittenRoute written) {
    WrittenRoute operations = new WrittenRoute(written.routes());
    grouped(route.policies()).forEach(operations::one);
    SelectForms.writeOrFalse(operations, route.otherwise());
    written
        .put("by_operation", operations.entries())
        .putFlag(ERROR_OF_MCROUTER, route.errorOfMcrouter(), false);
  }

  /** The routes by operations, and by groups of which all operations take one route. */
  @SuppressWarnings("ReferenceEquality") // the same node is meant
  static Map<String, RouteSettings> grouped(Map<Operation, RouteSettings> policies) {
    if (policies.containsKey(Operation.FLUSHALL)) {
      throw new BadValueException("a route for flush_all", "none, as it goes to every pool");
    }
    Map<String, RouteSettings> grouped = new LinkedHashMap<>();
    Set<Operation> left = EnumSet.noneOf(Operation.class);
    left.addAll(policies.keySet());
    GROUPS.forEach(
        (word, operations) -> {
          RouteSettings first = policies.get(operations.iterator().next());
          if (first != null && operations.stream().allMatch(o -> policies.get(o) == first)) {
            grouped.put(word, first);
            left.removeAll(operations);
          }
        });
    for (Operation operation : left) {
      RouteSettings single = policies.get(operation);
      assert single != null;
      grouped.put(operation.configName(), single);
    }
    return grouped;
  }

  static List<String> texts(Set<Operation> operations) {
    if (operations.contains(Operation.FLUSHALL)) {
      throw new BadValueException("flush_all", "none, as it goes to every pool");
    }
    return ALL.stream().filter(operations::contains).map(Operation::configName).toList();
  }
}
