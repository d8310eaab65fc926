package io.fairlead.config;

/**
 * A source of servers of a pool.
 *
 * @param identity what the servers that it names are called on the ring
 */
public record SourceSettings(SourcePlace place, Identity identity) {
  /** With the names that such a source gives unless it is told otherwise. */
  public static SourceSettings at(SourcePlace place) {
    return new SourceSettings(place, place.defaultIdentity());
  }
}
