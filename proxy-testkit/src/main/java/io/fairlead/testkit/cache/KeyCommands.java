package io.fairlead.testkit.cache;

/** incr, decr, delete and touch. */
final class KeyCommands {
  private static final String DELETE_USAGE =
      CommandError.BAD_FORMAT + ".  Usage: delete <key> [noreply]";

  private final Cache cache;
  private final Arithmetic arithmetic;

  KeyCommands(Cache cache) {
    this.cache = cache;
    this.arithmetic = new Arithmetic(cache);
  }

  void execute(Command command, Session session) {
    if (command.name().equals("delete")) {
      command.checkSize(2, 4);
    } else {
      command.checkSize(3, 4);
    }
    boolean quiet = command.size() > 2 && command.isNoreply();
    String reply;
    try {
      reply = reply(command);
    } catch (CommandError e) {
      reply = e.reply();
    }
    if (!quiet) {
      session.reply(reply);
    }
  }

  private String reply(Command command) {
    return switch (command.name()) {
      case "incr" -> change(command, true, Counter.INCR_HITS, Counter.INCR_MISSES);
      case "decr" -> change(command, false, Counter.DECR_HITS, Counter.DECR_MISSES);
      case "delete" -> delete(command);
      default -> touch(command);
    };
  }

  private String change(Command command, boolean increments, Counter hits, Counter misses) {
    String key = command.key();
    long delta = Numbers.unsigned(command.word(2), "CLIENT_ERROR invalid numeric delta argument");
    Item item = cache.peek(key);
    cache.statistics().addHitOrMiss(item != null, hits, misses);
    return item == null ? "NOT_FOUND" : arithmetic.change(item, increments, delta);
  }

  private String delete(Command command) {
    boolean zero = command.size() > 2 && command.word(2).equals("0");
    boolean noreply = command.size() > 2 && command.isNoreply();
    boolean valid =
        switch (command.size()) {
          case 2 -> true;
          case 3 -> zero || noreply;
          default -> zero && noreply;
        };
    if (!valid) {
      throw new CommandError(DELETE_USAGE);
    }
    Item item = cache.peek(command.key());
    cache.statistics().addHitOrMiss(item != null, Counter.DELETE_HITS, Counter.DELETE_MISSES);
    if (item == null) {
      return "NOT_FOUND";
    }
    cache.unlink(item);
    return "DELETED";
  }

  private String touch(Command command) {
    String key = command.key();
    int exptime = Numbers.signed(command.word(2), CommandError.BAD_EXPTIME);
    Item item = cache.fetch(key);
    cache.statistics().add(Counter.CMD_TOUCH);
    cache.statistics().addHitOrMiss(item != null, Counter.TOUCH_HITS, Counter.TOUCH_MISSES);
    if (item == null) {
      return "NOT_FOUND";
    }
    item.expiry = cache.expiryFrom(exptime);
    return "TOUCHED";
  }
}
