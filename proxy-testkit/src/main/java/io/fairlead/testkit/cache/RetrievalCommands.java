package io.fairlead.testkit.cache;

import java.util.List;

/** get, gets, gat and gats. */
final class RetrievalCommands {
  private static final byte[] LINE_END = {'\r', '\n'};

  private final Cache cache;

  RetrievalCommands(Cache cache) {
    this.cache = cache;
  }

  void execute(Command command, Session session) {
    command.checkSize(2, Integer.MAX_VALUE);
    boolean touches = command.name().startsWith("gat");
    boolean withCas = command.name().endsWith("s");
    long expiry = 0;
    if (touches) {
      expiry = cache.expiryFrom(Numbers.signed(command.word(1), CommandError.BAD_EXPTIME));
    }
    List<String> keys = command.from(touches ? 2 : 1);
    keys.forEach(Command::checkedKey); // one bad key fails them all
    for (String key : keys) {
      Item item = cache.fetch(key);
      count(item != null, touches);
      if (item == null) {
        continue;
      }
      if (touches) {
        item.expiry = expiry;
      }
      sendValue(item, withCas, session);
    }
    session.reply("END");
  }

  private void count(boolean hit, boolean touches) {
    Statistics statistics = cache.statistics();
    statistics.add(Counter.CMD_GET);
    statistics.addHitOrMiss(hit, Counter.GET_HITS, Counter.GET_MISSES);
    if (touches) {
      statistics.add(Counter.CMD_TOUCH);
      statistics.addHitOrMiss(hit, Counter.TOUCH_HITS, Counter.TOUCH_MISSES);
    }
  }

  private static void sendValue(Item item, boolean withCas, Session session) {
    String cas = withCas ? " " + Long.toUnsignedString(item.cas) : "";
    String flags = Integer.toUnsignedString(item.flags);
    session.reply("VALUE " + item.key + " " + flags + " " + item.value.length + cas);
    session.replyBytes(item.value);
    session.replyBytes(LINE_END);
  }
}
