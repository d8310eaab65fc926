package io.fairlead.backend;

import io.fairlead.protocol.LoginLine;
import io.fairlead.protocol.ReplyCode;
import io.fairlead.protocol.ReplyShape;
import io.fairlead.protocol.ValueLine;
import io.fairlead.protocol.Verb;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Takes the replies of one server connection apart and hands each to the request it answers.
 *
 * <p>A value is matched by position and by key; every other reply by position and by its shape.
 * Values are not looked at: small ones are handed over whole, a large one as it arrives when it is
 * its turn.
 */
final class ReplyReader {
  /** A line longer than this is no reply of a memcached. */
  private static final int LONGEST_LINE = 4096;

  /** Values from here on are relayed while they arrive. */
  private static final int RELAY_BYTES = 16 << 10;

  private static final int CR_LF = '\r' << 8 | '\n';

  private final ServerConnection connection;
  private final Availability availability;
  private final ServerAccounts accounts;
  private final RequestQueue queue;
  private final LoneGets loneGets;
  private final int largestValue;
  private final ValueLine valueLine = new ValueLine();

  /** Bytes of the value, with its line end, that are being relayed and have not arrived yet. */
  private int relaying;

  /** Replies that have been completed since they were taken. */
  private int replies;

  /** Keys that were found, and keys that were not, since they were taken. */
  private int found;

  private int missed;

  private ReplyCode relayCode = ReplyCode.VALUE;

  /** Bytes that the next reply needs before it can be handed over; 0 when that is not known. */
  private int wanted;

  ReplyReader(ServerConnection connection, Server server, RequestQueue queue, LoneGets loneGets) {
    this.connection = connection;
    this.availability = server.availability();
    this.accounts = server.accounts();
    this.queue = queue;
    this.loneGets = loneGets;
    this.largestValue = server.limits().valueBytes();
  }

  /** Reads replies from {@code in}, which is borrowed; returns the first index not consumed. */
  int read(ByteBuf in, int from, int to) {
    int at = from;
    while (at < to && !connection.isClosed()) {
      int next = relaying > 0 ? relay(in, at, to) : reply(in, at, to);
      if (next == at) {
        break;
      }
      at = next;
    }
    return at;
  }

  /** How many replies have been completed since the last call. */
  int takeReplies() {
    int taken = replies;
    replies = 0;
    return taken;
  }

  /** How many keys were found since the last call. */
  int takeFound() {
    int taken = found;
    found = 0;
    return taken;
  }

  /** How many keys were not found since the last call. */
  int takeMissed() {
    int taken = missed;
    missed = 0;
    return taken;
  }

  int wantedBytes() {
    return wanted;
  }

  /** Whether a large value has begun to arrive and is not complete. */
  boolean isInLargeValue() {
    return relaying > 0 || wanted >= RELAY_BYTES;
  }

  /** Whether part of the value for the oldest request has been passed on. */
  boolean isRelaying() {
    return relaying > 0;
  }

  private int reply(ByteBuf in, int from, int to) {
    Exchange exchange = queue.peek();
    if (exchange == null || !queue.expectsReply()) {
      return violated("a reply that nobody asked for", to);
    }
    int bodyFrom = valueFrom(exchange, in, from, to);
    if (bodyFrom >= 0 && valueLine.length() <= largestValue) {
      return body(queue.head(), exchange, ReplyCode.VALUE, in, from, bodyFrom, to);
    }
    int lineFeed = in.indexOf(from, Math.min(to, from + LONGEST_LINE), (byte) '\n');
    if (lineFeed < 0) {
      return to - from < LONGEST_LINE ? from : violated("a line without end", to);
    }
    int end = lineFeed - 1;
    if (end < from || in.getByte(end) != '\r') {
      return violated("a line that does not end in CR LF", to);
    }
    if (exchange.shape == ReplyShape.RETRIEVAL && ValueLine.isAt(in, from, end)) {
      return value(in, from, end, to);
    }
    ReplyCode code = ReplyCode.of(in, from, end);
    if (LoginLine.isWanted(code, in, from, end)) {
      connection.refused();
      return to;
    }
    if (code == null || code == ReplyCode.VALUE || !exchange.shape.allows(code)) {
      return violated("a reply to another kind of request", to);
    }
    if (exchange.shape.isMeta() && !exchange.echo().fits(exchange.shape, code, in, from, end)) {
      return violated("a key or an opaque of another request", to);
    }
    if (code == ReplyCode.VA) {
      return metaValue(in, from, end, to);
    }
    if (exchange.shape == ReplyShape.RETRIEVAL) {
      return endOfRetrieval(code, in, from, lineFeed + 1, to);
    }
    return line(exchange, code, in, from, lineFeed + 1);
  }

  /**
   * The commonest reply by far is a value of the oldest request: where it begins; -1 when this is
   * anything else, and wants a full look.
   */
  private int valueFrom(Exchange exchange, ByteBuf in, int from, int to) {
    if (exchange.shape != ReplyShape.RETRIEVAL || exchange.replied) {
      return -1;
    }
    return valueLine.readFor(
        exchange.key(),
        exchange.keyLength(),
        exchange.verb().returnsCas(),
        in,
        from,
        Math.min(to, from + LONGEST_LINE));
  }

  private int violated(String what, int to) {
    connection.violated(what);
    return to;
  }

  /** A reply of one line. */
  private int line(Exchange exchange, ReplyCode code, ByteBuf in, int from, int next) {
    replies++;
    availability.onAnswered();
    accounts.count(Accounts.of(exchange.shape, code));
    boolean unsafe = code == ReplyCode.ERROR && exchange.shape.isForValues();
    deliver(exchange, code, in, from, next - from, true);
    queue.finish();
    if (unsafe) {
      // The server does not know the command, and takes the value that followed for commands.
      connection.fail(Failure.LOST);
    }
    return next;
  }

