package io.fairlead.protocol;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Parses the lines of the classic commands other than retrievals, word by word. */
final class ClassicParser {
  private static final byte[] NOREPLY = "noreply".getBytes(US_ASCII);
  private static final byte[] ZERO = "0".getBytes(US_ASCII);

  private final Tokens tokens;
  private final NumberReader number;

  ClassicParser(Tokens tokens, NumberReader number) {
    this.tokens = tokens;
    this.number = number;
  }

  /** Parses a line whose words have been found and whose verb is known. */
  void parse(ByteBuf in, Command command) {
    switch (command.verb.form()) {
      case STORAGE -> storage(in, command);
      case ARITHMETIC -> arithmetic(in, command);
      case TOUCH -> touch(in, command);
      case DELETE -> delete(in, command);
      case FLUSH -> flush(in, command);
      default -> local(in, command);
    }
  }

  private void storage(ByteBuf in, Command command) {
    boolean cas = command.verb == Verb.CAS;
    int least = cas ? 6 : 5;
    int count = tokens.count();
    if (count < 5) {
      command.error = ErrorReply.ERROR;
      command.closes = true;
      return;
    }
    boolean fits = count == least || count == least + 1;
    command.noreply = count == least + 1 && tokens.lastIs(in, NOREPLY);
    if (!number.valueLength(in, tokens.from(4), tokens.to(4))) {
      command.error = fits ? ErrorReply.BAD_LINE : ErrorReply.ERROR;
      command.closes = true;
      return;
    }
    command.valueLength = (int) number.value();
    command.error = fits ? storageFields(in, cas, command) : ErrorReply.ERROR;
  }

  private @Nullable ErrorReply storageFields(ByteBuf in, boolean cas, Command command) {
    if (!key(in, command) || !number.unsigned(in, tokens.from(2), tokens.to(2))) {
      return ErrorReply.BAD_LINE;
    }
    command.flags = (int) number.value();
    if (!number.signed(in, tokens.from(3), tokens.to(3))) {
      return ErrorReply.BAD_LINE;
    }
    command.expiry = (int) number.value();
    if (cas) {
      if (!number.unsigned(in, tokens.from(5), tokens.to(5))) {
        return ErrorReply.BAD_LINE;
      }
      command.number = number.value();
    }
    return null;
  }

  private boolean key(ByteBuf in, Command command) {
    return command.keyAt(in, tokens.from(1), tokens.to(1));
  }

  private void arithmetic(ByteBuf in, Command command) {
    int count = tokens.count();
    if (count < 3 || count > 4) {
      command.error = ErrorReply.ERROR;
      return;
    }
    command.noreply = count == 4 && tokens.lastIs(in, NOREPLY);
    if (!key(in, command)) {
      command.error = ErrorReply.BAD_LINE;
    } else if (!number.unsigned(in, tokens.from(2), tokens.to(2))) {
      command.error = ErrorReply.BAD_DELTA;
    } else {
      command.number = number.value();
    }
  }

  private void touch(ByteBuf in, Command command) {
    int count = tokens.count();
    if (count < 3 || count > 4) {
      command.error = ErrorReply.ERROR;
      return;
    }
    command.noreply = count == 4 && tokens.lastIs(in, NOREPLY);
    if (!key(in, command)) {
      command.error = ErrorReply.BAD_LINE;
    } else if (!number.signed(in, tokens.from(2), tokens.to(2))) {
      command.error = ErrorReply.BAD_EXPIRY;
    } else {
      command.expiry = (int) number.value();
    }
  }

  private void delete(ByteBuf in, Command command) {
    int count = tokens.count();
    if (count < 2 || count > 4) {
      command.error = ErrorReply.ERROR;
      return;
    }
    command.noreply = count > 2 && tokens.lastIs(in, NOREPLY);
    boolean zero = count > 2 && tokens.is(in, 2, ZERO);
    boolean valid =
        count == 2 || (count == 3 && (zero || command.noreply)) || (zero && command.noreply);
    if (!valid) {
      command.error = ErrorReply.BAD_DELETE;
    } else if (!key(in, command)) {
      command.error = ErrorReply.BAD_LINE;
    }
  }

  private void flush(ByteBuf in, Command command) {
    int count = tokens.count();
    if (count > 3) {
      command.error = ErrorReply.ERROR;
      return;
    }
    command.noreply = tokens.lastIs(in, NOREPLY);
    command.expiry = 0;
    if (count > (command.noreply ? 2 : 1)) {
      command.hasNumber = true;
      if (number.signed(in, tokens.from(1), tokens.to(1))) {
        command.expiry = (int) number.value();
      } else {
        command.error = ErrorReply.BAD_EXPIRY;
      }
    }
  }

  private void local(ByteBuf in, Command command) {
    if (command.verb != Verb.VERBOSITY) {
      return;
    }
    command.noreply = tokens.lastIs(in, NOREPLY);
    if (tokens.count() < 2) {
      command.error = ErrorReply.ERROR;
    } else if (!number.unsigned(in, tokens.from(1), tokens.to(1))) {
      command.error = ErrorReply.BAD_LINE;
    }
  }
}
