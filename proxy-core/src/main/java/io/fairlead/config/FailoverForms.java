package io.fairlead.config;

import io.fairlead.config.route.Compositions;
import io.fairlead.config.route.FailoverErrors;
import io.fairlead.config.route.FailoverSettings;
import io.fairlead.config.route.FailoverSettings.Limit;
import io.fairlead.config.route.MissFailoverSettings;
import io.fairlead.config.route.RouteSettings;
import io.fairlead.config.route.SpoolAnswersSettings;
import io.fairlead.protocol.Result;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The forms of routes that ask another one when one fails, or does not have the key. */
final class FailoverForms {
  private static final double USUAL_BURST = 1000;
  private static final int LATEST = 5;
  private static final String LIMIT = "a map with rate and burst, as in {rate: 0.1, burst: 100}";
  private static final String ERRORS = "a list of errors, as in [timeout, connect_error]";
  private static final List<String> NAMES =
      Arrays.stream(Result.values()).filter(Result::isError).map(Result::configName).toList();
  private static final ValueKind<Answer> ANSWER = ValueKind.oneOf(Answer.class);

  private FailoverForms() {}

  /** Which of several replies without a hit is the answer. */
  enum Answer {
    LAST,
    BEST
  }

  static void addTo(RouteForms forms) {
    forms
        .add("failover", FailoverSettings.class, FailoverForms::read, FailoverForms::write)
        .add("latest", FailoverForms::readLatest)
        .add(
            "miss_failover",
            MissFailoverSettings.class,
            FailoverForms::readMiss,
            FailoverForms::writeMiss)
        .add(
            "spool_answers",
            SpoolAnswersSettings.class,
            given -> new SpoolAnswersSettings(given.one("spool_answers")),
            (route, written) -> written.one("spool_answers", route.target()));
  }

  private static RouteSettings read(GivenRoute given) {
    return failover(given, given.several("failover"));
  }

  /** A failover among some, which the number of the host decides. */
  private static RouteSettings readLatest(GivenRoute given) {
    List<RouteSettings> routes = given.several("latest");
    int count = given.optional("count", LATEST, ValueKind.wholeNumber(1, Integer.MAX_VALUE));
    String salt = given.optional("salt", "", ValueKind.text());
    List<Double> weights = given.orNull("weights", FailoverOrderForm.WEIGHTS);
    return failover(given, Compositions.latest(routes, count, HostId.ofThisHost(), salt, weights));
  }

  private static RouteSettings failover(GivenRoute given, List<RouteSettings> routes) {
    FailoverErrors errors = given.optional("on", FailoverErrors.DEFAULT, FailoverForms::readErrors);
    ConfigValue order = given.map().take("order");
    return new FailoverSettings(
        routes,
        errors,
        FailoverOrderForm.read(order, routes.size()),
        given.orNull("limit", value -> value.map(LIMIT, FailoverForms::readLimit)));
  }

  private static @Nullable FailoverErrors readErrors(ConfigValue value) {
    if (value.isMap()) {
      return value.map(
          ERRORS,
          map ->
              new FailoverErrors(
                  map.optional("gets", FailoverErrors.USUAL, FailoverForms::readResults),
                  map.optional("updates", FailoverErrors.USUAL, FailoverForms::readResults),
                  map.optional("deletes", FailoverErrors.USUAL, FailoverForms::readResults)));
    }
    Set<Result> all = readResults(value);
    return new FailoverErrors(all, all, all);
  }

  private static Set<Result> readResults(ConfigValue value) {
    Set<Result> results = EnumSet.noneOf(Result.class);
    for (ConfigValue element : value.list(ERRORS)) {
      String word = element.text();
      if (word == null || !NAMES.contains(word)) {
        element.refuse(ValueKind.anyOf(NAMES), word == null ? null : NearestKey.hint(word, NAMES));
      } else {
        Result.named(word).ifPresent(results::add);
      }
    }
    return results;
  }

  private static @Nullable Limit readLimit(MappingReader map) {
    Double rate =
        map.required("rate", "the part of requests that may fail over", ValueKind.share());
    double burst = map.optional("burst", USUAL_BURST, ValueKind.number());
    return rate == null ? null : new Limit(rate, burst);
  }

  private static void write(FailoverSettings route, WrittenRoute written) {
    written.several("failover", route.children());
    writeErrors(route.errors(), written);
    FailoverOrderForm.write(route.order(), written);
    Limit limit = route.limit();
    if (limit != null) {
      written.put(
          "limit",
          new WrittenRoute(written.routes())
              .put("rate", YamlScalar.decimal(limit.rate()))
              .put("burst", YamlScalar.decimal(limit.burst()))
              .entries());
    }
  }

  private static void writeErrors(FailoverErrors errors, WrittenRoute written) {
    if (errors.equals(FailoverErrors.DEFAULT)) {
      return;
    }
    if (errors.gets().equals(errors.updates()) && errors.gets().equals(errors.deletes())) {
      written.put("on", texts(errors.gets()));
      return;
    }
    WrittenRoute groups = new WrittenRoute(written.routes());
    Set<Result> usual = FailoverErrors.USUAL;
    groups
        .putUnless(usual, "gets", errors.gets(), FailoverForms::texts)
        .putUnless(usual, "updates", errors.updates(), FailoverForms::texts)
        .putUnless(usual, "deletes", errors.deletes(), FailoverForms::texts);
    written.put("on", groups.entries());
  }

  private static List<String> texts(Set<Result> results) {
    return results.stream().sorted().map(Result::configName).toList();
  }

  private static RouteSettings readMiss(GivenRoute given) {
    List<RouteSettings> routes = given.several("miss_failover");
    return new MissFailoverSettings(
        routes, given.optional("answer", Answer.LAST, ANSWER) == Answer.BEST);
  }

  private static void writeMiss(MissFailoverSettings route, WrittenRoute written) {
    written
        .several("miss_failover", route.children())
        .putUnless(
            Answer.LAST,
            "answer",
            route.returnsBest() ? Answer.BEST : Answer.LAST,
            ValueKind::nameOf);
  }
}
