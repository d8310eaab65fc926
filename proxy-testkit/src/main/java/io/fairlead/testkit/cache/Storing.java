package io.fairlead.testkit.cache;

/** Puts an item into the cache under the rules of a storage command. */
final class Storing {
  enum Result {
    STORED,
    NOT_STORED,
    EXISTS,
    NOT_FOUND
  }

  private final Cache cache;

  Storing(Cache cache) {
    this.cache = cache;
  }

  /**
   * Stores the item if the mode and the cas number allow it. The item carries its new cas number
   * then.
   *
   * @param cas the number that the old item must have; 0 for any
   * @param acceptsStale whether a cas number that is too low may still replace the value, which is
   *     marked stale then
   */
  Result store(Item item, StoreMode mode, long cas, boolean acceptsStale) {
    cache.statistics().add(Counter.CMD_SET);
    Item old = cache.peek(item.key);
    if (old == null) {
      return storeNew(item, mode);
    }
    boolean matches = cas == old.cas;
    return switch (mode) {
      case SET, REPLACE -> link(item);
      case ADD -> {
        cache.renew(old);
        yield Result.NOT_STORED;
      }
      case APPEND, PREPEND -> cas == 0 || matches ? join(old, item, mode) : Result.EXISTS;
      case CAS -> {
        cache.statistics().addHitOrMiss(matches, Counter.CAS_HITS, Counter.CAS_BADVAL);
        boolean stale = acceptsStale && cas != 0 && Long.compareUnsigned(cas, old.cas) < 0;
        if (stale) {
          keepStale(old, item);
        }
        yield matches || stale ? link(item) : Result.EXISTS;
      }
    };
  }

  private Result storeNew(Item item, StoreMode mode) {
    return switch (mode) {
      case SET, ADD -> link(item);
      case REPLACE, APPEND, PREPEND -> Result.NOT_STORED;
      case CAS -> {
        cache.statistics().add(Counter.CAS_MISSES);
        yield Result.NOT_FOUND;
      }
    };
  }

  private static void keepStale(Item old, Item item) {
    item.expiry = old.expiry;
    item.stale = true;
    item.tokenSent = old.tokenSent;
  }

  /** The joined item keeps flags and expiry of the old one, but not the mark of a binary key. */
  private Result join(Item old, Item added, StoreMode mode) {
    byte[] first = mode == StoreMode.APPEND ? old.value : added.value;
    byte[] second = mode == StoreMode.APPEND ? added.value : old.value;
    if (!cache.fits(old.key, old.flags, (long) first.length + second.length)) {
      return Result.NOT_STORED;
    }
    byte[] value = new byte[first.length + second.length];
    System.arraycopy(first, 0, value, 0, first.length);
    System.arraycopy(second, 0, value, first.length, second.length);
    Item joined = new Item(old.key, old.flags, value, old.expiry, false);
    cache.link(joined);
    added.cas = joined.cas;
    return Result.STORED;
  }

  private Result link(Item item) {
    cache.link(item);
    return Result.STORED;
  }
}
