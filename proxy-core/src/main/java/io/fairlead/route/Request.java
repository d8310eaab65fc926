package io.fairlead.route;

import io.fairlead.backend.Exchange;
import io.fairlead.backend.ReplySink;
import io.fairlead.protocol.Ascii;
import io.fairlead.protocol.Command;
import io.fairlead.protocol.Operation;
import io.fairlead.protocol.RequestWriter;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * A request that a route keeps, to send it more than once, later or in another form; either one key
 * of a retrieval, or a line with the value that may follow it.
 *
 * <p>Reused: {@link #release} gives it back.
 */
public final class Request {
  private final RouteContext context;
  private final Command command = new Command();

  /** That of a command; a retrieval has its own. */
  private final byte[] key = new byte[Ascii.MAX_KEY_BYTES];

  private Operation operation = Operation.GET;
  private int keyLength;
  private @Nullable Exchange exchange;
  private @Nullable ByteBuf bytes;
  private int keptBytes;
  @Nullable Request nextFree;

  Request(RouteContext context) {
    this.context = context;
  }

  /** Makes this the retrieval of one key; takes the exchange. */
  Request retrieval(Exchange taken) {
    exchange = taken;
    operation = Operation.of(taken.verb());
    keyLength = taken.keyLength();
    return this;
  }

  /** Makes this a copy of a command that is no retrieval, and of its value. */
  Request copy(Command original, ByteBuf in) {
    ByteBuf copy = context.buffer(original.valueLength());
    RequestWriter.line(copy, original, in);
    if (original.valueLength() >= 0) {
      copy.writeBytes(in, original.lineEnd(), original.valueLength() + 2);
    }
    return written(copy);
  }

  /** Makes this the command in a buffer, with its value; takes the buffer. */
  Request written(ByteBuf request) {
    bytes = request;
    int from = request.readerIndex();
    int lineFeed = request.indexOf(from, request.writerIndex(), (byte) '\n');
    context.parser().parse(request, from, lineFeed, command);
    if (command.error() != null) {
      throw new IllegalStateException("a route wrote a bad request");
    }
    operation = Operation.of(command);
    keyLength = command.copyKey(request, key);
    keptBytes = request.readableBytes();
    context.kept(keptBytes);
    return this;
  }

  public Operation operation() {
    return operation;
  }

  public boolean isRetrieval() {
    return exchange != null;
  }

  /** The retrieval that this is; its verb, expiry and key. */
  public Exchange exchange() {
    Exchange present = exchange;
    if (present == null) {
      throw new IllegalStateException("not a retrieval");
    }
    return present;
  }

  /** The line that this is, when it is no retrieval. */
  public Command command() {
    return command;
  }

  /** The buffer that has the line and the value, when this is no retrieval. */
  public ByteBuf bytes() {
    ByteBuf present = bytes;
    if (present == null) {
      throw new IllegalStateException("a retrieval");
    }
    return present;
  }

  /**
   * The bytes of the key, decoded if it is written in base64; {@link #keyLength} count. Not to be
   * changed by the caller.
   */
  public byte[] key() {
    Exchange retrieval = exchange;
    return retrieval == null ? key : retrieval.key();
  }

  public int keyLength() {
    return keyLength;
  }

  /** Sends it, or once more. */
  public void sendTo(Route route, ReplySink sink, int slot, int lane) {
    Exchange retrieval = exchange;
    if (retrieval == null) {
      route.send(command, bytes(), sink, slot, lane);
      return;
    }
    Exchange attempt = context.exchanges().take(sink, slot);
    attempt.retrievesLike(retrieval);
    route.get(attempt, lane);
  }

  /** It is not needed any more. */
  public void release() {
    Exchange retrieval = exchange;
    if (retrieval != null) {
      exchange = null;
      context.exchanges().give(retrieval);
    }
    ByteBuf written = bytes;
    if (written != null) {
      bytes = null;
      context.kept(-keptBytes);
      context.loop().outputs().giveBack(written);
    }
    context.give(this);
  }
}
