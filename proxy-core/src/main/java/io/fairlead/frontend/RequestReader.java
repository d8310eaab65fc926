package io.fairlead.frontend;

import io.fairlead.metrics.Counter;
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
  private final KeyReader keys;
  private final ValueReader values;
  private final @Nullable Introspection introspection;

  private boolean closing;
  private boolean anythingRead;

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
    this.keys = new KeyReader(client, introspection);
    this.values = new ValueReader(client, clients, this);
  }

  /** Reads from {@code in}, which is borrowed, until more input or the client's turn is needed. */
  int read(ByteBuf in, int from, int to) {
    int at = from;
    while (at < to && !client.isHeldBack() && !client.isClosed()) {
      int next = values.isInValue() ? values.read(in, at, to) : step(in, at, to);
      if (next == at) {
        break;
      }
      at = next;
      if (isLast && !isWithinRequest()) {
        end(ErrorReply.SILENT_CLOSE);
      } else if (!client.takes() && at < to) {
        client.holdBack();
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
    return keys.isOpen() ? keys.read(in, at, to) : line(in, at, to);
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
      client.holdBack();
      return at;
    }
    if (RequestParser.isSingleGet(in, at, to)) {
      int keyEnd = RequestParser.singleKeyEnd(in, at, to);
      if (keyEnd > 0) {
        if (!client.pass().admits()) {
          client.holdBack();
          return at;
        }
        anythingRead = true;
        searched = 0;
        keys.readOne(in, at + GET_WORD_AND_SPACE, keyEnd);
        return keyEnd + 2;
      }
    }
    Foreign foreign = Foreign.at(in, at, to, !anythingRead);
    if (foreign != null) {
      cutOff(foreign);
      return to;
    }
    int lineFeed = in.indexOf(at + searched, to, (byte) '\n');
    if (lineFeed < 0) {
      return incomplete(in, at, to);
    }
    searched = 0;
    if (isTooLong(in, at, lineFeed, to)) {
      end(ErrorReply.SILENT_CLOSE);
      return to;
    }
    anythingRead = true;
    Command command = clients.command;
    clients.parser.parse(in, at, lineFeed, command);
    ErrorReply error = command.error();
    return error == null ? good(command, in, at, to) : bad(command, error);
  }

  private int incomplete(ByteBuf in, int at, int to) {
    searched = to - at;
    if (isTooLong(in, at, to, to)) {
      end(ErrorReply.SILENT_CLOSE);
      return to;
    }
    return at;
  }

  /**
   * A carriage return at the end does not count, so that the verdict does not depend on packets.
   */
  private boolean isTooLong(ByteBuf in, int at, int end, int to) {
    int length = end > at && in.getByte(end - 1) == '\r' ? end - at - 1 : end - at;
    if (length <= clients.limits.lineBytes()) {
      return false;
    }
    return !RequestParser.mayBeLong(in, at, to) || length > clients.limits.getLineBytes();
  }

  private int good(Command command, ByteBuf in, int at, int to) {
    if (!client.holdback().mayTake(command)
        || (isOneForServers(command) && !client.pass().admits())) {
      client.holdBack();
      return at;
    }
    if (command.verb().hasValue()) {
      return values.store(command, in, at, to);
    }
    clients.count(command.verb());
    switch (command.verb().form()) {
      case RETRIEVAL -> {
        keys.begin(command);
        return command.argumentsFrom();
      }
      case LOCAL -> local(command, in);
      case FLUSH -> flush(command, in);
      default -> client.forwarding().send(command, in);
    }
    return command.lineEnd();
  }

  /** The keys of a retrieval are looked at one by one. */
  private static boolean isOneForServers(Command command) {
    Verb.Form form = command.verb().form();
    return form != Verb.Form.RETRIEVAL && form != Verb.Form.LOCAL;
  }

  private void flush(Command command, ByteBuf in) {
    if (clients.flushAllowed) {
      client.forwarding().send(command, in);
    } else if (!command.isNoreply()) {
      client.refuse(ErrorReply.FLUSH_NOT_ALLOWED);
    }
  }

  private void local(Command command, ByteBuf in) {
    switch (command.verb()) {
      case VERSION -> client.answer(clients.version);
      case MN -> client.answer(LocalReplies.META_NOOP);
      case STATS -> stats(command, in);
      case VERBOSITY -> {
        if (!command.isNoreply()) {
          client.answer(LocalReplies.OK);
        }
      }
      default -> {
        client.onQuit();
        end(ErrorReply.SILENT_CLOSE);
      }
    }
  }

  private void stats(Command command, ByteBuf in) {
    byte[] reply =
        introspection == null
            ? clients.stats.to(command, in)
            : introspection.stats(StatsReply.arguments(command, in));
    ErrorReply error = ErrorReply.withLine(reply);
    if (error == null) {
      client.answer(reply);
    } else if (!closesFor(error)) {
      client.refuse(error);
    }
  }

  private void cutOff(Foreign foreign) {
    foreign.seen(client);
    end(ErrorReply.SILENT_CLOSE);
  }

  private int bad(Command command, ErrorReply error) {
    if (error == ErrorReply.SILENT_CLOSE) {
      cutOff(Foreign.HTTP);
      return command.lineEnd();
    }
    client.stats().count(Counter.CMD_OTHER);
    if (closesFor(error)) {
      return command.lineEnd();
    }
    if (command.closes()) {
      end(command.isNoreply() ? ErrorReply.SILENT_CLOSE : error);
    } else if (command.valueLength() >= 0) {
      values.swallow(command, command.isNoreply() ? null : error);
    } else if (!command.isNoreply()) {
      client.refuse(error);
    }
    return command.lineEnd();
  }

  /** Whether an error is not answered but ends the connection, which it then has done. */
  boolean closesFor(ErrorReply error) {
    boolean closes = clients.parseErrorsClose && error.isParseError();
    if (closes) {
      client.stats().count(Counter.CLIENTS_INVALID);
      end(ErrorReply.SILENT_CLOSE);
    }
    return closes;
  }

  /** Answers what came before, says what is to be said, and closes. */
  void end(ErrorReply error) {
    if (closing) {
      return;
    }
    stop();
    if (error != ErrorReply.SILENT_CLOSE) {
      client.refuse(error);
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

  /** Reads no further; what has begun and cannot be completed is given up. */
  void stop() {
    values.stop();
    keys.end();
    closing = true;
  }
}
