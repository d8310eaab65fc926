package io.fairlead.config;

import io.fairlead.config.route.HashStopSettings;
import io.fairlead.config.route.KeyPartsSettings;
import io.fairlead.config.route.KeySplitSettings;
import io.fairlead.config.route.ModifyExpirySettings;
import io.fairlead.config.route.ModifyExpirySettings.Action;
import io.fairlead.config.route.ModifyKeySettings;
import io.fairlead.config.route.RouteSettings;
import io.fairlead.config.route.ShardSplitSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The forms of routes that change the key or the expiry of what passes, or what is hashed. */
final class ChangeForms {
  private static final String EXPIRY = "a time, as in 10m, in set or in at_most";
  private static final ValueKind<Integer> COPIES = ValueKind.wholeNumber(2, 1000);
  private static final ValueKind<Integer> SPLITS = ValueKind.wholeNumber(1, 26 * 26 + 1);
  private static final ValueKind<Integer> PARTS = ValueKind.wholeNumber(1, 250);
  private static final String SHARDS = "a map of shards with how many parts each has";
  private static final String PREFIXES = "a list of prefixes of keys";

  private ChangeForms() {}

  static void addTo(RouteForms forms) {
    forms
        .add("expiry", ModifyExpirySettings.class, ChangeForms::readExpiry, ChangeForms::write)
        .add("change_key", ModifyKeySettings.class, ChangeForms::readKey, ChangeForms::write)
        .add("key_copies", KeySplitSettings.class, ChangeForms::readCopies, ChangeForms::write)
        .add("split_shards", ShardSplitSettings.class, ChangeForms::readShards, ChangeForms::write)
        .add("key_parts", KeyPartsSettings.class, ChangeForms::readParts, ChangeForms::write)
        .add("hash_stops", HashStopSettings.class, ChangeForms::readStops, ChangeForms::write);
  }

  private static RouteSettings readExpiry(GivenRoute given) {
    RouteSettings target = given.one("expiry");
    ValueKind<Integer> kind = ValueKind.itemExpiry(Integer.MIN_VALUE);
    ConfigValue set = given.map().take("set");
    ConfigValue most = given.map().take("at_most");
    if (set == null && most == null) {
      given.map().map().refuseMissing("at_most", EXPIRY);
    }
    if (set != null && most != null) {
      most.refuse("nothing, as there is set, and only one of both may be given");
    }
    ConfigValue value = set == null ? most : set;
    Integer expiry = value == null ? null : kind.read(value);
    return new ModifyExpirySettings(
        target, expiry == null ? 0 : expiry, set == null ? Action.MIN : Action.SET);
  }

  private static void write(ModifyExpirySettings route, WrittenRoute written) {
    written
        .one("expiry", route.target())
        .put(route.action() == Action.SET ? "set" : "at_most", ExpiryText.format(route.expiry()));
  }

  private static RouteSettings readKey(GivenRoute given) {
    return new ModifyKeySettings(
        given.one("change_key"),
        given.orNull("routing_prefix", ValueKind.text()),
        given.orNull("prefix", ValueKind.text()),
        given.orNull("instead_of", ValueKind.text()),
        given.orNull("suffix", ValueKind.text()),
        given.flag("overwrite", false));
  }

  private static void write(ModifyKeySettings route, WrittenRoute written) {
    written
        .one("change_key", route.target())
        .text("routing_prefix", route.routingPrefix())
        .text("prefix", route.ensurePrefix())
        .text("instead_of", route.replacePrefix())
        .text("suffix", route.suffix())
        .putFlag("overwrite", route.inPlace(), false);
  }

  private static RouteSettings readCopies(GivenRoute given) {
    return new KeySplitSettings(
        given.one("key_copies"),
        given.required("copies", "how many copies each key has", 2, COPIES),
        given.flag("write_all", false),
        given.flag("read_on_miss", false));
  }

  private static void write(KeySplitSettings route, WrittenRoute written) {
    written
        .one("key_copies", route.target())
        .put("copies", route.replicas())
        .putFlag("write_all", route.allSync(), false)
        .putFlag("read_on_miss", route.firstHit(), false);
  }

  private static RouteSettings readShards(GivenRoute given) {
    RouteSettings target = given.one("split_shards");
    Map<String, Integer> shards =
        given.required("shards", SHARDS, Map.of(), ChangeForms::readCounts);
    return new ShardSplitSettings(target, shards, given.flag("delete_everywhere", true));
  }

  private static @Nullable Map<String, Integer> readCounts(ConfigValue value) {
    return value.map(
        SHARDS,
        map -> {
          Map<String, Integer> counts = new LinkedHashMap<>();
          for (MappingReader.Entry entry : map.takeAll()) {
            Integer count = SPLITS.read(entry.value());
            counts.put(entry.name(), Objects.requireNonNullElse(count, 1));
          }
          return counts;
        });
  }

  private static void write(ShardSplitSettings route, WrittenRoute written) {
    Map<String, Object> counts = new LinkedHashMap<>();
    route.splits().forEach((shard, count) -> counts.put(YamlScalar.text(shard), count));
    written
        .one("split_shards", route.target())
        .put("shards", counts)
        .putFlag("delete_everywhere", route.fanout(), true);
  }

  private static RouteSettings readParts(GivenRoute given) {
    return new KeyPartsSettings(
        given.one("key_parts"),
        given.required("parts", "how many parts of a key count", 1, PARTS),
        given.optional("delimiter", ':', ChangeForms::readCharacter));
  }

  private static @Nullable Character readCharacter(ConfigValue value) {
    String text = value.text();
    return text != null && text.length() == 1
        ? (Character) text.charAt(0)
        : value.refuse("one character, in quotes, as in \":\"");
  }

  private static void write(KeyPartsSettings route, WrittenRoute written) {
    written
        .one("key_parts", route.target())
        .put("parts", route.parts())
        .putUnless(
            ':', "delimiter", route.delimiter(), c -> QuotedText.quote(Character.toString(c)));
  }

  private static RouteSettings readStops(GivenRoute given) {
    return new HashStopSettings(
        given.one("hash_stops"),
        given.required(
            "prefixes", PREFIXES, List.of(), ValueKind.listOf(PREFIXES, ValueKind.text())));
  }

  private static void write(HashStopSettings route, WrittenRoute written) {
    written.one("hash_stops", route.target()).put("prefixes", WrittenRoute.texts(route.prefixes()));
  }
}
