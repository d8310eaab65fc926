package io.fairlead.hotkey;

import io.fairlead.config.HotKeySettings;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes one list of what the event loops have counted of a pool's keys. */
public final class HotKeys {
  /** What is left of less than a request was long ago. */
  private static final double LEAST_COUNT = 0.5;

  private HotKeys() {}

  /** The keys of a pool that are asked for most, the hottest first. */
  public static List<HotKey> of(
      String pool, HotKeySettings settings, Collection<KeySnapshot> loops) {
    Map<ByteBuffer, Sum> sums = new HashMap<>();
    double total = 0;
    double perSecond = 0;
    for (KeySnapshot loop : loops) {
      total += loop.total();
      perSecond += loop.perSecond();
      for (KeySnapshot.Counted counted : loop.keys()) {
        sums.computeIfAbsent(ByteBuffer.wrap(counted.key()), key -> new Sum(counted.key()))
            .add(counted);
      }
    }
    if (total < LEAST_COUNT) {
      return List.of();
    }
    double all = total;
    double rate = perSecond;
    return sums.values().stream()
        .filter(sum -> sum.count >= LEAST_COUNT)
        .sorted(Comparator.comparingDouble((Sum sum) -> sum.count).reversed())
        .limit(settings.keys())
        .map(sum -> sum.toHotKey(pool, settings.show(), all, rate))
        .toList();
  }

  /** One key, over all loops. */
  private static final class Sum {
    private final byte[] key;
    private double count;
    private double error;

    Sum(byte[] key) {
      this.key = key;
    }

    void add(KeySnapshot.Counted counted) {
      count += counted.count();
      error += counted.error();
    }

    HotKey toHotKey(String pool, HotKeySettings.Show show, double total, double perSecond) {
      double share = count / total;
      return new HotKey(pool, KeyLabel.of(key, show), share, error / total, share * perSecond);
    }
  }
}
