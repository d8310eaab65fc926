package io.fairlead.testkit.cache;

import java.time.Clock;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The items of one memcached, least recently used first, bounded by a memory limit.
 *
 * <p>Time is counted in whole seconds, like memcached does it, from {@value #CLOCK_START} at the
 * start, so that an expiry of 1 is in the past for ever. Guarded by its own monitor, which the
 * session holds during a command.
 */
public final class Cache {
  public static final long DEFAULT_MEMORY_LIMIT = 64L << 20;

  private static final int ITEM_SIZE_MAX = 1 << 20;
  private static final long CLOCK_START = 62;
  private static final long LONGEST_RELATIVE_EXPIRY = 60L * 60 * 24 * 30;

  private final Clock clock;
  private final long clockOrigin;
  private final Map<String, Item> items = new LinkedHashMap<>();
  private final Statistics statistics = new Statistics();
  private long memoryLimit;
  private long bytes;
  private long lastCas;
  private long flushedUntil;
  private long flushedBelowCas;

  public Cache(Clock clock, long memoryLimit) {
    this.clock = clock;
    this.memoryLimit = memoryLimit;
    this.clockOrigin = clock.millis() / 1_000 - CLOCK_START;
  }

  long now() {
    return clock.millis() / 1_000 - clockOrigin;
  }

  long unixTime() {
    return clock.millis() / 1_000;
  }

  long uptime() {
    return now() - CLOCK_START;
  }

  Statistics statistics() {
    return statistics;
  }

  long memoryLimit() {
    return memoryLimit;
  }

  void setMemoryLimit(long limit) {
    memoryLimit = limit;
    evict();
  }

  long bytes() {
    return bytes;
  }

  int itemCount() {
    return items.size();
  }

  /** From the expiry of a command, relative or absolute or negative, to this clock. */
  long expiryFrom(int exptime) {
    if (exptime == 0) {
      return 0;
    }
    if (exptime < 0) {
      return 1;
    }
    if (exptime <= LONGEST_RELATIVE_EXPIRY) {
      return now() + exptime;
    }
    return Math.max(1, exptime - clockOrigin);
  }

  boolean fits(String key, int flags, long valueBytes) {
    return Item.totalBytes(key, flags, valueBytes) <= ITEM_SIZE_MAX;
  }

  /** The item if it is there and alive; does not count as an access. */
  @Nullable Item peek(String key) {
    Item item = items.get(key);
    if (item == null) {
      return null;
    }
    if (isFlushed(item)) {
      statistics.add(Counter.GET_FLUSHED);
      unlink(item);
      return null;
    }
    if (item.expiry != 0 && item.expiry <= now()) {
      statistics.add(Counter.GET_EXPIRED);
      unlink(item);
      return null;
    }
    return item;
  }

  /** The item if it is there and alive; it becomes the most recently used one. */
  @Nullable Item fetch(String key) {
    Item item = peek(key);
    if (item != null) {
      bump(item);
    }
    return item;
  }

  /**
   * Notes an access. Like memcached's segmented LRU, the first one only marks the item as fetched
   * and the second one sets the time of access.
   */
  void bump(Item item) {
    if (!item.fetched) {
      item.fetched = true;
    } else if (!item.active) {
      item.active = true;
      item.accessed = now();
    }
    moveToEnd(item);
  }

  /** Notes a change of the item in place. */
  void renew(Item item) {
    item.accessed = now();
    moveToEnd(item);
  }

  /** Puts the item in, replacing one with the same key, under the next cas number. */
  void link(Item item) {
    Item old = items.get(item.key);
    if (old != null) {
      unlink(old);
    }
    item.cas = nextCas();
    item.accessed = now();
    items.put(item.key, item);
    bytes += item.totalBytes();
    statistics.add(Counter.TOTAL_ITEMS);
    evict();
  }

  void unlink(Item item) {
    items.remove(item.key);
    bytes -= item.totalBytes();
  }

  long nextCas() {
    return ++lastCas;
  }

  /**
   * Makes what is stored now, or up to a moment in the future, disappear.
   *
   * <p>memcached compares the time of last access with the moment; what is stored in the second of
   * the command itself is told apart by its cas number.
   */
  void flush(int delay) {
    flushedUntil = delay > 0 ? expiryFrom(delay) - 1 : now() - 1;
    if (flushedUntil <= now()) {
      flushedBelowCas = nextCas();
    }
  }

  private boolean isFlushed(Item item) {
    if (flushedUntil == 0 || flushedUntil > now()) {
      return false;
    }
    return item.accessed <= flushedUntil || (flushedBelowCas != 0 && item.cas < flushedBelowCas);
  }

  private void moveToEnd(Item item) {
    items.remove(item.key);
    items.put(item.key, item);
  }

  private void evict() {
    Iterator<Item> oldestFirst = items.values().iterator();
    while (bytes > memoryLimit && items.size() > 1) {
      bytes -= oldestFirst.next().totalBytes();
      oldestFirst.remove();
      statistics.add(Counter.EVICTIONS);
    }
  }
}
