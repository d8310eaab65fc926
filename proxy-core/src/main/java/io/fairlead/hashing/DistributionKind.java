package io.fairlead.hashing;

import java.util.List;
import java.util.function.IntPredicate;

/** The rule by which key hashes are spread over servers. */
public enum DistributionKind {
  KETAMA {
    @Override
    public Distribution over(List<RingMember> members, IntPredicate live) {
      return hash -> {
        throw new AssertionError("not yet");
      };
    }
  };

  /** The distribution over those of {@code members} whose index is {@code live}. */
  public abstract Distribution over(List<RingMember> members, IntPredicate live);
}
