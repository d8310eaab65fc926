package io.fairlead.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads how the proxy ends. */
final class ShutdownReader {
  private ShutdownReader() {}

  static @Nullable ShutdownSettings read(ConfigValue value) {
    return value.map("a map with delay, drain, spread", ShutdownReader::readMap);
  }

  private static ShutdownSettings readMap(MappingReader map) {
    ShutdownSettings defaults = ShutdownSettings.DEFAULT;
    return new ShutdownSettings(
        map.optional("delay", defaults.delay(), ShutdownReader::timeOrNone),
        map.optional("drain", defaults.drain(), ValueKind.duration()),
        map.optional("spread", defaults.spread(), ShutdownReader::timeOrNone));
  }

  private static @Nullable Duration timeOrNone(ConfigValue value) {
    return value.isFalse() ? Duration.ZERO : ValueKind.duration().read(value);
  }
}
