package io.fairlead.frontend;

import io.fairlead.access.Permissions;
import io.fairlead.frontend.stats.StatsReply;
import io.fairlead.metrics.Counter;
import io.fairlead.metrics.ListenerCounter;
import io.fairlead.protocol.Command;
import io.fairlead.protocol.ErrorReply;
import io.fairlead.protocol.RequestParser;
import io.fairlead.protocol.Verb;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Reads the requests of one client and sends them on: lines here, the keys of a get by a {@link
 * KeyReader}, values by a {@link ValueReader}.
 */
final class RequestReader {
  private static final int GET_WORD_AND_SPACE = 4;

  private final ClientConnection client;
  private final Clients clients;
  private final Standing standing;
  private final KeyReader keys;
  private final ValueReader values;
  private final @Nullable Introspection introspection;

  private boolean closing;
  private long linesRead;

  /** Nothing is read after the request that is being read. */
  private boolean isLast;

  /** Bytes at the beginning of the input in which there is no line end. */
  private int searched;

  /**
   * @param introspection what the client may ask the proxy about itself; null for nothing
   */
  RequestReader(ClientConnection client, Clients clients, @Nullable Introspection introspection) {
    this.introspection = introspection;
    this.client = client;
    this.clients = clients;
    this.standing = client.standing();
    this.keys = new KeyReader(client, introspection);
    this.values = new ValueReader(client, clients, this);
  }

  /** Reads from {@code in}, which is borrowed, until more input or the client's turn is needed. */
  int read(ByteBuf in, int from, int to) {
    int at = from;
    while (at < to && !client.isSuspended() && !client.isClosed()) {
      int next = values.isInValue() ? values.read(in, at, to) : step(in, at, to);
      if (next == at) {
        break;
      }
      at = next;
      if (isLast && !isWithinRequest()) {
        end(ErrorReply.SILENT_CLOSE);
      } else if (!client.takes() && at < to) {
        client.holdback().untilClear();
      }
    }
    return at;
  }

  private boolean isWithinRequest() {
    return keys.isOpen() || values.isInValue();
  }

  private int step(ByteBuf in, int at, int to) {
    if (closing) {
      return to;
    }
    if (keys.isOpen()) {
      return keys.read(in, at, to);
    }
    int next = line(in, at, to);
    if (next > at && !keys.isOpen()) { // else its keys count
      client.holdback().took();
    }
    return next;
  }

  /** Whether no request has begun, and others are expected. */
  boolean isAtRest() {
    return !closing && !isLast && !keys.isOpen() && !values.isExpected();
  }

  /** What has come is no beginning, as there was something before. */
  void goOnFor(RequestReader before) {
    linesRead = before.linesRead;
  }

  /** Lines that have been looked at as a whole, some of them more than once. */
  long linesRead() {
    return linesRead;
  }

  KeyReader keys() {
    return keys;
  }

  ValueReader values() {
    return values;
  }

  private int line(ByteBuf in, int at, int to) {
    // A value that has begun to arrive has its memory already, and must not wait for others'.
    if (values.wantedBytes() == 0 && !client.holdback().mayTakeMore()) {
      client.holdback().untilClear();
      return at;
    }
    if (standing.permissions() == null && RequestParser.isSingleGet(in, at, to)) {
      int keyEnd = RequestParser.singleKeyEnd(in, at, to);
      if (keyEnd > 0) {
        if (!client.pass().admits()) {
          client.holdback().untilClear();
          return at;
        }
        linesRead++;
        searched = 0;
        keys.readOne(in, at + GET_WORD_AND_SPACE, keyEnd);
        return keyEnd + 2;
      }
    }
    if (cutsOff(in, at, to)) {
      return to;
    }
    int lineFeed = in.indexOf(at + searched, to, (byte) '\n');
    if (lineFeed < 0) {
      return incomplete(in, at, to);
    }
    searched = 0;
    if (LineLimit.isExceeded(clients, in, at, lineFeed, to)) {
      endInvalid(ErrorReply.SILENT_CLOSE);
      return to;
    }
    linesRead++;
    Command command = clients.command;
    clients.parser.parse(in, at, lineFeed, command);
    ErrorReply error = command.error();
    return error == null ? good(command, in, at, to) : bad(command, error);
  }

  private int incomplete(ByteBuf in, int at, int to) {
    searched = to - at;
    if (LineLimit.isExceeded(clients, in, at, to, to)) {
      endInvalid(ErrorReply.SILENT_CLOSE);
      return to;
    }
    return at;
  }

  private int good(Command command, ByteBuf in, int at, int to) {
    Permissions permissions = standing.permissions();
    if (permissions != null && !permissions.allow(command, in)) {
      return standing.logsIn(command) ? at : denied(command);
    }
    if (!client.holdback().mayTake(command)
        || (isOneForServers(command) && !client.pass().admits())) {
      client.holdback().untilClear();
      return at;
    }
    if (command.verb().hasValue()) {
      return values.store(command, in, at, to);
    }
    clients.count(command.verb());
    switch (command.verb().form()) {
      case RETRIEVAL -> {
        return retrieval(command);
      }
      case LOCAL -> local(command, in);
      case FLUSH -> flush(command, in);
      default -> client.forwarding().send(command, in);
    }
    return command.lineEnd();
  }

