package io.fairlead.testkit.cache;

/** Finds the one who executes a command. */
final class Commands {
  private final RetrievalCommands retrieval;
  private final StorageCommands storage;
  private final KeyCommands keys;
  private final MetaCommands meta;
  private final ServerCommands server;

  Commands(Cache cache, String version) {
    retrieval = new RetrievalCommands(cache);
    storage = new StorageCommands(cache);
    keys = new KeyCommands(cache);
    meta = new MetaCommands(cache);
    server = new ServerCommands(cache, version);
  }

  void execute(String line, Session session) {
    Command command = Command.parse(line);
    try {
      dispatch(command, session);
    } catch (CommandError e) {
      session.reply(e.reply());
    }
  }

  private void dispatch(Command command, Session session) {
    switch (command.name()) {
      case "get", "gets", "gat", "gats" -> retrieval.execute(command, session);
      case "set", "add", "replace", "append", "prepend", "cas" -> storage.execute(command, session);
      case "incr", "decr", "delete", "touch" -> keys.execute(command, session);
      case "mg", "ms", "md", "ma", "mn", "me" -> meta.execute(command, session);
      default -> server.execute(command, session);
    }
  }
}
