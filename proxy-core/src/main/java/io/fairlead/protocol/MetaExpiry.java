package io.fairlead.protocol;

import io.netty.buffer.ByteBuf;
import java.util.function.IntUnaryOperator;

/**
 * The expiry times among the flags of a meta command: {@code T} that of the item, {@code N} that of
 * an item that is made because there is none.
 *
 * <p>A store without {@code T} never expires, which is a time as well. The {@code N} of {@code mg}
 * is none: what it makes is no value but a place that its client is to fill. A flag that is there
 * twice or is no number is left to the server, which refuses it.
 */
final class MetaExpiry {
  private enum State {
    NONE,
    PRESENT,
    UNREADABLE
  }

  private final NumberReader number = new NumberReader();
  private int ttl;
  private State ttlState = State.NONE;
  private int ttlOfNew;
  private State ttlOfNewState = State.NONE;

  void copies(MetaExpiry other) {
    ttl = other.ttl;
    ttlState = other.ttlState;
    ttlOfNew = other.ttlOfNew;
    ttlOfNewState = other.ttlOfNewState;
  }

  /** Reads the times of a command. */
  void read(Command command, ByteBuf in) {
    ttlState = State.NONE;
    ttlOfNewState = State.NONE;
    boolean stores = command.verb == Verb.MS;
    boolean changes = stores || command.verb == Verb.MA;
    if (changes || command.verb == Verb.MG) {
      readFlags(in, command.argumentsFrom, command.argumentsTo, changes);
    }
    if (stores && ttlState == State.NONE && expiresAnew(command)) {
      ttl = 0;
      ttlState = State.PRESENT;
    }
  }

  /** Whether a store without a time makes an item that never expires. */
  private static boolean expiresAnew(Command command) {
    return switch (command.meta.mode()) {
      case 'A', 'a', 'P', 'p' -> false;
      default -> command.meta.hasRoomForOne();
    };
  }

  private void readFlags(ByteBuf in, int from, int to, boolean mayMake) {
    int at = Ascii.skipSpaces(in, from, to);
    while (at < to) {
      int end = Ascii.tokenEnd(in, at, to);
      byte letter = in.getByte(at);
      if (letter == 'T') {
        ttlState = state(ttlState, in, at + 1, end);
        ttl = (int) number.value();
      } else if (letter == 'N' && mayMake) {
        ttlOfNewState = state(ttlOfNewState, in, at + 1, end);
        ttlOfNew = (int) number.value();
      }
      at = Ascii.skipSpaces(in, end, to);
    }
  }

  private State state(State before, ByteBuf in, int from, int to) {
    boolean good = number.signed(in, from, to) && number.value() == (int) number.value();
    return good && before == State.NONE ? State.PRESENT : State.UNREADABLE;
  }

  void change(IntUnaryOperator change) {
    if (ttlState == State.PRESENT) {
      ttl = change.applyAsInt(ttl);
    }
    if (ttlOfNewState == State.PRESENT) {
      ttlOfNew = change.applyAsInt(ttlOfNew);
    }
  }

  int ttlOr(int otherwise) {
    return ttlState == State.PRESENT ? ttl : otherwise;
  }

  /** The flags that {@link #write} writes anew. */
  long letters() {
    return (ttlState == State.PRESENT ? MetaFlags.letter('T') : 0)
        | (ttlOfNewState == State.PRESENT ? MetaFlags.letter('N') : 0);
  }

  void write(ByteBuf out) {
    if (ttlState == State.PRESENT) {
      write(out, 'T', ttl);
    }
    if (ttlOfNewState == State.PRESENT) {
      write(out, 'N', ttlOfNew);
    }
  }

  private static void write(ByteBuf out, char letter, int time) {
    out.writeByte(' ').writeByte(letter);
    Ascii.writeSigned(out, time);
  }
}
