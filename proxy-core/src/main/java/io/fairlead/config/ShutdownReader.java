package io.fairlead.config;

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
        map.optional("delay", defaults.delay(), ValueKind.durationOrFalse()),
        map.optional("drain", defaults.drain(), ValueKind.duration()),
        map.optional("spread", defaults.spread(), ValueKind.durationOrFalse()));
  }
}
