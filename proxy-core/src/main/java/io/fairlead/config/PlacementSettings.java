package io.fairlead.config;

import io.fairlead.hashing.DistributionKind;
import io.fairlead.hashing.HashTag;
import io.fairlead.hashing.KeyBytes;
import io.fairlead.hashing.KeyHash;
import io.fairlead.hashing.KeyHasher;
import io.fairlead.hashing.Placement;
import io.fairlead.hashing.RingMember;
import io.fairlead.hashing.RingPlacement;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Which server of a sharded pool a key lives on.
 *
 * @param hashTag marks the part of a key that is hashed; null to hash all of it
 * @param keyBytes how the hash takes bytes above 0x7f
 */
public record PlacementSettings(
    KeyHash hash, DistributionKind distribution, @Nullable HashTag hashTag, KeyBytes keyBytes) {

  /** What twemproxy does unless told otherwise, on x86-64. */
  public static final PlacementSettings DEFAULT =
      new PlacementSettings(KeyHash.FNV1A_64, DistributionKind.KETAMA, null, KeyBytes.SIGNED);

  /** What hashes keys as these settings say. */
  public KeyHasher hasher() {
    return new KeyHasher(hash, keyBytes, hashTag);
  }

  /** Where keys live among those of {@code members} whose index is {@code live}; for one thread. */
  public Placement over(List<RingMember> members, IntPredicate live) {
    return RingPlacement.over(hasher(), distribution, members, live);
  }
}
