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
 * Keys live where twemproxy puts them: a hash of the key is looked up on a ring, or in another
 * distribution over the names and weights of the servers.
 *
 * @param hashTag marks the part of a key that is hashed; null to hash all of it
 * @param keyBytes how the hash takes bytes above 0x7f
 */
public record RingSettings(
    KeyHash hash, DistributionKind distribution, @Nullable HashTag hashTag, KeyBytes keyBytes)
    implements PlacementSettings {

  /** What twemproxy does unless told otherwise, on x86-64. */
  public static final RingSettings DEFAULT =
      new RingSettings(KeyHash.FNV1A_64, DistributionKind.KETAMA, null, KeyBytes.SIGNED);

  /** What hashes keys as these settings say. */
  public KeyHasher hasher() {
    return new KeyHasher(hash, keyBytes, hashTag);
  }

  @Override
  public String distributionName() {
    return distribution.configName();
  }

  @Override
  public Placement over(List<RingMember> members, IntPredicate live) {
    return RingPlacement.over(hasher(), distribution, members, live);
  }

  @Override
  public boolean canRehash() {
    return true;
  }

  @Override
  public double weight(ServerSettings server, int index) {
    return server.weight();
  }
}
