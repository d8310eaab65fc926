package io.fairlead.server.holders;

import org.jspecify.annotations.Nullable;

/**
 * What a server has under a key.
 *
 * @param bytes of the value
 * @param ttl seconds until it expires; -1 for never; null when the server does not tell
 */
public record Copy(long bytes, @Nullable Long ttl) {
  public static final long NEVER = -1;

  // Written out because a compact constructor loses the @Nullable of its parameters.
  public Copy(long bytes, @Nullable Long ttl) {
    this.bytes = bytes;
    this.ttl = ttl;
  }
}
