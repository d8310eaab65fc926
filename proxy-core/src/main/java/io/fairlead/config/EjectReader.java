package io.fairlead.config;

import io.fairlead.config.EjectSettings.WhileEjected;
import org.jspecify.annotations.Nullable;

/** Reads when servers are ejected: a map, or false for never. */
final class EjectReader {
  private static final String EXPECTED = "a map with failures, retry, then; or false for never";

  private EjectReader() {}

  static @Nullable EjectSettings read(ConfigValue value) {
    return value.isFalse() ? EjectSettings.OFF : value.map(EXPECTED, EjectReader::readMap);
  }

  private static EjectSettings readMap(MappingReader map) {
    EjectSettings defaults = EjectSettings.DEFAULT;
    return new EjectSettings(
        true,
        map.optional("failures", defaults.failures(), ValueKind.wholeNumber(1, 1000)),
        map.optional("retry", defaults.retry(), ValueKind.duration()),
        map.optional("then", defaults.then(), ValueKind.oneOf(WhileEjected.class)));
  }
}
