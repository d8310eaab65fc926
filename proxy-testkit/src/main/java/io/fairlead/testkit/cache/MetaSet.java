package io.fairlead.testkit.cache;

/** ms: every way to store. */
final class MetaSet {
  private static final int MAX_BYTES = Integer.MAX_VALUE - 2;

  private final Cache cache;
  private final Storing storing;

  MetaSet(Cache cache) {
    this.cache = cache;
    this.storing = new Storing(cache);
  }

  void execute(Command command, Session session) {
    int bytes = Numbers.signed(command.word(2), CommandError.BAD_FORMAT);
    if (bytes < 0 || bytes > MAX_BYTES) {
      throw new CommandError(CommandError.BAD_FORMAT);
    }
    try {
      start(command, bytes, session);
    } catch (CommandError e) {
      session.swallowBody(bytes);
      throw e;
    }
  }

  private void start(Command command, int bytes, Session session) {
    MetaFlags flags = MetaFlags.parse(cache, command.key(), command.from(3));
    StoreMode mode = mode(flags);
    MetaReply.checkOpaques(flags.tokens);
    if (!cache.fits(flags.key, flags.clientFlags, bytes)) {
      refuse(flags.key);
    }
    session.readBody(
        bytes,
        (value, terminated) -> {
          if (!terminated) {
            session.reply("CLIENT_ERROR bad data chunk");
            return;
          }
          store(value, mode, flags, session);
        });
  }

  private void store(byte[] value, StoreMode mode, MetaFlags flags, Session session) {
    Item item = new Item(flags.key, flags.clientFlags, value, flags.expiry, flags.binaryKey);
    Storing.Result result = storing.store(item, mode, flags.cas, flags.marksStale);
    if (flags.quiet && result == Storing.Result.STORED) {
      return;
    }
    MetaReply reply = new MetaReply(code(result));
    for (String token : flags.tokens) {
      if (token.charAt(0) == 'c') {
        reply.add('c', item.cas);
      } else {
        reply.addEcho(token, flags.key, flags.binaryKey);
      }
    }
    session.reply(reply.toString());
  }

  private static StoreMode mode(MetaFlags flags) {
    StoreMode mode =
        switch (flags.mode) {
          case 0, 'S' -> StoreMode.SET;
          case 'E' -> StoreMode.ADD;
          case 'A' -> StoreMode.APPEND;
          case 'P' -> StoreMode.PREPEND;
          case 'R' -> StoreMode.REPLACE;
          default -> throw new CommandError("CLIENT_ERROR invalid mode for ms M token");
        };
    boolean compares = flags.hasCas && (mode == StoreMode.SET || mode == StoreMode.REPLACE);
    return compares ? StoreMode.CAS : mode;
  }

  /** Whatever the mode, the old value goes: a client must not read what it tried to replace. */
  private void refuse(String key) {
    cache.statistics().add(Counter.STORE_TOO_LARGE);
    Item old = cache.peek(key);
    if (old != null) {
      cache.unlink(old);
    }
    throw new CommandError(CommandError.TOO_LARGE);
  }

  private static String code(Storing.Result result) {
    return switch (result) {
      case STORED -> "HD";
      case NOT_STORED -> "NS";
      case EXISTS -> "EX";
      case NOT_FOUND -> "NF";
    };
  }
}
