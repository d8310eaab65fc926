package io.fairlead.testkit.cache;

import org.jspecify.annotations.Nullable;

/** mg: read, touch, create on miss, and hand out the right to recache. */
final class MetaGet {
  private static final byte[] LINE_END = {'\r', '\n'};

  private final Cache cache;

  MetaGet(Cache cache) {
    this.cache = cache;
  }

  void execute(Command command, Session session) {
    MetaFlags flags = MetaFlags.parse(cache, command.key(), command.from(2));
    Item item = cache.peek(flags.key);
    count(item, flags);
    if (item == null && flags.vivifies) {
      Item created = new Item(flags.key, 0, new byte[0], 0, false);
      cache.link(created);
      answerHit(created, true, flags, session);
      return;
    }
    if (item != null) {
      answerHit(item, false, flags, session);
      return;
    }
    MetaReply miss = new MetaReply("EN").addEchoes(flags);
    if (!flags.quiet) {
      session.reply(miss.toString());
    }
  }

  private void count(@Nullable Item item, MetaFlags flags) {
    Statistics statistics = cache.statistics();
    statistics.add(Counter.CMD_GET);
    statistics.addHitOrMiss(item != null, Counter.GET_HITS, Counter.GET_MISSES);
    if (flags.hasTtl) {
      statistics.add(Counter.CMD_TOUCH);
    }
  }

  private void answerHit(Item item, boolean created, MetaFlags flags, Session session) {
    if (!flags.bumpsLate && !flags.keepsPlace) {
      cache.bump(item);
    }
    MetaReply reply = new MetaReply(flags.wantsValue ? "VA " + item.value.length : "HD");
    boolean won = false;
    for (String token : flags.tokens) {
      won |= apply(token.charAt(0), item, created, flags);
      addFlag(token, item, reply);
    }
    if (item.tokenSent) {
      reply.add('Z');
    }
    if (item.stale) {
      reply.add('X');
      won |= !item.tokenSent;
    }
    if (won) {
      reply.add('W');
      item.tokenSent = true;
    }
    if (flags.bumpsLate && !flags.keepsPlace) {
      cache.bump(item);
    }
    session.reply(reply.toString());
    if (flags.wantsValue) {
      session.replyBytes(item.value);
      session.replyBytes(LINE_END);
    }
  }

  /** Does what the flag asks for; answers whether this client is the one to recache. */
  private static boolean apply(char letter, Item item, boolean created, MetaFlags flags) {
    switch (letter) {
      case 'T' -> item.expiry = flags.expiry;
      case 'N' -> {
        if (created) {
          item.expiry = flags.vivifyExpiry;
        }
        return created;
      }
      case 'R' -> {
        boolean isDue = item.expiry != 0 && item.expiry < flags.recacheBefore;
        return isDue && !created && !item.tokenSent;
      }
      default -> {
        // no effect on the item
      }
    }
    return false;
  }

  private void addFlag(String token, Item item, MetaReply reply) {
    switch (token.charAt(0)) {
      case 's' -> reply.add('s', item.value.length);
      case 't' -> reply.addTtl(item.expiry, cache.now());
      case 'c' -> reply.add('c', item.cas);
      case 'f' -> reply.add('f', Integer.toUnsignedLong(item.flags));
      case 'l' -> reply.add('l', cache.now() - item.accessed);
      case 'h' -> reply.add('h', item.fetched ? 1 : 0);
      default -> reply.addEcho(token, item.key, item.binaryKey);
    }
  }
}
