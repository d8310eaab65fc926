package io.fairlead.hashing;

/**
 * A key lives where its first parts live, as another placement has it; a key of fewer parts counts
 * as a whole.
 */
public final class LeadingParts implements Placement {
  private final Placement placement;
  private final int parts;
  private final byte delimiter;

  /**
   * @param delimiter stands between two parts
   */
  public LeadingParts(Placement placement, int parts, char delimiter) {
    this.placement = placement;
    this.parts = parts;
    this.delimiter = (byte) delimiter;
  }

  @Override
  public long hash(byte[] key, int from, int length) {
    return placement.hash(key, from, counting(key, from, length));
  }

  @Override
  public int serverOf(long hash, byte[] key, int from, int length) {
    return placement.serverOf(hash, key, from, counting(key, from, length));
  }

  /** How many bytes the first parts have. */
  private int counting(byte[] key, int from, int length) {
    int left = parts;
    for (int i = from; i < from + length; i++) {
      if (key[i] == delimiter && --left == 0) {
        return i - from;
      }
    }
    return length;
  }
}
