package io.fairlead.config;

import io.fairlead.hashing.Placement;
import io.fairlead.hashing.RingMember;
import java.util.List;
import java.util.function.IntPredicate;

/** Which server of a sharded pool a key lives on: twemproxy's way, or mcrouter's. */
public sealed interface PlacementSettings permits RingSettings, McrouterHashSettings {
  /** What {@code distribution} is in configuration files, such as {@code ketama}. */
  String distributionName();

  /** Where keys live among those of {@code members} whose index is {@code live}; for one thread. */
  Placement over(List<RingMember> members, IntPredicate live);

  /** Whether other servers can take the keys of one that is left out. */
  boolean canRehash();

  /** To which the share of a server, the one at {@code index} of its pool, is in proportion. */
  double weight(ServerSettings server, int index);
}
