package io.fairlead.config;

import io.fairlead.config.PoolSettings.ErrorText;
import io.fairlead.config.PoolSettings.Mode;
import io.fairlead.config.PoolSettings.MultigetFailure;
import io.fairlead.config.PoolSettings.WritePolicy;
import io.fairlead.hashing.DistributionKind;
import io.fairlead.hashing.HashTag;
import io.fairlead.hashing.KeyBytes;
import io.fairlead.hashing.KeyHash;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one pool. */
final class PoolReader {
  private static final String EXPECTED = "a map with servers";
  private static final String SERVERS = "a list of servers, [] for none";
  private static final String HASH_TAG =
      "two printable ASCII characters in quotes, as in \"{}\", or false";
  private static final Pattern TWO_CHARACTERS = Pattern.compile("[!-~]{2}");

  static final int MOST_CONNECTIONS = 64;

  private final String name;

  PoolReader(String name) {
    this.name = name;
  }

  @Nullable PoolSettings read(ConfigValue value) {
    return value.map(EXPECTED, this::readMap);
  }

  private PoolSettings readMap(MappingReader map) {
    PoolSettings defaults = PoolSettings.of(name, Mode.SHARDED, List.of());
    ConfigValue givenMode = map.take("mode");
    Mode mode = givenMode == null ? defaults.mode() : ValueKind.oneOf(Mode.class).read(givenMode);
    List<ServerSettings> servers = map.required("servers", SERVERS, PoolReader::readServers);
    return new PoolSettings(
        name,
        mode == null ? defaults.mode() : mode,
        servers == null ? List.of() : servers,
        readPlacement(map),
        map.optional("timeout", defaults.timeout(), ValueKind.duration()),
        map.optional("connect_timeout", defaults.connectTimeout(), ValueKind.duration()),
        map.optional(
            "connections", defaults.connections(), ValueKind.wholeNumber(1, MOST_CONNECTIONS)),
        map.optional("preconnect", defaults.preconnect(), ValueKind.flag()),
        map.optional("coalesce", defaults.coalesce(), ValueKind.flag()),
        map.optional(
            "multiget_failure", defaults.multigetFailure(), ValueKind.oneOf(MultigetFailure.class)),
        map.optional("error_text", defaults.errorText(), ValueKind.oneOf(ErrorText.class)),
        map.optional("writes", defaults.writes(), value -> readWrites(value, mode)),
        map.optional("eject", defaults.eject(), EjectReader::read),
        map.optional("spool_deletes", defaults.spoolDeletes(), ValueKind.flag()));
  }

  private static PlacementSettings readPlacement(MappingReader map) {
    PlacementSettings defaults = PlacementSettings.DEFAULT;
    return new PlacementSettings(
        map.optional("hash", defaults.hash(), ValueKind.oneOf(KeyHash.class)),
        map.optional(
            "distribution", defaults.distribution(), ValueKind.oneOf(DistributionKind.class)),
        readHashTag(map.take("hash_tag")),
        map.optional("key_bytes", defaults.keyBytes(), ValueKind.oneOf(KeyBytes.class)));
  }

  private static List<ServerSettings> readServers(ConfigValue value) {
    ServerReader reader = new ServerReader();
    List<ServerSettings> servers = value.list(SERVERS).stream().flatMap(reader::read).toList();
    if (value.isEmptyList()) {
      value.warn("a server, as every request is answered with an error");
    }
    return servers;
  }

  private static @Nullable HashTag readHashTag(@Nullable ConfigValue value) {
    if (value == null || value.isFalse()) {
      return null;
    }
    String text = value.text();
    return text != null && TWO_CHARACTERS.matcher(text).matches()
        ? HashTag.of(text)
        : value.refuse(HASH_TAG);
  }

  private static @Nullable WritePolicy readWrites(ConfigValue value, @Nullable Mode mode) {
    return mode == Mode.SHARDED
        ? value.refuse("nothing, as only a pool with mode: replicated has it")
        : ValueKind.oneOf(WritePolicy.class).read(value);
  }
}
