package io.fairlead.testkit.cache;

/**
 * Commands that tune a real memcached. There is nothing to tune here: they get the answers that a
 * default installation gives, so that tools which send them go on.
 */
final class AdminCommands {
  private static final long MEBIBYTE = 1L << 20;
  private static final long LEAST_MEMORY = 8;

  private final Cache cache;

  AdminCommands(Cache cache) {
    this.cache = cache;
  }

  void execute(Command command, Session session) {
    String reply =
        switch (command.name()) {
          case "cache_memlimit" -> memoryLimit(command);
          case "lru_crawler" -> crawler(command);
          case "lru" -> lru(command);
          case "slabs" -> slabs(command);
          case "shutdown" -> "ERROR: shutdown not enabled";
          case "refresh_certs" -> "Error TLS not enabled";
          case "watch" ->
              session.hasPendingReplies()
                  ? "ERROR cannot pipeline other commands before watch"
                  : "ERROR";
          default -> "ERROR";
        };
    if (!reply.isEmpty()) {
      session.reply(reply);
    }
  }

  private String memoryLimit(Command command) {
    command.checkSize(2, 3);
    long mebibytes = Numbers.unsigned(command.word(1), "ERROR");
    if (mebibytes < LEAST_MEMORY) {
      return "MEMLIMIT_TOO_SMALL cannot set maxbytes to less than 8m";
    }
    cache.setMemoryLimit(mebibytes * MEBIBYTE);
    return command.isNoreply() ? "" : "OK";
  }

  private static String crawler(Command command) {
    return switch (argument(command)) {
      case "enable", "disable", "sleep", "tocrawl" -> "OK";
      case "crawl" -> "BADCLASS invalid class id";
      default -> "ERROR";
    };
  }

  private static String lru(Command command) {
    return switch (argument(command)) {
      case "tune", "temp_ttl" -> "OK";
      case "mode" ->
          command.lastWord().equals("flat") || command.lastWord().equals("segmented")
              ? "OK"
              : "ERROR";
      default -> "ERROR";
    };
  }

  private static String slabs(Command command) {
    if (argument(command).equals("automove") && command.size() == 3) {
      return "OK";
    }
    if (argument(command).equals("reassign") && command.size() == 4) {
      return command.word(2).equals(command.word(3))
          ? "SAME src and dst class are identical"
          : "NOSPARE source class has no spare pages";
    }
    return "ERROR";
  }

  private static String argument(Command command) {
    return command.size() > 1 ? command.word(1) : "";
  }
}
