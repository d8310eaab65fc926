package io.fairlead.hotkey;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Looks at some of the keys that an event loop brings to a pool. On that loop only. */
public final class KeySampler {
  /*
   * Which keys: one in so many, where the number follows the traffic such that some thousands are
   * looked at in a second, and all of them while there are fewer. The distance to the next one is
   * random, as traffic with a rhythm would otherwise show the same keys again and again.
   *
   * How they are forgotten: what was counted loses half of its weight in a half-life. Instead of making
   * all counts smaller all the time, what is new is counted with a weight that grows, which comes to
   * the same (forward decay: Cormode, Shkapenyuk, Srivastava, Xu 2009); once in a while all are scaled.
   */

  static final int SLOTS = 512;
  static final long HALF_LIFE_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** Keys that are looked at in a second, about, however many there are. */
  private static final double PER_SECOND = 8192;

  private static final int LONGEST_STEP = 1024;
  private static final long ADJUST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** A sudden load is noticed after so many, however soon that is. */
  private static final int ADJUST_SAMPLES = 2 * (int) PER_SECOND / 10;

  /** Half-lives after which the weight of what is new would grow too large. */
  private static final double MOST_GROWTH = 256;

  private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

  private int untilNext = 1;
  private int step = 1;
  private int random;
  private long began;

  /** Made when it is needed: a proxy may have many pools of which few are used. */
  private @Nullable KeySummary summary;

  /** When a weight was 1. */
  private long origin;

  private long adjusted;
  private int samples;
  private double weight = 1;
  private double total;

  /**
   * @param seed of the distances between those that are looked at
   */
  public KeySampler(int seed) {
    random = seed == 0 ? 1 : seed;
  }

  /** Whether the key that is routed now is to be given to {@link #take}; asked once for each. */
  public boolean isDue() {
    return --untilNext <= 0;
  }

  /**
   * Counts the key in the first {@code length} bytes, for itself and those that were passed over.
   */
  public void take(byte[] key, int length, long now) {
    samples++;
    KeySummary present = summary;
    if (present == null) {
      present = begin(now);
    } else if (now - adjusted >= ADJUST_NANOS || samples >= ADJUST_SAMPLES) {
      adjust(present, now);
    }
    present.add(key, length, weight);
    total += weight;
    untilNext = step == 1 ? 1 : 1 + Math.floorMod(nextRandom(), 2 * step - 1);
  }

  /** Marsaglia's xorshift. */
  private int nextRandom() {
    random ^= random << 13;
    random ^= random >>> 17;
    random ^= random << 5;
    return random;
  }

  private KeySummary begin(long now) {
    KeySummary first = new KeySummary(SLOTS);
    summary = first;
    began = now;
    origin = now;
    adjusted = now;
    return first;
  }

  private void adjust(KeySummary present, long now) {
    double seen = samples * (double) step / Math.max(1, now - adjusted) * NANOS;
    step = (int) Math.max(1, Math.min(LONGEST_STEP, seen / PER_SECOND));
    samples = 0;
    adjusted = now;
    double halfLives = (now - origin) / (double) HALF_LIFE_NANOS;
    if (halfLives > MOST_GROWTH) {
      double factor = Math.pow(2, -halfLives);
      present.scale(factor);
      total *= factor;
      origin = now;
      halfLives = 0;
    }
    weight = step * Math.pow(2, halfLives);
  }

  /** What it knows now. */
  public KeySnapshot snapshot(long now) {
    KeySummary present = summary;
    if (present == null) {
      return KeySnapshot.NOTHING;
    }
    double decay = Math.pow(2, -(now - origin) / (double) HALF_LIFE_NANOS);
    List<KeySnapshot.Counted> keys = new ArrayList<>();
    present.forEachSlot(
        slot ->
            keys.add(
                new KeySnapshot.Counted(
                    present.key(slot),
                    (present.count(slot) - present.error(slot)) * decay,
                    present.error(slot) * decay)));
    return new KeySnapshot(keys, total * decay, perSecond(total * decay, now));
  }

  /** The rate at which requests make up such a total, of which less and less counts. */
  private double perSecond(double decayed, long now) {
    double age = Math.max(ADJUST_NANOS, now - began) / (double) HALF_LIFE_NANOS;
    double seconds = HALF_LIFE_NANOS / NANOS / Math.log(2) * (1 - Math.pow(2, -age));
    return decayed / seconds;
  }
}
