package io.fairlead.hashing;

/**
 * The parts of a key as mcrouter reads it: {@code /region/cluster/} before the key that is sent to
 * the server, and in that a {@code |#|} behind which nothing is hashed. Either may be missing.
 *
 * <pre>
 *   /region/cluster/user:42|#|name
 *   `-- prefix ----´`------´          the routing key: what is hashed
 *                   `-------------´   what is sent
 * </pre>
 */
public final class RoutingKey {
  private static final int SLASHES = 3;
  private static final int STOP_BYTES = 3;

  private RoutingKey() {}

  /**
   * How many bytes the routing prefix has, both its outer slashes counted; 0 when there is none.
   */
  public static int prefixLength(byte[] key, int from, int length) {
    if (length == 0 || key[from] != '/') {
      return 0;
    }
    int slashes = 0;
    for (int i = 0; i < length; i++) {
      if (key[from + i] == '/' && ++slashes == SLASHES) {
        return i + 1;
      }
    }
    return 0;
  }

  /** How many bytes of a key without routing prefix stand before the first hash stop. */
  public static int hashedLength(byte[] key, int from, int length) {
    for (int i = from, last = from + length - STOP_BYTES; i <= last; i++) {
      if (key[i] == '|' && key[i + 1] == '#' && key[i + 2] == '|') {
        return i - from;
      }
    }
    return length;
  }

  /**
   * The part of a key without routing prefix that is hashed, to be taken apart by {@link HashTag}.
   */
  public static long hashedPart(byte[] key, int from, int length) {
    return HashTag.range(from, hashedLength(key, from, length));
  }
}
