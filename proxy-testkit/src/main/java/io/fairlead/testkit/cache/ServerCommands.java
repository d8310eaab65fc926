package io.fairlead.testkit.cache;

/** Commands about the server and not about keys, and everything unknown. */
final class ServerCommands {
  private final Cache cache;
  private final String version;
  private final AdminCommands admin;

  ServerCommands(Cache cache, String version) {
    this.cache = cache;
    this.version = version;
    this.admin = new AdminCommands(cache);
  }

  void execute(Command command, Session session) {
    switch (command.name()) {
      case "version" -> session.reply("VERSION " + version);
      case "quit" -> session.closeAfterReplies();
      case "flush_all" -> flushAll(command, session);
      case "verbosity" -> verbosity(command, session);
      case "stats" -> stats(command, session);
      default -> {
        if (isHttp(command)) {
          session.closeAfterReplies();
          return;
        }
        admin.execute(command, session);
      }
    }
  }

  private void flushAll(Command command, Session session) {
    command.checkSize(1, 3);
    boolean quiet = command.isNoreply();
    String reply = "OK";
    try {
      int delay = 0;
      if (command.size() > (quiet ? 2 : 1)) {
        delay = Numbers.signed(command.word(1), CommandError.BAD_EXPTIME);
      }
      cache.statistics().add(Counter.CMD_FLUSH);
      cache.flush(delay);
    } catch (CommandError e) {
      reply = e.reply();
    }
    if (!quiet) {
      session.reply(reply);
    }
  }

  private static void verbosity(Command command, Session session) {
    command.checkSize(2, 3);
    boolean isNumber = Numbers.unsigned(command.word(1)).isPresent();
    if (!command.isNoreply()) {
      session.reply(isNumber ? "OK" : CommandError.BAD_FORMAT);
    }
  }

  private void stats(Command command, Session session) {
    switch (command.size() == 1 ? "" : command.word(1)) {
      case "" -> general(session);
      case "reset" -> {
        cache.statistics().reset();
        session.reply("RESET");
      }
      case "settings" -> settings(session);
      case "items", "slabs", "sizes", "conns", "extstore" -> session.reply("END");
      case "detail" -> session.reply("CLIENT_ERROR usage: stats detail on|off|dump");
      case "cachedump" -> session.reply("CLIENT_ERROR bad command line");
      default -> session.reply("ERROR");
    }
  }

  private void general(Session session) {
    Statistics statistics = cache.statistics();
    stat(session, "pid", ProcessHandle.current().pid());
    stat(session, "uptime", cache.uptime());
    stat(session, "time", cache.unixTime());
    session.reply("STAT version " + version);
    stat(session, "pointer_size", 64);
    stat(session, "curr_connections", statistics.currentConnections());
    stat(session, "total_connections", statistics.totalConnections());
    for (Counter counter : Counter.values()) {
      stat(session, counter.statName(), statistics.count(counter));
    }
    stat(session, "limit_maxbytes", cache.memoryLimit());
    stat(session, "threads", 1);
    stat(session, "bytes", cache.bytes());
    stat(session, "curr_items", cache.itemCount());
    session.reply("END");
  }

  private void settings(Session session) {
    stat(session, "maxbytes", cache.memoryLimit());
    session.reply("STAT evictions on");
    session.reply("STAT cas_enabled yes");
    session.reply("STAT flush_enabled yes");
    stat(session, "item_size_max", 1 << 20);
    session.reply("END");
  }

  private static void stat(Session session, String name, long value) {
    session.reply("STAT " + name + " " + value);
  }

  /**
   * memcached hangs up on browsers, which somebody may have lured into sending commands. It looks
   * only at unknown commands, and not at those with the first letter of one of these.
   */
  private static boolean isHttp(Command command) {
    String name = command.name();
    return name.length() >= 2
        && "gsacidt".indexOf(name.charAt(0)) < 0
        && command.lastWord().startsWith("HTTP/");
  }
}
