package io.fairlead.config;

import io.fairlead.config.ThreadSettings.Transport;
import org.jspecify.annotations.Nullable;

/** Reads the settings of the event loops. */
final class ThreadReader {
  private ThreadReader() {}

  static @Nullable ThreadSettings read(ConfigValue value) {
    return value.map("a map with loops, transport, rest", ThreadReader::readMap);
  }

  private static ThreadSettings readMap(MappingReader map) {
    ThreadSettings defaults = ThreadSettings.DEFAULT;
    return new ThreadSettings(
        map.optional("loops", defaults.loops(), ValueKind.wholeNumber(1, 256)),
        map.optional("transport", defaults.transport(), ValueKind.oneOf(Transport.class)),
        map.optional("rest", defaults.rest(), ValueKind.flag()));
  }
}
