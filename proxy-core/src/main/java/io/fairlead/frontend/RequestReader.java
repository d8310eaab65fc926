package io.fairlead.frontend;

import io.fairlead.backend.Exchange;
import io.fairlead.backend.Failure;
import io.fairlead.metrics.Counter;
import io.fairlead.protocol.Command;
import io.fairlead.protocol.ErrorReply;
import io.fairlead.protocol.RequestParser;
import io.fairlead.protocol.Verb;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Reads the requests of one client and sends them on.
 *
 * <pre>
 *            +--- a get with several keys --> KEYS ----+
 *   LINE ----+--- a value the proxy refuses -> SWALLOW +--> LINE
 *            +--- a large value -------------> VALUE --+
 *            +--- quit, a lost stream -------> CLOSING
 * </pre>
 */
final class RequestReader {
  private enum State {
    LINE,
    KEYS,
    VALUE,
    SWALLOW,
    CLOSING
  }

  /** The first byte of memcached's binary protocol, which is not spoken here. */
  private static final byte BINARY_MAGIC = (byte) 0x80;

  private static final int GET_WORD_AND_SPACE = 4;
  private static final int CR_LF = '\r' << 8 | '\n';

  private final ClientConnection client;
  private final Clients clients;

  private State state = State.LINE;
  private boolean anythingRead;

  /** Bytes at the beginning of the input in which there is no line end. */
  private int searched;

  /** Bytes that the next request needs; 0 when that is not known. */
  private int wanted;

  private @Nullable ClientRequest openGet;
  private Verb openVerb = Verb.GET;
  private int openExpiry;
  private long swallowLeft;
  private @Nullable ErrorReply afterSwallow;
  private @Nullable ValueUpload upload;

  RequestReader(ClientConnection client, Clients clients) {
    this.client = client;
    this.clients = clients;
  }

  /** Reads from {@code in}, which is borrowed, until more input or the client's turn is needed. */
  int read(ByteBuf in, int from, int to) {
    int at = from;
    while (at < to && !client.isHeldBack() && !client.isClosed()) {
      int next =
          switch (state) {
            case LINE -> line(in, at, to);
            case KEYS -> keys(in, at, to);
            case VALUE -> value(in, at, to);
            case SWALLOW -> swallow(at, to);
            case CLOSING -> to;
          };
      if (next == at) {
        break;
      }
      at = next;
    }
    return at;
  }

  int wantedBytes() {
    return wanted;
  }

  /** Whether a large value is on its way, and its server takes no more of it now. */
  boolean waitsForServer() {
    ValueUpload uploading = upload;
    return uploading != null && uploading.isWanted() && !uploading.hasRoom();
  }

  boolean isUploading() {
    return upload != null;
  }

  boolean isClosing() {
    return state == State.CLOSING;
  }

