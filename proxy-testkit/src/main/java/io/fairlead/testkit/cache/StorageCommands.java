package io.fairlead.testkit.cache;

import java.util.Locale;

/** set, add, replace, append, prepend and cas. */
final class StorageCommands {
  private static final int MAX_BYTES = Integer.MAX_VALUE - 2;

  private final Cache cache;
  private final Storing storing;

  StorageCommands(Cache cache) {
    this.cache = cache;
    this.storing = new Storing(cache);
  }

  void execute(Command command, Session session) {
    StoreMode mode = StoreMode.valueOf(command.name().toUpperCase(Locale.ROOT));
    int words = mode == StoreMode.CAS ? 6 : 5;
    command.checkSize(words, words + 1);
    boolean quiet = command.isNoreply();
    try {
      start(command, mode, quiet, session);
    } catch (CommandError e) {
      if (!quiet) {
        throw e;
      }
    }
  }

  private void start(Command command, StoreMode mode, boolean quiet, Session session) {
    String key = command.key();
    int flags = (int) Numbers.unsigned(command.word(2), CommandError.BAD_FORMAT);
    int exptime = Numbers.signed(command.word(3), CommandError.BAD_FORMAT);
    int bytes = Numbers.signed(command.word(4), CommandError.BAD_FORMAT);
    long cas =
        mode == StoreMode.CAS ? Numbers.unsigned(command.word(5), CommandError.BAD_FORMAT) : 0;
    if (bytes < 0 || bytes > MAX_BYTES) {
      throw new CommandError(CommandError.BAD_FORMAT);
    }
    if (!cache.fits(key, flags, bytes)) {
      session.swallowBody(bytes);
      refuse(key, mode);
    }
    long expiry = cache.expiryFrom(exptime);
    session.readBody(
        bytes,
        (value, terminated) -> {
          Item item = new Item(key, flags, value, expiry, false);
          String reply = terminated ? store(item, mode, cas) : "CLIENT_ERROR bad data chunk";
          if (!quiet) {
            session.reply(reply);
          }
        });
  }

  private String store(Item item, StoreMode mode, long cas) {
    return storing.store(item, mode, cas, false).name();
  }

  /** A set that fails must not leave the value it was to replace. */
  private void refuse(String key, StoreMode mode) {
    cache.statistics().add(Counter.STORE_TOO_LARGE);
    Item old = cache.peek(key);
    if (mode == StoreMode.SET && old != null) {
      cache.unlink(old);
    }
    throw new CommandError(CommandError.TOO_LARGE);
  }
}
