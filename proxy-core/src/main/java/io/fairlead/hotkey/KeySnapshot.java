package io.fairlead.hotkey;

import java.util.List;

/**
 * What one event loop has counted of the keys of a pool, as of now: what was long ago counts less.
 *
 * @param keys in no order
 * @param total what was counted of all keys
 * @param perSecond requests in a second, of all keys
 */
public record KeySnapshot(List<Counted> keys, double total, double perSecond) {
  static final KeySnapshot NOTHING = new KeySnapshot(List.of(), 0, 0);

  public KeySnapshot {
    keys = List.copyOf(keys);
  }

  /** One key. */
  public static final class Counted {
    private final byte[] key;
    private final double count;
    private final double error;

    Counted(byte[] key, double count, double error) {
      this.key = key;
      this.count = count;
      this.error = error;
    }

    /** Not to be changed. */
    byte[] key() {
      return key;
    }

    /** What was counted of it at least. */
    double count() {
      return count;
    }

    /** What may have been counted of it besides. */
    double error() {
      return error;
    }
  }
}
