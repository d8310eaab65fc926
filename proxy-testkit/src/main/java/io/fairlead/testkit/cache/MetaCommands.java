package io.fairlead.testkit.cache;

/** mn, me and md, and the way to mg, ms and ma. */
final class MetaCommands {
  static final String BAD_FLAG = "CLIENT_ERROR invalid or duplicate flag";

  /** Command, key and flags together. */
  private static final int MAX_WORDS = 19;

  private final Cache cache;
  private final MetaGet get;
  private final MetaSet set;
  private final MetaArithmetic arithmetic;

  MetaCommands(Cache cache) {
    this.cache = cache;
    this.get = new MetaGet(cache);
    this.set = new MetaSet(cache);
    this.arithmetic = new MetaArithmetic(cache);
  }

  void execute(Command command, Session session) {
    if (command.name().equals("mn")) {
      session.reply("MN");
      return;
    }
    if (command.name().equals("me")) {
      session.reply(debug(command));
      return;
    }
    command.checkSize(2, Integer.MAX_VALUE);
    command.key();
    if (command.name().equals("ms") && command.size() == 2) {
      throw new CommandError(CommandError.BAD_FORMAT);
    }
    if (command.size() > MAX_WORDS) {
      String are = command.name().equals("mg") ? "are " : "";
      throw new CommandError("CLIENT_ERROR options flags " + are + "too long");
    }
    cache.statistics().add(Counter.CMD_META);
    switch (command.name()) {
      case "mg" -> get.execute(command, session);
      case "ms" -> set.execute(command, session);
      case "md" -> delete(command, session);
      default -> arithmetic.execute(command, session);
    }
  }

  /** Reads the flags of a command that has one error text for everything wrong with them. */
  static MetaFlags parseFlags(Cache cache, Command command) {
    try {
      return MetaFlags.parse(cache, command.key(), command.from(2));
    } catch (CommandError e) {
      throw new CommandError(BAD_FLAG);
    }
  }

  private void delete(Command command, Session session) {
    MetaFlags flags = parseFlags(cache, command);
    MetaReply.checkOpaques(flags.tokens);
    String code = delete(flags);
    if (!flags.quiet || !code.equals("HD")) {
      session.reply(new MetaReply(code).addEchoes(flags).toString());
    }
  }

  private String delete(MetaFlags flags) {
    Item item = cache.peek(flags.key);
    cache.statistics().addHitOrMiss(item != null, Counter.DELETE_HITS, Counter.DELETE_MISSES);
    if (item == null) {
      return "NF";
    }
    if (flags.hasCas && flags.cas != item.cas) {
      return "EX";
    }
    if (!flags.marksStale) {
      cache.unlink(item);
      return "HD";
    }
    if (flags.hasTtl) {
      item.expiry = flags.expiry;
    }
    item.stale = true;
    item.tokenSent = false;
    item.cas = cache.nextCas();
    return "HD";
  }

  private String debug(Command command) {
    if (command.size() < 2) {
      throw new CommandError(CommandError.BAD_FORMAT);
    }
    String key = command.key();
    if (command.size() > 2 && command.word(2).equals("b")) {
      try {
        key = BinaryKeys.decode(key);
      } catch (CommandError e) {
        throw new CommandError(CommandError.BAD_FORMAT);
      }
    }
    Item item = cache.peek(key);
    if (item == null) {
      return "EN";
    }
    return "ME %s exp=%d la=%d cas=%s fetch=%s cls=%d size=%d"
        .formatted(
            item.binaryKey ? BinaryKeys.encode(key) : key,
            item.expiry == 0 ? -1 : cache.now() - item.expiry, // the sign is memcached's
            cache.now() - item.accessed,
            Long.toUnsignedString(item.cas),
            item.fetched ? "yes" : "no",
            SlabClasses.of(item.totalBytes()),
            item.totalBytes());
  }
}
