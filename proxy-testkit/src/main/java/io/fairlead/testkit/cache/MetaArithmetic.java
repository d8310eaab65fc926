package io.fairlead.testkit.cache;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** ma: increment and decrement, with a number to start from on a miss. */
final class MetaArithmetic {
  private final Cache cache;
  private final Arithmetic arithmetic;

  MetaArithmetic(Cache cache) {
    this.cache = cache;
    this.arithmetic = new Arithmetic(cache);
  }

  void execute(Command command, Session session) {
    MetaFlags flags = MetaCommands.parseFlags(cache, command);
    boolean increments = increments(flags.mode);
    Item item = cache.peek(flags.key);
    cache
        .statistics()
        .addHitOrMiss(
            item != null,
            increments ? Counter.INCR_HITS : Counter.DECR_HITS,
            increments ? Counter.INCR_MISSES : Counter.DECR_MISSES);
    if (item == null && flags.vivifies) {
      create(flags, session);
      return;
    }
    if (item == null) {
      session.reply(new MetaReply("NF").addEchoes(flags).toString());
      return;
    }
    Arithmetic.checkNotEmpty(item);
    if (flags.cas != 0 && flags.cas != item.cas) {
      session.reply(new MetaReply("EX").addEchoes(flags).toString());
      return;
    }
    String number = arithmetic.change(item, increments, flags.delta);
    answer(item, number, false, flags, session);
  }

  private void create(MetaFlags flags, Session session) {
    String number = Long.toUnsignedString(flags.initial);
    Item item = new Item(flags.key, 0, number.getBytes(ISO_8859_1), 0, false);
    cache.link(item);
    answer(item, number, true, flags, session);
  }

  private void answer(Item item, String number, boolean created, MetaFlags flags, Session session) {
    MetaReply reply = new MetaReply(flags.wantsValue ? "VA " + number.length() : "HD");
    for (String token : flags.tokens) {
      switch (token.charAt(0)) {
        case 'c' -> reply.add('c', item.cas);
        case 't' -> reply.addTtl(item.expiry, cache.now());
        case 'T' -> item.expiry = flags.expiry;
        case 'N' -> item.expiry = created ? flags.vivifyExpiry : item.expiry;
        default -> reply.addEcho(token, flags.key, flags.binaryKey);
      }
    }
    if (flags.quiet && !created) {
      return;
    }
    session.reply(reply.toString());
    if (flags.wantsValue) {
      session.reply(number);
    }
  }

  private static boolean increments(char mode) {
    return switch (mode) {
      case 0, 'I', '+' -> true;
      case 'D', '-' -> false;
      default -> throw new CommandError("CLIENT_ERROR invalid mode for ma M token");
    };
  }
}
