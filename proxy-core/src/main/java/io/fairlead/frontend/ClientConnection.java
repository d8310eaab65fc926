package io.fairlead.frontend;

import io.fairlead.backend.Exchange;
import io.fairlead.backend.Failure;
import io.fairlead.loop.Connection;
import io.fairlead.loop.Fifo;
import io.fairlead.metrics.Counter;
import io.fairlead.metrics.LoopStats;
import io.fairlead.protocol.Command;
import io.fairlead.protocol.ErrorReply;
import io.fairlead.protocol.RequestParser;
import io.fairlead.protocol.Verb;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * One client: its requests are parsed as they arrive, sent on, and answered in their order.
 *
 * <pre>
 *            +--- a get with several keys --> KEYS ----+
 *   LINE ----+--- a value the proxy refuses -> SWALLOW +--> LINE
 *            +--- a large value -------------> VALUE --+
 *            +--- quit, a lost stream -------> CLOSING
 * </pre>
 */
public final class ClientConnection extends Connection {
  /*
   * What holds a client back: too many keys or requests in flight, replies it does not read, a loop
   * out of memory, a large value that its server does not take yet. Then the connection is suspended,
   * which stops parsing as well as reading; a multi-get may be suspended between two keys.
   *
   * How many keys may be in flight follows the size of the values this client gets, so that what is
   * asked for fits what may be buffered.
   */
  private enum State {
    LINE,
    KEYS,
    VALUE,
    SWALLOW,
    CLOSING
  }

  /** The first byte of memcached's binary protocol, which is not spoken here. */
  private static final byte BINARY_MAGIC = (byte) 0x80;

  private static final int CR_LF = '\r' << 8 | '\n';

  /** What a value is taken to be before one was seen: a new client starts with few in flight. */
  private static final int EXPECTED_VALUE_BYTES = 32 << 10;

  private static final int SMALLEST_VALUE_BYTES = 64;

  private final Clients clients;
  private final int lane;
  private final Fifo<ClientRequest> queue = new Fifo<>();

  private State state = State.LINE;
  private boolean anythingRead;
  private int searched;
  private int wanted;
  private @Nullable ClientRequest openGet;
  private Verb openVerb = Verb.GET;
  private int openExpiry;
  private long swallowLeft;
  private @Nullable ErrorReply afterSwallow;
  private @Nullable ValueUpload upload;
  private boolean waitsForQuiet;
  private boolean inputEnded;

  private int keysInFlight;
  private int expectedValueBytes = EXPECTED_VALUE_BYTES;
  private long heldBytes;
  private boolean watched;
  private long progress;
  private long progressAt;

  ClientConnection(Clients clients, int lane) {
    super(clients.loop);
    this.clients = clients;
    this.lane = lane;
  }

  @Override
  protected void onOpen() {
    clients.opened(this);
  }

