package io.fairlead.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** A placement as it stands in a file that is written: its keys with their values. */
final class PlacementText {
  private PlacementText() {}

  /** The placement over servers, or routes, of these names. */
  static Map<String, Object> of(PlacementSettings placement, List<String> names) {
    Map<String, Object> entries = new LinkedHashMap<>();
    if (placement instanceof McrouterHashSettings mcrouter) {
      addMcrouter(entries, mcrouter, names);
      return entries;
    }
    RingSettings ring = (RingSettings) placement;
    entries.put("hash", ValueKind.nameOf(ring.hash()));
    entries.put("distribution", ring.distributionName());
    entries.put(
        "hash_tag", ring.hashTag() == null ? "false" : YamlScalar.text(ring.hashTag().toString()));
    entries.put("key_bytes", ValueKind.nameOf(ring.keyBytes()));
    return entries;
  }

  private static void addMcrouter(
      Map<String, Object> entries, McrouterHashSettings placement, List<String> names) {
    entries.put("distribution", placement.distributionName());
    entries.put("salt", YamlScalar.text(placement.salt()));
    if (placement.function().isWeighted()) {
      entries.put("weights", each(names, i -> YamlScalar.decimal(placement.weight(i))));
    }
    if (placement.function().usesTags() && !placement.tags().isEmpty()) {
      entries.put("tags", each(names, i -> YamlScalar.text(placement.tag(names.get(i), i))));
    }
  }

  private static List<String> each(List<String> names, IntFunction<String> element) {
    return IntStream.range(0, names.size()).mapToObj(element).toList();
  }
}
