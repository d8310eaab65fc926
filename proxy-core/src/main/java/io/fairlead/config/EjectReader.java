package io.fairlead.config;

import io.fairlead.config.EjectSettings.PanicSettings;
import io.fairlead.config.EjectSettings.ProbeSettings;
import io.fairlead.config.EjectSettings.WhileEjected;
import io.fairlead.config.PoolSettings.Mode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads when servers are ejected: a map, or false for never. */
final class EjectReader {
  private static final String EXPECTED =
      "a map, as { failures: 3, then: error }; or false for never";
  private static final String PROBE = "a map with first, longest";
  private static final String PANIC = "a map with below, then; or false for never";
  private static final int MOST_FAILURES = 1000;

  private EjectReader() {}

  /** What is left out depends on whether keys can go elsewhere with {@code placement}. */
  static @Nullable EjectSettings read(ConfigValue value, PlacementSettings placement, Mode mode) {
    return value.isFalse()
        ? EjectSettings.OFF
        : value.map(EXPECTED, map -> readMap(map, placement, mode));
  }

  private static EjectSettings readMap(MappingReader map, PlacementSettings placement, Mode mode) {
    int failures = map.optional("failures", EjectSettings.DEFAULT.failures(), failures());
    int connectFailures = map.optional("connect_failures", failures, failures());
    ConfigValue time = map.peek("time");
    ConfigValue longest = map.peek("longest_time");
    EjectSettings usual = EjectSettings.defaultFor(placement, mode);
    Duration least = map.optional("time", usual.time(), ValueKind.duration());
    Duration most = map.optional("longest_time", usual.longestTime(), ValueKind.duration());
    refuseLess(longest == null ? time : longest, least, most, "time", "longest_time");
    ConfigValue atMost = map.take("at_most");
    ConfigValue probe = map.take("probe");
    ConfigValue ramp = map.take("ramp");
    ConfigValue panic = map.take("panic");
    WhileEjected then = map.optional("then", usual.then(), value -> readThen(value, placement));
    EjectSettings defaults =
        EjectSettings.with(mode == Mode.SHARDED ? then : WhileEjected.ERROR).build();
    return new EjectSettings(
        true,
        failures,
        connectFailures,
        least,
        most,
        or(atMost, defaults.atMost(), ValueKind.wholeNumber(1, EjectSettings.ALL)),
        or(ramp, defaults.ramp(), ValueKind.durationOrFalse()),
        or(probe, defaults.probe(), EjectReader::readProbe),
        or(panic, defaults.panic(), EjectReader::readPanic),
        then);
  }

  private static ValueKind<Integer> failures() {
    return ValueKind.wholeNumber(1, MOST_FAILURES);
  }

  private static <T> T or(@Nullable ConfigValue value, T absent, ValueKind<T> kind) {
    T read = value == null ? null : kind.read(value);
    return read == null ? absent : read;
  }

  private static @Nullable ProbeSettings readProbe(ConfigValue value) {
    return value.map(PROBE, EjectReader::readProbe);
  }

  private static ProbeSettings readProbe(MappingReader map) {
    ProbeSettings defaults = EjectSettings.DEFAULT.probe();
    ConfigValue given = map.peek("first");
    ConfigValue givenLongest = map.peek("longest");
    Duration first = map.optional("first", defaults.first(), ValueKind.duration());
    Duration longest = map.optional("longest", defaults.longest(), ValueKind.duration());
    refuseLess(givenLongest == null ? given : givenLongest, first, longest, "first", "longest");
    return new ProbeSettings(first, longest);
  }

  /** The longest may not be shorter than the first; what the file says is at fault. */
  private static void refuseLess(
      @Nullable ConfigValue at, Duration first, Duration longest, String key, String longestKey) {
    if (at != null && longest.compareTo(first) < 0) {
      at.refuse(
          longestKey
              + " at least as long as "
              + key
              + ", so "
              + DurationText.format(first)
              + " or more");
    }
  }

  private static @Nullable PanicSettings readPanic(ConfigValue value) {
    return value.isFalse() ? PanicSettings.NEVER : value.map(PANIC, EjectReader::readPanic);
  }

  private static PanicSettings readPanic(MappingReader map) {
    PanicSettings defaults = EjectSettings.DEFAULT.panic();
    return new PanicSettings(
        map.optional("below", defaults.below(), ValueKind.wholeNumber(1, EjectSettings.ALL)),
        map.optional("then", defaults.then(), ValueKind.oneOf(EjectSettings.InPanic.class)));
  }

  private static @Nullable WhileEjected readThen(ConfigValue value, PlacementSettings placement) {
    WhileEjected then = ValueKind.oneOf(WhileEjected.class).read(value);
    return then == WhileEjected.REHASH && !placement.canRehash()
        ? value.refuse(
            "error, as distribution: "
                + placement.distributionName()
                + " moves no keys while a server is out; rendezvous can")
        : then;
  }
}
