package io.fairlead.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads how connections to servers are opened and kept. */
final class ConnectionReader {
  private static final String KEEPALIVE =
      "true, false, or a map with idle, interval, probes, as in {idle: 5m, interval: 1m, probes:"
          + " 3}";

  private static final String AUTH = "the path of a file, {file: PATH} or {environment: NAME}";
  private static final Duration LEAST_INTERVAL = Duration.ofSeconds(1);
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,99}");

  private ConnectionReader() {}

  static ConnectionSettings read(MappingReader pool) {
    ConnectionSettings defaults = ConnectionSettings.DEFAULT;
    return new ConnectionSettings(
        pool.optional("keepalive", defaults.keepalive(), ConnectionReader::readKeepalive),
        pool.optional("idle_timeout", defaults.idleTimeout(), ValueKind.durationOrFalse()),
        pool.optional(
            "connect_retries",
            defaults.connectRetries(),
            ValueKind.wholeNumber(0, ConnectionSettings.MOST_RETRIES)),
        pool.optional("server_stats", defaults.serverStats(), ConnectionReader::readInterval),
        TlsReader.ofPool(pool.take("tls")),
        readAuth(pool.take("auth")));
  }

  private static @Nullable Duration readInterval(ConfigValue value) {
    Duration interval = ValueKind.durationOrFalse().read(value);
    boolean isTooShort =
        interval != null && !interval.isZero() && interval.compareTo(LEAST_INTERVAL) < 0;
    return isTooShort ? value.refuse("1s or more, or false for never") : interval;
  }

  private static @Nullable PasswordPlace readAuth(@Nullable ConfigValue value) {
    if (value == null) {
      return null;
    }
    return value.isMap() ? value.map(AUTH, ConnectionReader::readPlace) : readFile(value);
  }

  private static @Nullable PasswordPlace readPlace(MappingReader map) {
    ConfigValue file = map.take("file");
    ConfigValue variable = map.take("environment");
    if ((file == null) == (variable == null)) {
      return map.map().refuse(AUTH);
    }
    return file == null ? readVariable(variable) : readFile(file);
  }

  private static @Nullable PasswordPlace readFile(ConfigValue value) {
    Path path = SecretFile.read(value);
    return path == null ? null : new PasswordPlace.InFile(path);
  }

  private static @Nullable PasswordPlace readVariable(@Nullable ConfigValue value) {
    String name = value == null ? null : value.text();
    if (name != null && VARIABLE.matcher(name).matches()) {
      return new PasswordPlace.InEnvironment(name);
    }
    if (value != null) {
      value.refuseAs(
          "(not shown)", "the name of an environment variable that has user:password", null);
    }
    return null;
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