  private int retrieval(Command command) {
    if (command.keys() > clients.limits.mostKeysPerGet()) {
      client.stats().count(Counter.LIMIT_KEYS_PER_GET);
      client.replies().refuse(ErrorReply.TOO_MANY_KEYS);
      return command.lineEnd();
    }
    keys.begin(command);
    return command.argumentsFrom();
  }

  /** The keys of a retrieval are looked at one by one. */
  private static boolean isOneForServers(Command command) {
    Verb.Form form = command.verb().form();
    return form != Verb.Form.RETRIEVAL && form != Verb.Form.LOCAL;
  }

  private void flush(Command command, ByteBuf in) {
    if (clients.flushAllowed || standing.permissions() != null) {
      client.forwarding().send(command, in);
    } else if (!command.isNoreply()) {
      client.replies().refuse(ErrorReply.FLUSH_NOT_ALLOWED);
    }
  }

  private void local(Command command, ByteBuf in) {
    switch (command.verb()) {
      case VERSION -> client.replies().answer(clients.version);
      case MN -> client.replies().answer(LocalReplies.META_NOOP);
      case STATS -> stats(command, in);
      case VERBOSITY -> {
        if (!command.isNoreply()) {
          client.replies().answer(LocalReplies.OK);
        }
      }
      default -> {
        client.ending().onInputEnd();
        end(ErrorReply.SILENT_CLOSE);
      }
    }
  }

  private void stats(Command command, ByteBuf in) {
    byte[] reply =
        introspection == null
            ? clients.statsReply.to(StatsReply.arguments(command, in), client.loop().now())
            : introspection.stats(StatsReply.arguments(command, in));
    ErrorReply error = ErrorReply.withLine(reply);
    if (error == null) {
      client.replies().answer(reply);
    } else if (!closesFor(error)) {
      client.replies().refuse(error);
    }
  }

  /** The value of a store that is not allowed is swallowed, so that the next request is found. */
  private int denied(Command command) {
    client.stats().count(Counter.CMD_OTHER);
    client.stats().count(Counter.ACCESS_DENIED);
    ErrorReply error = command.isSilent() ? null : ErrorReply.ACCESS_DENIED;
    if (command.valueLength() >= 0) {
      values.swallow(command, error);
    } else if (error != null) {
      client.replies().refuse(error);
    }
    return command.lineEnd();
  }

  /** Whether what comes is none of memcached's, so that its sender has been cut off. */
  boolean cutsOff(ByteBuf in, int at, int to) {
    Foreign foreign = Foreign.at(in, at, to, linesRead == 0);
    if (foreign == null) {
      return false;
    }
    cutOff(foreign);
    return true;
  }

  private void cutOff(Foreign foreign) {
    foreign.seen(client);
    endInvalid(ErrorReply.SILENT_CLOSE);
  }

  private int bad(Command command, ErrorReply error) {
    if (error == ErrorReply.SILENT_CLOSE) {
      cutOff(Foreign.HTTP);
      return command.lineEnd();
    }
    client.stats().count(Counter.CMD_OTHER);
    if (command.hasLongKey()) {
      client.stats().count(Counter.LIMIT_KEY);
    }
    if (closesFor(error)) {
      return command.lineEnd();
    }
    if (command.closes()) {
      endInvalid(command.isNoreply() ? ErrorReply.SILENT_CLOSE : error);
    } else if (command.valueLength() >= 0) {
      values.swallow(command, command.isNoreply() ? null : error);
    } else if (!command.isNoreply()) {
      client.replies().refuse(error);
    }
    return command.lineEnd();
  }

  /** Whether an error is not answered but ends the connection, which it then has done. */
  boolean closesFor(ErrorReply error) {
    boolean closes = clients.parseErrorsClose && error.isParseError();
    if (closes) {
      client.stats().count(Counter.CLIENTS_INVALID);
      endInvalid(ErrorReply.SILENT_CLOSE);
    }
    return closes;
  }

  /** The same because of what the client has sent. */
  private void endInvalid(ErrorReply error) {
    client.ending().isFor(ListenerCounter.CLOSED_INVALID);
    end(error);
  }

  /** Answers what came before, says what is to be said, and closes. */
  void end(ErrorReply error) {
    if (closing) {
      return;
    }
    stop();
    if (error != ErrorReply.SILENT_CLOSE) {
      client.replies().refuse(error);
    }
    client.replies().add().beginQuit();
  }

  /**
   * Ends when the present request is complete.
   *
   * @param hasBegun whether a part of it has arrived that could not be read yet
   */
  void endAfterPresent(boolean hasBegun) {
    isLast = true;
    if (!hasBegun && !isWithinRequest()) {
      end(ErrorReply.SILENT_CLOSE);
    }
  }

  /** Whether nothing is read any more. */
  boolean isClosing() {
    return closing;
  }

  /** Reads no further; what has begun and cannot be completed is given up. */
  void stop() {
    values.stop();
    keys.end();
    closing = true;
  }
}
