package io.fairlead.config;

import org.jspecify.annotations.Nullable;

/** Reads the limits: those of the proxy, and a listener's own in their place. */
final class LimitReader {
  private static final String EXPECTED = "a map of limits";
  private static final int KIB = 1 << 10;
  private static final int MIB = 1 << 20;
  private static final int GIB = 1 << 30;
  private static final ValueKind<Integer> SOME = ValueKind.wholeNumber(1, MIB);
  private static final ValueKind<Integer> ANY = ValueKind.wholeNumber(0, MIB);

  private LimitReader() {}

  static @Nullable LimitSettings read(ConfigValue value) {
    return value.map(EXPECTED, LimitReader::readProxy);
  }

  /**
   * Those of a listener's clients.
   *
   * @param absent of the proxy, for what is not given
   */
  static @Nullable ClientLimits read(ConfigValue value, ClientLimits absent) {
    return value.map(EXPECTED, map -> readClients(map, absent, absent.valueBytes()));
  }

  private static LimitSettings readProxy(MappingReader map) {
    LimitSettings defaults = LimitSettings.DEFAULT;
    return new LimitSettings(
        readClients(map, defaults.clients(), LimitSettings.LARGEST_VALUE),
        map.optional("server_requests", defaults.serverRequests(), SOME),
        bytes(map, "server_buffer", defaults.serverBufferBytes(), 4 * KIB, GIB),
        map.optional("loop_buffer", defaults.loopBytes(), ValueKind.size(MIB, 1024L * GIB)),
        map.optional("connections", defaults.connections(), SOME),
        readLoad(map));
  }

  private static ClientLimits readClients(
      MappingReader map, ClientLimits absent, int largestValue) {
    ClientLimits limits =
        new ClientLimits(
            bytes(map, "value", absent.valueBytes(), KIB, largestValue),
            bytes(map, "line", absent.lineBytes(), 128, MIB),
            bytes(map, "get_line", absent.getLineBytes(), 128, 64 * MIB),
            map.optional("keys_per_get", absent.keysPerGet(), ANY),
            bytes(map, "client_buffer", absent.clientBufferBytes(), 4 * KIB, GIB),
            map.optional("client_timeout", absent.clientTimeout(), ValueKind.duration()),
            map.optional("client_requests", absent.clientRequests(), SOME),
            map.optional("connections_per_address", absent.connectionsPerAddress(), ANY),
            map.optional("idle_timeout", absent.idleTimeout(), ValueKind.durationOrFalse()),
            map.optional("command_timeout", absent.commandTimeout(), ValueKind.durationOrFalse()),
            map.optional("requests_per_second", absent.requestsPerSecond(), ANY),
            absent.requestBurst());
    return withBurst(limits, map);
  }

  /** A client that has to wait is looked at from time to time, and needs that much at once. */
  private static ClientLimits withBurst(ClientLimits limits, MappingReader map) {
    int least = limits.requestsPerSecond() / ClientLimits.PARTS_OF_SECOND;
    String enough = "at least " + least + ", a hundredth of requests_per_second, or 0 for as many";
    ConfigValue given = map.take("request_burst");
    Integer burst = given == null ? (Integer) limits.requestBurst() : ANY.read(given);
    ClientLimits read = burst == null ? limits : limits.change().requestBurst(burst).build();
    if (burst != null && read.burst() < least) {
      if (given == null) {
        map.map().refuseMissing("request_burst", enough);
      } else {
        given.refuse(enough);
      }
    }
    return read;
  }

  private static LoadSettings readLoad(MappingReader map) {
    LoadSettings defaults = LoadSettings.DEFAULT;
    return new LoadSettings(
        map.optional("loop_requests", defaults.requests(), ANY),
        map.optional("loop_waiting", defaults.waiting(), ANY),
        map.optional(
            "loop_waiting_timeout", defaults.waitingTimeout(), ValueKind.durationOrFalse()),
        map.optional("loop_shadows", defaults.shadows(), ANY));
  }

  private static int bytes(MappingReader map, String key, int absent, int least, int most) {
    return map.optional(key, (long) absent, ValueKind.size(least, most)).intValue();
  }
}
