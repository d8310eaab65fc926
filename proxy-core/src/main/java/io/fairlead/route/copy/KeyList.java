package io.fairlead.route.copy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fairlead.hashing.Spooky;
import java.util.Arrays;
import java.util.Collection;

/** A set of keys in which the bytes of a request are looked up. */
final class KeyList {
  /** A power of two, at least twice as many as keys, so that there is always an empty place. */
  private final byte[][] places;

  private final Spooky spooky = new Spooky();

  KeyList(Collection<String> keys) {
    places = new byte[Integer.highestOneBit(Math.max(1, keys.size())) * 4][];
    for (String key : keys) {
      byte[] bytes = key.getBytes(UTF_8);
      places[place(bytes, 0, bytes.length)] = bytes;
    }
  }

  boolean contains(byte[] key, int from, int length) {
    return places[place(key, from, length)] != null;
  }

  /** Where the key is, or where it would be. */
  private int place(byte[] key, int from, int length) {
    int at = spooky.hash32(key, from, length, 0) & places.length - 1;
    while (places[at] != null
        && !Arrays.equals(places[at], 0, places[at].length, key, from, from + length)) {
      at = at + 1 & places.length - 1;
    }
    return at;
  }
}
