package io.fairlead.runtime;

import io.fairlead.config.PoolSettings;
import io.fairlead.hotkey.HotKey;
import io.fairlead.hotkey.HotKeys;
import io.fairlead.hotkey.KeySnapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Joins what the event loops know of the hot keys of each pool. */
final class HotKeyList {
  private HotKeyList() {}

  /**
   * The hot keys of all pools, pool by pool.
   *
   * @param loops what each of them knows of the pools that are to say their hot keys
   */
  static List<HotKey> of(List<Map<PoolSettings, KeySnapshot>> loops) {
    Map<PoolSettings, List<KeySnapshot>> byPool = new LinkedHashMap<>();
    for (Map<PoolSettings, KeySnapshot> loop : loops) {
      loop.forEach(
          (pool, snapshot) ->
              byPool.computeIfAbsent(pool, present -> new ArrayList<>()).add(snapshot));
    }
    List<HotKey> hot = new ArrayList<>();
    byPool.forEach(
        (pool, snapshots) -> hot.addAll(HotKeys.of(pool.name(), pool.hotKeys(), snapshots)));
    return hot;
  }
}