  /** A value of a classic retrieval: it answers the first key in the run that is equal. */
  private int value(ByteBuf in, int from, int end, int to) {
    long match = match(in, from, end);
    if (match < 0) {
      return violated("a value for a key that was not asked for", to);
    }
    Exchange exchange = queue.get(match);
    Verb verb = exchange.verb();
    boolean good = valueLine.read(in, from, end, exchange.keyLength(), verb.returnsCas());
    if (!good || valueLine.length() > largestValue) {
      return violated("a value line that is malformed or too large", to);
    }
    return body(match, exchange, ReplyCode.VALUE, in, from, end + 2, to);
  }

  private int metaValue(ByteBuf in, int from, int end, int to) {
    if (!valueLine.readMeta(in, from, end) || valueLine.length() > largestValue) {
      return violated("a VA line that is malformed or too large", to);
    }
    return body(queue.head(), queue.get(queue.head()), ReplyCode.VA, in, from, end + 2, to);
  }

  /** Where in the present run the key of a value line is; -1 when it is nowhere. */
  private long match(ByteBuf in, int from, int end) {
    for (long at = queue.head(); at < queue.tail(); at++) {
      Exchange exchange = queue.get(at);
      if (!exchange.replied
          && ValueLine.isFor(exchange.key(), exchange.keyLength(), in, from, end)) {
        return at;
      }
      if (exchange.last) {
        return -1;
      }
    }
    return -1;
  }

  private int body(
      long match, Exchange exchange, ReplyCode code, ByteBuf in, int from, int bodyFrom, int to) {
    if (valueLine.length() >= RELAY_BYTES) {
      loneGets.onLargeValue(exchange, valueLine.length());
      if (connection.isClosed()) {
        return to;
      }
    }
    long next = (long) bodyFrom + valueLine.length() + 2;
    if (next <= to) {
      wanted = 0;
      int stop = (int) next;
      if (in.getShort(stop - 2) != (short) CR_LF) {
        return violated("a value that does not end in CR LF", to);
      }
      missUpTo(match);
      availability.onAnswered();
      deliver(exchange, code, in, from, stop - from, true);
      answered(exchange);
      return stop;
    }
    if (valueLine.length() >= RELAY_BYTES && relays(exchange)) {
      return startRelay(match, code, in, from, (int) next, to);
    }
    wanted = (int) next - from;
    return from;
  }

  private static boolean relays(Exchange exchange) {
    return exchange.twin == null && exchange.relays();
  }

  /** The keys before the one that was found were not found. */
  private void missUpTo(long match) {
    while (queue.head() < match) {
      missed += queue.get(queue.head()).answered ? 0 : 1;
      queue.get(queue.head()).miss();
      queue.finish();
    }
  }

  private int startRelay(long match, ReplyCode code, ByteBuf in, int from, int next, int to) {
    wanted = 0;
    missUpTo(match);
    availability.onAnswered();
    relaying = next - from;
    relayCode = code;
    return relay(in, from, to);
  }

  /** Passes on what has arrived; the line end of the value only when it is seen to be one. */
  private int relay(ByteBuf in, int from, int to) {
    Exchange exchange = queue.get(queue.head());
    int available = to - from;
    if (relaying > available) {
      int piece = Math.min(available, relaying - 2);
      if (piece > 0) {
        relaying -= piece;
        deliver(exchange, relayCode, in, from, piece, false);
      }
      return from + piece;
    }
    int stop = from + relaying;
    if (in.getShort(stop - 2) != (short) CR_LF) {
      return violated("a value that does not end in CR LF", to);
    }
    int length = relaying;
    relaying = 0;
    deliver(exchange, relayCode, in, from, length, true);
    answered(exchange);
    return stop;
  }

  /** The last key of a run stays queued until END. */
  private void answered(Exchange exchange) {
    found++;
    exchange.answered = true;
    exchange.replied = true;
    replies += exchange.shape == ReplyShape.RETRIEVAL ? 0 : 1; // END will follow
    if (connection.isClosed()) {
      return;
    }
    if (exchange.shape != ReplyShape.RETRIEVAL || !exchange.last) {
      queue.finish();
    }
  }

  /** END, or an error in its place. */
  private int endOfRetrieval(ReplyCode code, ByteBuf in, int from, int next, int to) {
    replies++;
    availability.onAnswered();
    boolean single = queue.get(queue.head()).last;
    while (!connection.isClosed()) {
      Exchange exchange = queue.get(queue.head());
      boolean last = exchange.last;
      if (!exchange.answered) {
        unanswered(exchange, code, single, in, from, next);
      }
      queue.finish();
      if (last) {
        return next;
      }
    }
    return to;
  }

  private void unanswered(
      Exchange exchange, ReplyCode code, boolean single, ByteBuf in, int from, int next) {
    if (code == ReplyCode.END) {
      missed++;
      exchange.miss();
    } else if (single || exchange.retried || !exchange.mayAllBeAskedAgain()) {
      accounts.count(Accounts.of(exchange.shape, code));
      deliver(exchange, code, in, from, next - from, true);
    } else {
      loneGets.askInsteadOf(exchange);
    }
  }

  private static void deliver(
      Exchange exchange, ReplyCode code, ByteBuf in, int from, int length, boolean complete) {
    @Nullable Exchange each = exchange;
    while (each != null) {
      Exchange next = each.twin;
      each.reply(code, in, from, length, complete);
      each = next;
    }
  }
}
