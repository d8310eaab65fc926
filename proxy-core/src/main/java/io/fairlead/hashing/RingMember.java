package io.fairlead.hashing;

/** A server as a distribution sees it: the name that is hashed onto the ring, and its weight. */
public record RingMember(String name, int weight) {}
