package io.fairlead.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads how connections to servers are opened and kept. */
final class ConnectionReader {
  private static final String KEEPALIVE =
      "true, false, or a map with idle, interval, probes, as in {idle: 5m, interval: 1m, probes:"
          + " 3}";

  private ConnectionReader() {}

  static ConnectionSettings read(MappingReader pool) {
    ConnectionSettings defaults = ConnectionSettings.DEFAULT;
    return new ConnectionSettings(
        pool.optional("keepalive", defaults.keepalive(), ConnectionReader::readKeepalive),
        pool.optional("idle_timeout", defaults.idleTimeout(), ValueKind.durationOrFalse()),
        pool.optional(
            "connect_retries",
            defaults.connectRetries(),
            ValueKind.wholeNumber(0, ConnectionSettings.MOST_RETRIES)));
  }

  private static @Nullable KeepaliveSettings readKeepalive(ConfigValue value) {
    if (value.isMap()) {
      return value.map(KEEPALIVE, ConnectionReader::readTimes);
    }
    String text = value.unquoted();
    if ("true".equals(text)) {
      return KeepaliveSettings.DEFAULT;
    }
    return "false".equals(text) ? KeepaliveSettings.OFF : value.refuse(KEEPALIVE);
  }

  private static KeepaliveSettings readTimes(MappingReader map) {
    KeepaliveSettings defaults = KeepaliveSettings.DEFAULT;
    return new KeepaliveSettings(
        true,
        map.optional("idle", defaults.idle(), ConnectionReader::readSeconds),
        map.optional("interval", defaults.interval(), ConnectionReader::readSeconds),
        map.optional(
            "probes", defaults.probes(), ValueKind.wholeNumber(1, KeepaliveSettings.MOST_PROBES)));
  }

  private static @Nullable Duration readSeconds(ConfigValue value) {
    Duration time = ValueKind.duration().read(value);
    return time != null && time.toMillisPart() != 0
        ? value.refuse("whole seconds, which is what the kernel counts in, as in 10s")
        : time;
  }
}
