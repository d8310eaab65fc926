package io.fairlead.route.copy;

import io.fairlead.protocol.Ascii;
import io.fairlead.protocol.Command;
import io.fairlead.protocol.RequestWriter;
import io.fairlead.protocol.Verb;
import io.netty.buffer.ByteBuf;

/** What the line of a store says of its value, and the same line for another value. */
final class StoreLine {
  private static final long BAD = Long.MIN_VALUE;

  /** Longer numbers are left to the server to judge. */
  private static final int MOST_DIGITS = 10;

  private StoreLine() {}

  /** Whether flags and expiry are there to be read, or missing as they may be. */
  static boolean isReadable(Command command, ByteBuf in) {
    return command.verb() != Verb.MS
        || (number(command, in, 'F') != BAD && number(command, in, 'T') != BAD);
  }

  /** The client's flags, unsigned. */
  static long flags(Command command, ByteBuf in) {
    return command.verb() == Verb.MS
        ? number(command, in, 'F')
        : Integer.toUnsignedLong(command.flags());
  }

  static int expiry(Command command, ByteBuf in) {
    return command.verb() == Verb.MS
        ? command.changedExpiryOr((int) number(command, in, 'T'))
        : command.expiry();
  }

  /** The number behind that letter in a meta command; 0 when the letter is not there. */
  static long number(Command command, ByteBuf in, char letter) {
    int to = command.argumentsTo();
    for (int at = command.argumentsFrom(); at < to; at = next(in, at, to)) {
      if (in.getByte(at) == letter) {
        return number(in, at + 1, next(in, at, to));
      }
    }
    return 0;
  }

  private static long number(ByteBuf in, int from, int end) {
    boolean negative = from < end && in.getByte(from) == '-';
    int at = negative ? from + 1 : from;
    int to = end > at && in.getByte(end - 1) == ' ' ? end - 1 : end;
    if (at == to || to - at > MOST_DIGITS) {
      return BAD;
    }
    long number = 0;
    for (; at < to; at++) {
      int digit = in.getByte(at) - '0';
      if (digit < 0 || digit > 9) {
        return BAD;
      }
      number = number * 10 + digit;
    }
    return negative ? -number : number;
  }

  /** Where the token after the one at that place begins; one space is between them. */
  private static int next(ByteBuf in, int from, int to) {
    int space = in.indexOf(from, to, (byte) ' ');
    return space < 0 ? to : space + 1;
  }

  /** Writes the line again with other flags, another expiry and for a value of another length. */
  static void write(
      ByteBuf out, Command command, ByteBuf in, long flags, int expiry, int valueLength) {
    out.writeBytes(command.verb().word()).writeByte(' ');
    out.writeBytes(in, command.keyFrom(), command.keyLength()).writeByte(' ');
    if (command.verb() == Verb.MS) {
      meta(out, command, in, flags, expiry, valueLength);
    } else {
      Ascii.writeUnsigned(out, flags);
      out.writeByte(' ');
      Ascii.writeSigned(out, expiry);
      out.writeByte(' ');
      Ascii.writeUnsigned(out, valueLength);
      if (command.verb() == Verb.CAS) {
        out.writeByte(' ');
        Ascii.writeUnsigned(out, command.number());
      }
    }
    RequestWriter.endLine(out);
  }

  private static void meta(
      ByteBuf out, Command command, ByteBuf in, long flags, int expiry, int valueLength) {
    Ascii.writeUnsigned(out, valueLength);
    int to = command.argumentsTo();
    for (int at = command.argumentsFrom(); at < to; at = next(in, at, to)) {
      byte letter = in.getByte(at);
      if (letter != ' ' && letter != 'F' && letter != 'T') {
        int end = in.indexOf(at, to, (byte) ' ');
        out.writeByte(' ').writeBytes(in, at, (end < 0 ? to : end) - at);
      }
    }
    out.writeByte(' ').writeByte('F');
    Ascii.writeUnsigned(out, flags);
    if (expiry != 0) {
      out.writeByte(' ').writeByte('T');
      Ascii.writeSigned(out, expiry);
    }
  }
}
