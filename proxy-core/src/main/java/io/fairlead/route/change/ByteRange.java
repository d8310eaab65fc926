package io.fairlead.route.change;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Some bytes as the key of a map; one that looks for them may be set again and again. */
final class ByteRange {
  private byte[] bytes = {};
  private int from;
  private int length;

  /** Makes these the bytes, which are borrowed. */
  ByteRange of(byte[] in, int at, int count) {
    bytes = in;
    from = at;
    length = count;
    return this;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ByteRange that
        && Arrays.equals(
            bytes, from, from + length, that.bytes, that.from, that.from + that.length);
  }

  @Override
  public int hashCode() {
    int hash = 0;
    for (int i = from; i < from + length; i++) {
      hash = 31 * hash + bytes[i];
    }
    return hash;
  }
}