  @Override
  protected int consume(ByteBuf in, int from, int to) {
    int at = from;
    while (at < to && !isSuspended() && !isClosed()) {
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

  @Override
  protected int wantedBytes() {
    return wanted;
  }

  @Override
  protected long otherBytes() {
    return heldBytes;
  }

  // ---- request lines

  private int line(ByteBuf in, int at, int to) {
    if (!mayTakeMore()) {
      holdBack();
      return at;
    }
    if (RequestParser.isSingleGet(in, at, to)) {
      int keyEnd = RequestParser.singleKeyEnd(in, at, to);
      if (keyEnd > 0) {
        singleGet(in, at + 4, keyEnd);
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
    return command.error() == null ? good(command, in, at, to) : bad(command);
  }

  private int incomplete(ByteBuf in, int at, int to) {
    searched = to - at;
    boolean binary = !anythingRead && in.getByte(at) == BINARY_MAGIC;
    if (binary || isTooLong(in, at, to, to)) {
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
    return length > lineLimit(in, at, to);
  }

  private int lineLimit(ByteBuf in, int at, int to) {
    int usual = clients.limits.lineBytes();
    return to - at > usual && RequestParser.mayBeLong(in, at, to)
        ? clients.limits.getLineBytes()
        : usual;
  }

  private void singleGet(ByteBuf in, int keyFrom, int keyEnd) {
    anythingRead = true;
    searched = 0;
    stats().count(Counter.CMD_GET);
    ClientRequest request = enqueue();
    request.beginRetrieval(Verb.GET, clients.errorsHideHits);
    ask(request, Verb.GET, 0, in, keyFrom, keyEnd - keyFrom);
    request.seal();
    clients.route.endOfGet(lane);
  }

  private void ask(
      ClientRequest request, Verb verb, int expiry, ByteBuf in, int keyFrom, int length) {
    Exchange exchange = clients.exchanges.take(request, request.addSlot());
    exchange.retrieves(verb, expiry, in, keyFrom, length);
    keysInFlight++;
    clients.route.get(exchange, lane);
  }

  private ClientRequest enqueue() {
    ClientRequest request = clients.take(this);
    queue.add(request);
    return request;
  }

  private int good(Command command, ByteBuf in, int at, int to) {
    Verb verb = command.verb();
    if (verb.hasValue()) {
      return store(command, in, at, to);
    }
    count(verb);
    switch (verb.form()) {
      case RETRIEVAL -> {
        beginGet(command);
        return command.argumentsFrom();
      }
      case LOCAL -> local(command, in);
      case FLUSH -> flush(command, in);
      default -> send(command, in);
    }
    return command.lineEnd();
  }

  private void count(Verb verb) {
    stats()
        .count(
            switch (verb.form()) {
              case RETRIEVAL -> Counter.CMD_GET;
              case STORAGE -> Counter.CMD_SET;
              case ARITHMETIC -> Counter.CMD_ARITHMETIC;
              case TOUCH -> Counter.CMD_TOUCH;
              case DELETE -> Counter.CMD_DELETE;
              case META -> Counter.CMD_META;
              default -> Counter.CMD_OTHER;
            });
  }

  private void send(Command command, ByteBuf in) {
    ClientRequest request = enqueue();
    request.beginSingle(command.verb(), command.isNoreply());
    clients.route.send(command, in, request, lane);
  }

  private void flush(Command command, ByteBuf in) {
    if (clients.flushAllowed) {
      send(command, in);
    } else if (!command.isNoreply()) {
      refuse(command.verb(), ErrorReply.FLUSH_NOT_ALLOWED);
    }
  }

  private void local(Command command, ByteBuf in) {
    switch (command.verb()) {
      case VERSION -> answer(Verb.VERSION, clients.version);
      case MN -> answer(Verb.MN, LocalReplies.META_NOOP);
      case VERBOSITY -> {
        if (!command.isNoreply()) {
          answer(Verb.VERBOSITY, LocalReplies.OK);
        }
      }
      case STATS -> answer(Verb.STATS, clients.stats.to(command, in));
      default -> end(ErrorReply.SILENT_CLOSE);
    }
  }

  private void answer(Verb verb, byte[] reply) {
    enqueue().beginLocal(verb, reply);
  }

  // ---- retrievals, key by key

  private void beginGet(Command command) {
    ClientRequest request = enqueue();
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
      } else if (!mayTakeMore()) {
        holdBack();
        return at;
      } else {
        int end = keyEnd(in, at);
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
    keysInFlight++;
    request.onFailure(request.addSlot(), Failure.TIMEOUT);
  }

  private static int keyEnd(ByteBuf in, int from) {
    int at = from;
    for (byte b = in.getByte(at); b > ' ' || b < 0; b = in.getByte(at)) {
      at++;
    }
    return at;
  }

  private void endGet() {
    ClientRequest request = openGet;
    openGet = null;
    state = State.LINE;
    if (request != null) {
      request.seal();
      clients.route.endOfGet(lane);
    }
  }

  // ---- stores

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
    count(command.verb());
    if (in.getShort(next - 2) != (short) CR_LF) {
      badDataChunk(command.verb(), command.isNoreply());
    } else {
      send(command, in);
    }
    return next;
  }

  private void badDataChunk(Verb verb, boolean noreply) {
    if (!noreply || verb.form() == Verb.Form.META) {
      refuse(verb, ErrorReply.BAD_DATA_CHUNK);
    }
  }

  /**
   * memcached removes the old value when it refuses a new one that was to replace it in any case.
   */
  private int tooLarge(Command command, ByteBuf in) {
    count(command.verb());
    byte mode = command.meta().mode();
    boolean replaces = command.verb() == Verb.SET;
    boolean metaReplaces = command.verb() == Verb.MS && (mode == 0 || mode == 'S');
    if (replaces || metaReplaces) {
      clients.route.invalidate(command, in, lane);
    }
    boolean silent = command.isNoreply() && command.verb() != Verb.MS;
    swallow(command, silent ? null : ErrorReply.TOO_LARGE);
    return command.lineEnd();
  }

  /** Everything before it must be over, and nothing after it is begun: it takes another way. */
  private int upload(Command command, ByteBuf in, int at) {
    if (!queue.isEmpty()) {
      waitsForQuiet = true;
      suspend();
      return at;
    }
    count(command.verb());
    ClientRequest request = enqueue();
    request.beginSingle(command.verb(), command.isNoreply());
    upload =
        ValueUpload.begin(
            clients.route.upload(command, in, request, this::resume), request, command);
    state = State.VALUE;
    return command.lineEnd();
  }

  private int value(ByteBuf in, int at, int to) {
    ValueUpload uploading = upload;
    assert uploading != null;
    if (!uploading.isWanted()) {
      swallowLeft = uploading.left();
      upload = null;
      state = State.SWALLOW;
      return swallowLeft == 0 ? at : swallow(at, to);
    }
    int next = uploading.take(in, at, to);
    if (uploading.left() == 0) {
      upload = null;
      state = State.LINE;
      if (!uploading.end(in, next)) {
        uploading.request().replaceBy(uploading.isSilent() ? null : ErrorReply.BAD_DATA_CHUNK);
      }
      waitsForQuiet = !queue.isEmpty();
      if (waitsForQuiet) {
        suspend();
      }
    } else if (!uploading.hasRoom()) {
      suspend();
    }
    return next;
  }

  // ---- requests that are refused

  private int bad(Command command) {
    ErrorReply error = command.error();
    assert error != null;
    stats().count(Counter.CMD_OTHER);
    if (command.closes()) {
      end(command.isNoreply() ? ErrorReply.SILENT_CLOSE : error);
    } else if (command.valueLength() >= 0) {
      swallow(command, command.isNoreply() ? null : error);
    } else if (!command.isNoreply()) {
      refuse(command.verb(), error);
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
        refuse(Verb.SET, error);
      }
    }
    return at + taken;
  }

  private void refuse(Verb verb, ErrorReply error) {
    stats().count(error.isServerError() ? Counter.SERVER_ERRORS : Counter.CLIENT_ERRORS);
    answer(verb, error.line());
  }

  /** Says what is to be said, answers what came before, and closes. */
  private void end(ErrorReply error) {
    state = State.CLOSING;
    if (error != ErrorReply.SILENT_CLOSE) {
      refuse(Verb.QUIT, error);
    }
    enqueue().beginQuit();
  }

  // ---- replies

  boolean isFirst(ClientRequest request) {
    return queue.peek() == request;
  }

  /** A request has its whole reply. */
  void onReady(ClientRequest request) {
    if (queue.peek() != request) {
      return;
    }
    boolean ends = false;
    for (ClientRequest first = request; first != null && first.isReady(); first = queue.peek()) {
      first.onFirst();
      first.finish();
      ends |= first.endsConnection();
      queue.remove();
      first.release();
      clients.give(first);
    }
    ClientRequest next = queue.peek();
    if (next != null) {
      next.onFirst();
    }
    mark();
    if (ends) {
      closeAfterFlush();
    } else if (isSuspended()) {
      resume();
    }
  }

  void write(ByteBuf in, int from, int length) {
    if (!isClosed()) {
      append(in, from, length);
    }
  }

  void write(byte[] line) {
    if (!isClosed()) {
      out().writeBytes(line);
    }
  }

  void serverError(Failure failure) {
    stats().count(Counter.SERVER_ERRORS);
    write(failure.line());
  }

  /** Part of a reply has been written whose rest will never come. */
  void abandon() {
    close();
  }

  ByteBuf takeBuffer() {
    return loop.outputs().take();
  }

  void giveBuffer(ByteBuf buffer) {
    loop.outputs().giveBack(buffer);
  }

  void onHeld(int bytes) {
    heldBytes += bytes;
  }

  /** Follows the size of this client's values: up at once, down slowly. */
  void onReplySize(int bytes) {
    expectedValueBytes =
        bytes > expectedValueBytes
            ? bytes
            : expectedValueBytes - ((expectedValueBytes - bytes) >> 3);
  }

  void onKeyEnded() {
    keysInFlight--;
    if (isSuspended()) {
      resume();
    }
  }

  boolean isOverBuffer() {
    return unsentBytes() + heldBytes > clients.limits.clientBufferBytes();
  }

  LoopStats stats() {
    return loop.stats();
  }

  // ---- holding back

  private int window() {
    int fitting =
        clients.limits.clientBufferBytes() / Math.max(expectedValueBytes, SMALLEST_VALUE_BYTES);
    return Math.max(1, Math.min(fitting, clients.limits.clientRequests()));
  }

  private boolean mayTakeMore() {
    return keysInFlight < window()
        && queue.size() <= clients.limits.clientRequests()
        && !loop.isOverMemoryLimit()
        && !isOverBuffer();
  }

  private void holdBack() {
    suspend();
    if (loop.isOverMemoryLimit()) {
      loop.resumeWithMemory(this);
    }
  }

  @Override
  protected boolean mayResume() {
    if (waitsForQuiet) {
      waitsForQuiet = !queue.isEmpty();
      return !waitsForQuiet;
    }
    ValueUpload uploading = upload;
    if (uploading != null) {
      return !uploading.isWanted() || uploading.hasRoom();
    }
    return keysInFlight <= window() / 2 && mayTakeMore();
  }

  @Override
  protected void onWritable() {
    resume();
  }

  @Override
  protected void afterFlush() {
    if (isSuspended()) {
      resume();
    }
    if (!watched && unsentBytes() > 0) {
      watched = true;
      progress = takenBytes();
      progressAt = System.nanoTime();
      clients.watch(this);
    }
  }

  /** Whether nothing waits to be read by the client any more. */
  boolean hasReadAll() {
    watched = unsentBytes() > 0;
    return !watched;
  }

  /** Whether the client has read nothing for a time. */
  boolean isStuck(long now, long timeout) {
    long taken = takenBytes();
    if (taken != progress) {
      progress = taken;
      progressAt = now;
    }
    return now - progressAt >= timeout;
  }

  // ---- the end

  @Override
  protected void onResumed() {
    if (inputEnded) {
      endInput();
    }
  }

  @Override
  protected void onInputEnd() {
    inputEnded = true;
    if (!isSuspended()) {
      endInput();
    }
  }

  /** What was asked for before the client stopped sending is still answered. */
  private void endInput() {
    if (state != State.CLOSING) {
      drain();
    }
  }

  /** Takes no further requests; closes when those in flight are answered. */
  void drain() {
    if (state == State.CLOSING) {
      return;
    }
    stopReceiving();
    end(ErrorReply.SILENT_CLOSE);
  }

  private void stopReceiving() {
    ValueUpload uploading = upload;
    upload = null;
    if (uploading != null) {
      uploading.abort();
    }
    endGet();
  }

  @Override
  protected void onClosed() {
    state = State.CLOSING;
    stopReceiving();
    clients.closed(this);
  }
}
