package io.fairlead.config;

import io.fairlead.hashing.DistributionKind;
import io.fairlead.hashing.HashTag;
import io.fairlead.hashing.KeyBytes;
import io.fairlead.hashing.KeyHash;
import io.fairlead.hashing.McrouterHash;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads where the keys of a pool live. The word for the distribution says which of the other keys
 * have a meaning; those without one are refused.
 */
final class PlacementReader {
  private static final String HASH_TAG =
      "two printable ASCII characters in quotes, as in \"{}\", or false";
  private static final String WEIGHTS = "a number from 0 to 1 for each server, as in [1, 0.5]";
  private static final String TAGS = "a text for each server";
  private static final Pattern TWO_CHARACTERS = Pattern.compile("[!-~]{2}");
  private static final ValueKind<Enum<?>> DISTRIBUTION =
      ValueKind.among(
          Stream.<Enum<?>>concat(
                  Arrays.stream(DistributionKind.values()), Arrays.stream(McrouterHash.values()))
              .toList());

  private static final List<String> KEYS =
      List.of("hash", "distribution", "hash_tag", "key_bytes", "salt", "weights", "tags");

  private final MappingReader map;
  private final int servers;

  private PlacementReader(MappingReader map, int servers) {
    this.map = map;
    this.servers = servers;
  }

  /** The placement if a key of one is given; null for none. */
  static @Nullable PlacementSettings readIfGiven(MappingReader map, int servers) {
    if (KEYS.stream().allMatch(key -> map.peek(key) == null)) {
      KEYS.forEach(map::take);
      return null;
    }
    return read(map, servers);
  }

  /** The placement in a pool with so many servers. */
  static PlacementSettings read(MappingReader map, int servers) {
    PlacementReader reader = new PlacementReader(map, servers);
    ConfigValue given = map.peek("distribution");
    Enum<?> kind = given == null ? RingSettings.DEFAULT.distribution() : DISTRIBUTION.read(given);
    if (kind instanceof McrouterHash function) {
      return reader.readMcrouter(function);
    }
    return kind instanceof DistributionKind distribution
        ? reader.readRing(distribution)
        : reader.readUnknown();
  }

  private RingSettings readRing(DistributionKind distribution) {
    RingSettings settings = readHashed(distribution);
    String with = "nothing, as distribution: " + distribution.configName();
    refuse("salt", with + " has no salt");
    refuse("weights", with + " takes the weight in each server");
    refuse("tags", with + " has no tags");
    return settings;
  }

  /** With the distribution refused, it is not known which other keys have a meaning. */
  private RingSettings readUnknown() {
    RingSettings settings = readHashed(RingSettings.DEFAULT.distribution());
    List.of("salt", "weights", "tags").forEach(map::take);
    return settings;
  }

  private RingSettings readHashed(DistributionKind distribution) {
    RingSettings defaults = RingSettings.DEFAULT;
    KeyHash hash = map.optional("hash", defaults.hash(), ValueKind.oneOf(KeyHash.class));
    map.take("distribution");
    return new RingSettings(
        hash,
        distribution,
        readHashTag(map.take("hash_tag")),
        map.optional("key_bytes", defaults.keyBytes(), ValueKind.oneOf(KeyBytes.class)));
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

  private McrouterHashSettings readMcrouter(McrouterHash function) {
    String with = "nothing, as distribution: " + function.configName();
    refuse("hash", with + " has a hash of its own");
    map.take("distribution");
    refuse("hash_tag", with + " hashes what stands before |#| in a key");
    refuse("key_bytes", with + " has a hash of its own");
    return new McrouterHashSettings(
        function,
        map.optional("salt", "", ValueKind.text()),
        function.isWeighted() ? readWeights() : refuse("weights", with + " has no weights"),
        function.usesTags() ? readTags() : refuse("tags", with + " has no tags"));
  }

  private List<Double> readWeights() {
    ConfigValue value = map.take("weights");
    if (value == null) {
      map.map().refuseMissing("weights", WEIGHTS);
      return List.of();
    }
    return readEach(value, WEIGHTS, ValueKind.share());
  }

  private List<String> readTags() {
    ConfigValue value = map.take("tags");
    if (value == null) {
      return List.of();
    }
    warnOfSharedTags(value);
    return readEach(value, TAGS, ValueKind.text());
  }

  /** One value for each server. */
  private <T> List<T> readEach(ConfigValue value, String expected, ValueKind<T> kind) {
    List<ConfigValue> elements = value.list(expected);
    if (value.isList() && elements.size() != servers) {
      value.refuseAs(elements.size() + " of them", servers + ", one for each server", null);
    }
    return elements.stream().map(kind::read).filter(Objects::nonNull).toList();
  }

  /** Of servers with one tag, the last has all their keys. */
  private static void warnOfSharedTags(ConfigValue value) {
    if (!value.isList()) {
      return;
    }
    Map<String, String> paths = new HashMap<>();
    for (ConfigValue tag : value.list(TAGS)) {
      String text = tag.text();
      String owner = text == null ? null : paths.putIfAbsent(text, tag.path());
      if (owner != null) {
        tag.warn("a tag of its own, as the server of " + owner + " gets no keys");
      }
    }
  }

  /** Refuses a key that is given; gives an empty list, for the reader to give instead. */
  private <T> List<T> refuse(String key, String expected) {
    ConfigValue value = map.take(key);
    if (value != null) {
      value.refuse(expected);
    }
    return List.of();
  }
}
