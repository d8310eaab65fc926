package io.fairlead.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads the limits. */
final class LimitReader {
  private static final int KIB = 1 << 10;
  private static final int MIB = 1 << 20;
  private static final int GIB = 1 << 30;

  private LimitReader() {}

  static @Nullable LimitSettings read(ConfigValue value) {
    return value.map("a map of limits", LimitReader::readMap);
  }

  private static LimitSettings readMap(MappingReader map) {
    LimitSettings defaults = LimitSettings.DEFAULT;
    return new LimitSettings(
        bytes(map, "value", defaults.valueBytes(), KIB, LimitSettings.LARGEST_VALUE),
        bytes(map, "line", defaults.lineBytes(), 128, MIB),
        bytes(map, "get_line", defaults.getLineBytes(), 128, 64 * MIB),
        bytes(map, "client_buffer", defaults.clientBufferBytes(), 4 * KIB, GIB),
        map.optional("client_timeout", defaults.clientTimeout(), ValueKind.duration()),
        map.optional("client_requests", defaults.clientRequests(), ValueKind.wholeNumber(1, MIB)),
        map.optional("server_requests", defaults.serverRequests(), ValueKind.wholeNumber(1, MIB)),
        bytes(map, "server_buffer", defaults.serverBufferBytes(), 4 * KIB, GIB),
        map.optional("loop_buffer", defaults.loopBytes(), ValueKind.size(MIB, 1024L * GIB)),
        map.optional("connections", defaults.connections(), ValueKind.wholeNumber(1, MIB)),
        readLoad(map));
  }

  private static LoadSettings readLoad(MappingReader map) {
    LoadSettings defaults = LoadSettings.DEFAULT;
    return new LoadSettings(
        map.optional("loop_requests", defaults.requests(), ValueKind.wholeNumber(0, MIB)),
        map.optional("loop_waiting", defaults.waiting(), ValueKind.wholeNumber(0, MIB)),
        map.optional(
            "loop_waiting_timeout",
            defaults.waitingTimeout(),
            value -> value.isFalse() ? Duration.ZERO : ValueKind.duration().read(value)),
        map.optional("loop_shadows", defaults.shadows(), ValueKind.wholeNumber(0, MIB)));
  }

  private static int bytes(MappingReader map, String key, int absent, int least, int most) {
    return map.optional(key, (long) absent, ValueKind.size(least, most)).intValue();
  }
}
