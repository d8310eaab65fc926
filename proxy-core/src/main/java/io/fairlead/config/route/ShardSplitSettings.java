package io.fairlead.config.route;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keys {@code prefix:shard:rest} of some shards live under several names.
 *
 * @param splits the number of names by shard
 */
public record ShardSplitSettings(RouteSettings target, Map<String, Integer> splits, boolean fanout)
    implements RouteSettings {
  public ShardSplitSettings {
    splits = Collections.unmodifiableMap(new LinkedHashMap<>(splits));
  }

  @Override
  public List<RouteSettings> children() {
    return List.of(target);
  }
}
