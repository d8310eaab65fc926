package io.fairlead.config;

import io.fairlead.config.route.FailoverOrder;
import io.fairlead.config.route.FailoverOrder.Deterministic;
import io.fairlead.config.route.FailoverOrder.InOrder;
import io.fairlead.config.route.FailoverOrder.LeastFailures;
import io.fairlead.config.route.FailoverOrder.Rendezvous;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The form of the order in which a failover asks its routes. */
final class FailoverOrderForm {
  private static final String EXPECTED =
      "in_order, {least_failures: TRIES}, {by_key: TRIES, error_tries: TRIES} or {rendezvous:"
          + " TAGS}";
  static final ValueKind<List<Double>> WEIGHTS =
      ValueKind.listOf("a list of numbers from 0 to 1, as in [1, 0.5]", ValueKind.share());
  private static final Set<String> KINDS = Set.of("least_failures", "by_key", "rendezvous");
  private static final String IN_ORDER = "in_order";

  /** With the first one. */
  private static final ValueKind<Integer> TRIES = ValueKind.wholeNumber(1, Integer.MAX_VALUE);

  private FailoverOrderForm() {}

  static FailoverOrder read(@Nullable ConfigValue value, int routes) {
    if (value == null || IN_ORDER.equals(value.text())) {
      return FailoverOrder.IN_ORDER;
    }
    FailoverOrder order = value.map(EXPECTED, map -> readKind(map, routes));
    return order == null ? FailoverOrder.IN_ORDER : order;
  }

  private static @Nullable FailoverOrder readKind(MappingReader map, int routes) {
    String given = map.firstOf(KINDS);
    String kind = given == null ? "" : given;
    return switch (kind) {
      case "least_failures" -> {
        Integer tries = map.required(kind, EXPECTED, TRIES);
        yield tries == null ? null : new LeastFailures(tries);
      }
      case "by_key" -> {
        Integer tries = map.required(kind, EXPECTED, TRIES);
        Integer errors = map.required("error_tries", "how many tries may be errors", TRIES);
        List<Double> weights = readWeights(map);
        yield tries == null || errors == null ? null : new Deterministic(tries, errors, weights);
      }
      case "rendezvous" -> {
        List<String> tags = map.required(kind, EXPECTED, value -> readTags(value, routes));
        List<Double> weights = readWeights(map);
        yield tags == null ? null : new Rendezvous(tags, weights);
      }
      default -> {
        map.takeAll();
        yield map.map().refuse(EXPECTED);
      }
    };
  }

  private static @Nullable List<String> readTags(ConfigValue value, int routes) {
    String expected = "a text for each route";
    List<String> tags = ValueKind.listOf(expected, ValueKind.text()).read(value);
    int given = value.elements();
    if (value.isList() && given != routes && given != routes - 1) {
      value.refuseAs(given + " of them", routes + ", one for each route, or one less", null);
    }
    return tags;
  }

  private static @Nullable List<Double> readWeights(MappingReader map) {
    ConfigValue value = map.take("weights");
    return value == null ? null : WEIGHTS.read(value);
  }

  static void write(FailoverOrder order, WrittenRoute written) {
    WrittenRoute form = new WrittenRoute(written.routes());
    if (order instanceof LeastFailures least) {
      form.put("least_failures", least.mostTries());
    } else if (order instanceof Deterministic byKey) {
      form.put("by_key", byKey.mostTries()).put("error_tries", byKey.mostErrorTries());
      writeWeights(byKey.weights(), form);
    } else if (order instanceof Rendezvous rendezvous) {
      form.put("rendezvous", WrittenRoute.texts(rendezvous.tags()));
      writeWeights(rendezvous.weights(), form);
    } else {
      assert order instanceof InOrder;
      return;
    }
    written.put("order", form.entries());
  }

  private static void writeWeights(@Nullable List<Double> weights, WrittenRoute form) {
    if (weights != null) {
      form.put("weights", WrittenRoute.decimals(weights));
    }
  }
}
