package io.fairlead.access;

import io.fairlead.config.AccessRule;
import io.fairlead.config.AccessRule.AccessCommand;
import io.fairlead.protocol.Command;
import io.fairlead.protocol.RequestParser;
import io.fairlead.protocol.Verb;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * What a client may do that may not do everything. Commands are bits, and a prefix is compared in
 * the buffer that the request came in: asking allocates nothing.
 */
public final class Permissions {
  /** An mg that touches, fills or renews what it finds; a bit that no verb has. */
  private static final long META_GET_WRITES = 1L << (Long.SIZE - 1);

  /** What touches no item and tells nothing. */
  private static final long ALWAYS = bits(Verb.MN, Verb.VERSION, Verb.VERBOSITY, Verb.QUIT);

  private static final long READ = bits(Verb.GET, Verb.GETS, Verb.MG, Verb.ME);

  private static final long WRITE =
      bits(
          Verb.SET,
          Verb.ADD,
          Verb.REPLACE,
          Verb.APPEND,
          Verb.PREPEND,
          Verb.CAS,
          Verb.INCR,
          Verb.DECR,
          Verb.TOUCH,
          Verb.DELETE,
          Verb.MS,
          Verb.MD,
          Verb.MA);

  /** What gives a value and changes its time to live, or the item, at once. */
  private static final long READ_AND_WRITE = bits(Verb.GAT, Verb.GATS) | META_GET_WRITES;

  private static final long USUAL = READ | WRITE | READ_AND_WRITE | bits(Verb.STATS);
  private static final long FLUSH = bits(Verb.FLUSH_ALL);

  /** Those of an identity for which there is no rule. */
  static final Permissions NONE = new Permissions(ALWAYS, new byte[0][]);

  private final long verbs;
  private final byte[][] prefixes;

  private Permissions(long verbs, byte[][] prefixes) {
    this.verbs = verbs;
    this.prefixes = prefixes;
  }

  static Permissions of(AccessRule rule) {
    long verbs = of(rule.commands());
    if (rule.readOnly()) {
      verbs &= READ | bits(Verb.STATS);
    }
    if (!rule.prefixes().isEmpty()) {
      verbs &= ~FLUSH; // which is for all keys
    }
    return new Permissions(
        verbs | ALWAYS,
        rule.prefixes().stream()
            .map(prefix -> prefix.getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new));
  }

  private static long of(Set<AccessCommand> commands) {
    if (commands.isEmpty()) {
      return USUAL;
    }
    long verbs = 0;
    for (AccessCommand command : commands) {
      verbs |= of(command);
    }
    boolean both = commands.contains(AccessCommand.READ) && commands.contains(AccessCommand.WRITE);
    return both ? verbs | READ_AND_WRITE : verbs;
  }

  private static long of(AccessCommand command) {
    return switch (command) {
      case READ -> READ;
      case WRITE -> WRITE;
      case ALL -> USUAL | FLUSH;
      case MG -> bits(Verb.MG) | META_GET_WRITES;
      default -> bits(Verb.valueOf(command.name()));
    };
  }

  private static long bits(Verb... verbs) {
    long bits = 0;
    for (Verb verb : verbs) {
      bits |= bit(verb);
    }
    return bits;
  }

  @SuppressWarnings("EnumOrdinal") // a bit in a set that lives as long as the enum is loaded
  private static long bit(Verb verb) {
    return 1L << verb.ordinal();
  }

  /** The same, but set is none of what is allowed. */
  public Permissions withoutSet() {
    return new Permissions(verbs & ~bit(Verb.SET), prefixes);
  }

  /** Whether a client may ask the proxy about itself. */
  public boolean allowStats() {
    return (verbs & bit(Verb.STATS)) != 0;
  }

  /**
   * Whether a request may go on, with all of its keys.
   *
   * @param in the buffer the command was parsed from, with the whole line in it
   */
  public boolean allow(Command command, ByteBuf in) {
    Verb verb = command.verb();
    long needed = bit(verb);
    if (verb == Verb.MG && command.meta().changesItem()) {
      needed |= META_GET_WRITES;
    }
    return (verbs & needed) == needed && (prefixes.length == 0 || allowKeys(command, in));
  }

  private boolean allowKeys(Command command, ByteBuf in) {
    return switch (command.verb().form()) {
      case LOCAL, FLUSH, REFUSED -> true;
      case RETRIEVAL -> allowEachKey(command, in);
      default -> allowKey(command, in);
    };
  }

  private boolean allowKey(Command command, ByteBuf in) {
    for (byte[] prefix : prefixes) {
      if (command.keyBeginsWith(prefix, in)) {
        return true;
      }
    }
    return false;
  }

  private boolean allowEachKey(Command command, ByteBuf in) {
    int end = command.argumentsTo();
    for (int at = command.argumentsFrom(); at < end; ) {
      if (in.getByte(at) == ' ') {
        at++;
        continue;
      }
      int keyEnd = RequestParser.keyEnd(in, at, end);
      if (!beginsAllowed(in, at, keyEnd - at)) {
        return false;
      }
      at = keyEnd;
    }
    return true;
  }

  private boolean beginsAllowed(ByteBuf in, int from, int length) {
    for (byte[] prefix : prefixes) {
      if (Command.beginsWith(prefix, in, from, length)) {
        return true;
      }
    }
    return false;
  }
}
