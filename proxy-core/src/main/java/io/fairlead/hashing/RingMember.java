package io.fairlead.hashing;

/**
 * A server as a distribution sees it: the name that is hashed onto the ring, and its weight.
 *
 * @param weight at least 1; only its ratio to the weights of the other servers matters
 */
public record RingMember(String name, int weight) {
  public RingMember {
    if (weight < 1) {
      throw new IllegalArgumentException("weight: " + weight + " (expected: at least 1)");
    }
  }
}
