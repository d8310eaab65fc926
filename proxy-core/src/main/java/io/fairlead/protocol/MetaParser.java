package io.fairlead.protocol;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Parses the lines of the meta commands: a key, for ms a length, then flags. */
final class MetaParser {
  /**
   * Longer lines are not forwarded: a server closes on a line of more than 2048 bytes, and routes
   * may write a longer key and other times.
   */
  private static final int LONGEST_LINE = 1700;

  private final NumberReader number;

  MetaParser(NumberReader number) {
    this.number = number;
  }

  /** Parses a line whose verb ends at {@code wordEnd}. */
  void parse(ByteBuf in, int wordEnd, int end, Command command) {
    int keyFrom = Ascii.skipSpaces(in, wordEnd, end);
    int keyEnd = Ascii.tokenEnd(in, keyFrom, end);
    boolean stores = command.verb == Verb.MS;
    if (keyFrom == keyEnd) {
      command.error = command.verb == Verb.ME ? ErrorReply.BAD_LINE : ErrorReply.ERROR;
      command.closes = stores;
      return;
    }
    int flagsFrom = keyEnd;
    if (stores) {
      int lengthFrom = Ascii.skipSpaces(in, keyEnd, end);
      flagsFrom = Ascii.tokenEnd(in, lengthFrom, end);
      if (!number.valueLength(in, lengthFrom, flagsFrom)) {
        command.error = ErrorReply.BAD_LINE;
        command.closes = true;
        return;
      }
      command.valueLength = (int) number.value();
    }
    command.argumentsFrom = flagsFrom;
    command.argumentsTo = end;
    command.error = metaFields(in, keyFrom, keyEnd, stores, command);
    command.noreply = command.error == null && command.meta.has('q');
  }

  private static @Nullable ErrorReply metaFields(
      ByteBuf in, int keyFrom, int keyEnd, boolean stores, Command command) {
    boolean good =
        command.keyAt(in, keyFrom, keyEnd)
            && command.meta.read(in, command.argumentsFrom, command.argumentsTo)
            && command.argumentsTo - keyFrom <= LONGEST_LINE;
    if (!good) {
      return ErrorReply.BAD_LINE;
    }
    if (stores && command.meta.isTooManyForValue()) {
      return ErrorReply.TOO_MANY_FLAGS;
    }
    if (command.meta.has('b') && !command.decodeKey(in)) {
      return command.meta.isTooMany() ? ErrorReply.TOO_MANY_FLAGS : ErrorReply.BAD_KEY_CODING;
    }
    return null;
  }
}
