package io.fairlead.config;

import io.fairlead.config.route.BlackholeSettings;
import io.fairlead.config.route.LatencySettings;
import io.fairlead.config.route.OutstandingSettings;
import io.fairlead.config.route.RateLimitSettings;
import io.fairlead.config.route.RateLimitSettings.Rate;
import io.fairlead.config.route.RouteSettings;
import io.fairlead.config.route.SlowWarmUpSettings;
import io.fairlead.protocol.Operation;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The forms of routes that let only some requests pass, or let them pass later. */
final class LimitForms {
  private static final String RATE =
      "requests in a second, or a map, as in {rate: 1000, burst: 2000}";

  private static final ValueKind<Integer> AT_LEAST_ONE =
      ValueKind.wholeNumber(1, Integer.MAX_VALUE);
  private static final ValueKind<Integer> ANY_NUMBER = ValueKind.wholeNumber(0, Integer.MAX_VALUE);

  private LimitForms() {}

  static void addTo(RouteForms forms) {
    forms
        .add("rate_limit", RateLimitSettings.class, LimitForms::readRates, LimitForms::write)
        .add(
            "concurrency_limit",
            OutstandingSettings.class,
            LimitForms::readOutstanding,
            LimitForms::write)
        .add("slow_warm_up", SlowWarmUpSettings.class, LimitForms::readWarmUp, LimitForms::write)
        .add("delay", LatencySettings.class, LimitForms::readDelay, LimitForms::write)
        .add("blackhole", BlackholeSettings.class, LimitForms::readBlackhole, LimitForms::write);
  }

  private static RouteSettings readRates(GivenRoute given) {
    return new RateLimitSettings(
        given.one("rate_limit"),
        given.orNull("gets", LimitForms::readRate),
        given.orNull("updates", LimitForms::readRate),
        given.orNull("deletes", LimitForms::readRate),
        given.oneOrNull(SelectForms.OTHERWISE));
  }

  private static @Nullable Rate readRate(ConfigValue value) {
    if (!value.isMap()) {
      Double rate = ValueKind.number().read(value);
      return rate == null ? null : new Rate(rate, rate);
    }
    return value.map(
        RATE,
        map -> {
          Double rate = map.required("rate", RATE, ValueKind.number());
          Double burst = rate == null ? (Double) 0.0 : rate;
          burst = map.optional("burst", burst, ValueKind.number());
          return rate == null ? null : new Rate(rate, burst);
        });
  }

  private static void write(RateLimitSettings route, WrittenRoute written) {
    written.one("rate_limit", route.target());
    write(route.gets(), "gets", written);
    write(route.updates(), "updates", written);
    write(route.deletes(), "deletes", written);
    written.one(SelectForms.OTHERWISE, route.fallback());
  }

  private static void write(@Nullable Rate rate, String key, WrittenRoute written) {
    if (rate == null) {
      return;
    }
    String perSecond = YamlScalar.decimal(rate.perSecond());
    String burst = YamlScalar.decimal(rate.burst());
    written.put(
        key,
        burst.equals(perSecond)
            ? perSecond
            : new WrittenRoute(written.routes())
                .put("rate", perSecond)
                .put("burst", burst)
                .entries());
  }

  private static RouteSettings readOutstanding(GivenRoute given) {
    return new OutstandingSettings(
        given.one("concurrency_limit"),
        given.required("requests", "how many requests may be in flight", 1, AT_LEAST_ONE),
        given.optional("waiting", OutstandingSettings.DEFAULT_MOST_WAITING, ANY_NUMBER),
        given.optional("timeout", PoolSettings.DEFAULT_TIMEOUT, ValueKind.duration()));
  }

  private static void write(OutstandingSettings route, WrittenRoute written) {
    int waiting = route.mostWaiting();
    Duration usual = PoolSettings.DEFAULT_TIMEOUT;
    written
        .one("concurrency_limit", route.target())
        .put("requests", route.limit())
        .putUnless(OutstandingSettings.DEFAULT_MOST_WAITING, "waiting", waiting, Objects::toString)
        .putUnless(usual, "timeout", route.timeout(), DurationText::format);
  }

  private static RouteSettings readWarmUp(GivenRoute given) {
    return new SlowWarmUpSettings(
        given.one("slow_warm_up"),
        given.one(SelectForms.OTHERWISE),
        given.optional("cold_below", 0.7, ValueKind.share()),
        given.optional("warm_above", 0.9, ValueKind.share()),
        given.optional("start", 0.1, ValueKind.share()),
        given.optional("step", 1.0, ValueKind.number()),
        given.optional("min_requests", 100, ValueKind.wholeNumber(0, Integer.MAX_VALUE)));
  }

  private static void write(SlowWarmUpSettings route, WrittenRoute written) {
    written
        .one("slow_warm_up", route.target())
        .one(SelectForms.OTHERWISE, route.fallback())
        .putUnless(0.7, "cold_below", route.enable(), YamlScalar::decimal)
        .putUnless(0.9, "warm_above", route.disable(), YamlScalar::decimal)
        .putUnless(0.1, "start", route.start(), YamlScalar::decimal)
        .putUnless(1.0, "step", route.step(), YamlScalar::decimal)
        .putUnless(100, "min_requests", route.minRequests(), Objects::toString);
  }

  private static RouteSettings readDelay(GivenRoute given) {
    return new LatencySettings(
        given.one("delay"),
        millis(given, "before"),
        millis(given, "after"),
        millis(given, "total"));
  }

  private static int millis(GivenRoute given, String key) {
    return (int) given.optional(key, Duration.ZERO, ValueKind.duration()).toMillis();
  }

  private static void write(LatencySettings route, WrittenRoute written) {
    written.one("delay", route.target());
    write(route.beforeMillis(), "before", written);
    write(route.afterMillis(), "after", written);
    write(route.totalMillis(), "total", written);
  }

  private static void write(int millis, String key, WrittenRoute written) {
    written.putUnless(Duration.ZERO, key, Duration.ofMillis(millis), DurationText::format);
  }

  private static RouteSettings readBlackhole(GivenRoute given) {
    RouteSettings target = given.one("blackhole");
    Set<Operation> operations =
        given.required("operations", "the operations to swallow", Set.of(), OperationForm::readSet);
    return new BlackholeSettings(target, given.oneOrNull("to"), operations);
  }

  private static void write(BlackholeSettings route, WrittenRoute written) {
    written
        .one("blackhole", route.target())
        .put("operations", OperationForm.texts(route.operations()))
        .one("to", route.swallowed());
  }
}