  private int line(ByteBuf in, int at, int to) {
    // A value that has begun to arrive has its memory already, and must not wait for others'.
    if (wanted == 0 && !client.mayTakeMore()) {
      client.holdBack();
      return at;
    }
    if (!anythingRead && in.getByte(at) == BINARY_MAGIC) {
      end(ErrorReply.SILENT_CLOSE);
      return to;
    }
    if (RequestParser.isSingleGet(in, at, to)) {
      int keyEnd = RequestParser.singleKeyEnd(in, at, to);
      if (keyEnd > 0) {
        singleGet(in, at + GET_WORD_AND_SPACE, keyEnd);
        return keyEnd + 2;
      }
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

  private void singleGet(ByteBuf in, int keyFrom, int keyEnd) {
    anythingRead = true;
    searched = 0;
    client.stats().count(Counter.CMD_GET);
    ClientRequest request = client.replies().add();
    request.beginRetrieval(Verb.GET, clients.errorsHideHits);
    ask(request, Verb.GET, 0, in, keyFrom, keyEnd - keyFrom);
    request.seal();
    client.endOfGet();
  }

  private void ask(
      ClientRequest request, Verb verb, int expiry, ByteBuf in, int keyFrom, int length) {
    Exchange exchange = clients.exchanges.take(request, request.addSlot());
    exchange.retrieves(verb, expiry, in, keyFrom, length);
    client.ask(exchange);
  }

  private int good(Command command, ByteBuf in, int at, int to) {
    if (command.verb().hasValue()) {
      return store(command, in, at, to);
    }
    clients.count(command.verb());
    switch (command.verb().form()) {
      case RETRIEVAL -> {
        beginGet(command);
        return command.argumentsFrom();
      }
      case LOCAL -> local(command, in);
      case FLUSH -> flush(command, in);
      default -> client.send(command, in);
    }
    return command.lineEnd();
  }

  private void flush(Command command, ByteBuf in) {
    if (clients.flushAllowed) {
      client.send(command, in);
    } else if (!command.isNoreply()) {
      refuse(ErrorReply.FLUSH_NOT_ALLOWED);
    }
  }

  private void local(Command command, ByteBuf in) {
    switch (command.verb()) {
      case VERSION -> answer(clients.version);
      case MN -> answer(LocalReplies.META_NOOP);
      case STATS -> answer(clients.stats.to(command, in));
      case VERBOSITY -> {
        if (!command.isNoreply()) {
          answer(LocalReplies.OK);
        }
      }
      default -> end(ErrorReply.SILENT_CLOSE);
    }
  }

  private void answer(byte[] reply) {
    client.replies().add().beginLocal(reply);
  }

  private void beginGet(Command command) {
    ClientRequest request = client.replies().add();
    request.beginRetrieval(command.verb(), clients.errorsHideHits);
    openGet = request;
    openVerb = command.verb();
    openExpiry = command.expiry();
    state = State.KEYS;
  }

  /** Asks for one key after the other up to the line's end; the line is known to be complete. */
  private int keys(ByteBuf in, int from, int to) {
    ClientRequest request = openGet;
    assert request != null;
    int at = from;
    while (at < to) {
      byte b = in.getByte(at);
      if (b == ' ' || b == '\r') {
        at++;
      } else if (b == '\n') {
        endGet();
        return at + 1;
      } else if (!client.mayTakeMore()) {
        client.holdBack();
        return at;
      } else {
        int end = RequestParser.keyEnd(in, at);
        if (request.hasTimedOut()) {
          giveUp(request);
        } else {
          ask(request, openVerb, openExpiry, in, at, end - at);
        }
        at = end;
      }
    }
    return at;
  }

  /** A key that had to wait for others of its request, until the time for all of them was over. */
  private void giveUp(ClientRequest request) {
    client.allowance().onAsked();
    request.onFailure(request.addSlot(), Failure.TIMEOUT);
  }

  private void endGet() {
    ClientRequest request = openGet;
    if (request != null) {
      openGet = null;
      state = State.LINE;
      request.seal();
      client.endOfGet();
    }
  }

  private int store(Command command, ByteBuf in, int at, int to) {
    int length = command.valueLength();
    if (length > clients.limits.valueBytes()) {
      return tooLarge(command, in);
    }
    if (length > ValueUpload.LEAST_BYTES && clients.route.uploads()) {
      return upload(command, in, at);
    }
    int next = command.lineEnd() + length + 2;
    if (next > to) {
      wanted = next - at;
      return at;
    }
    wanted = 0;
    clients.count(command.verb());
    if (in.getShort(next - 2) == (short) CR_LF) {
      client.send(command, in);
    } else if (!command.isSilent()) {
      refuse(ErrorReply.BAD_DATA_CHUNK);
    }
    return next;
  }

  /**
   * memcached removes the old value when it refuses a new one that was to replace it in any case.
   */
  private int tooLarge(Command command, ByteBuf in) {
    clients.count(command.verb());
    if (command.replacesAnyValue()) {
      client.invalidate(command, in);
    }
    swallow(command, command.isSilent() ? null : ErrorReply.TOO_LARGE);
    return command.lineEnd();
  }

  /** Everything before it must be over, and nothing after it is begun: it takes another way. */
  private int upload(Command command, ByteBuf in, int at) {
    if (!client.replies().isEmpty()) {
      client.holdBackUntilQuiet();
      return at;
    }
    clients.count(command.verb());
    ClientRequest request = client.replies().add();
    request.beginSingle(command.verb(), command.isNoreply());
    upload =
        new ValueUpload(
            clients.route.upload(command, in, request, client::resume), request, command);
    state = State.VALUE;
    return command.lineEnd();
  }

  private int value(ByteBuf in, int at, int to) {
    ValueUpload uploading = upload;
    assert uploading != null;
    if (!uploading.isWanted()) {
      upload = null;
      swallowLeft = uploading.left();
      state = State.SWALLOW;
      return swallow(at, to);
    }
    int next = uploading.take(in, at, to);
    if (uploading.left() == 0) {
      upload = null;
      state = State.LINE;
      uploading.end(in, next);
      if (!client.replies().isEmpty()) {
        client.holdBackUntilQuiet();
      }
    } else if (!uploading.hasRoom()) {
      client.holdBack();
    }
    return next;
  }

  private int bad(Command command, ErrorReply error) {
    client.stats().count(Counter.CMD_OTHER);
    if (command.closes()) {
      end(command.isNoreply() ? ErrorReply.SILENT_CLOSE : error);
    } else if (command.valueLength() >= 0) {
      swallow(command, command.isNoreply() ? null : error);
    } else if (!command.isNoreply()) {
      refuse(error);
    }
    return command.lineEnd();
  }

  private void swallow(Command command, @Nullable ErrorReply error) {
    swallowLeft = command.valueLength() + 2L;
    afterSwallow = error;
    state = State.SWALLOW;
  }

  private int swallow(int at, int to) {
    int taken = (int) Math.min(swallowLeft, to - at);
    swallowLeft -= taken;
    if (swallowLeft == 0) {
      state = State.LINE;
      ErrorReply error = afterSwallow;
      afterSwallow = null;
      if (error != null) {
        refuse(error);
      }
    }
    return at + taken;
  }

  private void refuse(ErrorReply error) {
    client.stats().count(error.isServerError() ? Counter.SERVER_ERRORS : Counter.CLIENT_ERRORS);
    answer(error.line());
  }

  /** Answers what came before, says what is to be said, and closes. */
  void end(ErrorReply error) {
    if (state == State.CLOSING) {
      return;
    }
    stop();
    if (error != ErrorReply.SILENT_CLOSE) {
      refuse(error);
    }
    client.replies().add().beginQuit();
  }

  /** Reads no further; what has begun and cannot be completed is given up. */
  void stop() {
    ValueUpload uploading = upload;
    upload = null;
    if (uploading != null) {
      uploading.abort();
    }
    endGet();
    state = State.CLOSING;
  }
}
