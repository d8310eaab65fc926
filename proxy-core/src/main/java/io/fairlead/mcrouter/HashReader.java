package io.fairlead.mcrouter;

import io.fairlead.config.McrouterHashSettings;
import io.fairlead.hashing.McrouterHash;
import io.fairlead.json.Setting;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads which function places keys: a name, or an object with the name and its parameters. */
final class HashReader {
  private final Findings findings;

  HashReader(Findings findings) {
    this.findings = findings;
  }

  /** The name of the function; Ch3 where an object has none. */
  static String nameOf(Setting hash) {
    return hash.isObject() ? hash.textOr("hash_func", "Ch3") : hash.text();
  }

  /**
   * Reads a hash.
   *
   * @param more has weights and tags where the hash itself has none; null for nothing
   */
  McrouterHashSettings read(Setting hash, @Nullable Params more) {
    Params own = new Params(hash, findings);
    own.ignore("hash_func");
    McrouterHashSettings settings =
        read(
            hash,
            nameOf(hash),
            own.textOr("salt", ""),
            firstOf("weights", own, more),
            firstOf("tags", own, more));
    own.warnOfUnknown();
    return settings;
  }

  /** Reads a hash whose parameters stand beside its name. */
  McrouterHashSettings read(Setting at, String name, Params beside) {
    return read(at, name, beside.textOr("salt", ""), beside.at("weights"), beside.at("tags"));
  }

  private static @Nullable Setting firstOf(String key, Params own, @Nullable Params more) {
    Setting value = own.at(key);
    return value == null && more != null ? more.at(key) : value;
  }

  private static McrouterHashSettings read(
      Setting at, String name, String salt, @Nullable Setting weights, @Nullable Setting tags) {
    McrouterHash function =
        McrouterHash.ofMcrouter(name)
            .orElseThrow(
                () ->
                    at.refused(
                        "a hash function: Ch3, WeightedCh3, Crc32, ConstShard, Rendezvous or"
                            + " WeightedRendezvous"));
    if (function.isWeighted() && weights == null) {
      throw at.refused("weights for " + name);
    }
    if (function.usesTags() && tags == null) {
      throw at.refused("tags for " + name);
    }
    return new McrouterHashSettings(
        function,
        salt,
        function.isWeighted() && weights != null
            ? weights(weights, function.usesTags() ? tags : null)
            : List.of(),
        function.usesTags() && tags != null ? texts(tags) : List.of());
  }

  /** One for each server, or an object that has them by the tags of the servers. */
  private static List<Double> weights(Setting setting, @Nullable Setting tags) {
    if (tags == null || !setting.isObject()) {
      return weights(setting);
    }
    List<Double> weights = new ArrayList<>();
    for (String tag : texts(tags)) {
      Setting weight = setting.at(tag);
      weights.add(weight == null ? McrouterHashSettings.MISSING_WEIGHT : weight.number(0, 1));
    }
    return weights;
  }

  static List<Double> weights(Setting setting) {
    List<Double> weights = new ArrayList<>();
    for (Setting item : setting.items()) {
      weights.add(item.number(0, 1));
    }
    return weights;
  }

  static List<String> texts(Setting setting) {
    return setting.items().stream().map(Setting::text).toList();
  }
}
