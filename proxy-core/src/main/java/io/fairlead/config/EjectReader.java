package io.fairlead.config;

import io.fairlead.config.EjectSettings.WhileEjected;
import org.jspecify.annotations.Nullable;

/** Reads when servers are ejected: a map, or false for never. */
final class EjectReader {
  private static final String EXPECTED = "a map with failures, retry, then; or false for never";

  private EjectReader() {}

  /** What is left out depends on whether keys can go elsewhere with {@code placement}. */
  static @Nullable EjectSettings read(ConfigValue value, PlacementSettings placement) {
    return value.isFalse()
        ? EjectSettings.OFF
        : value.map(EXPECTED, map -> readMap(map, placement));
  }

  private static EjectSettings readMap(MappingReader map, PlacementSettings placement) {
    EjectSettings defaults = EjectSettings.defaultFor(placement);
    return new EjectSettings(
        true,
        map.optional("failures", defaults.failures(), ValueKind.wholeNumber(1, 1000)),
        map.optional("retry", defaults.retry(), ValueKind.duration()),
        map.optional("then", defaults.then(), value -> readThen(value, placement)));
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
