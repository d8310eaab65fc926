package io.fairlead.backend;

import io.fairlead.loop.ProxyLoop;
import io.fairlead.metrics.ResultCounter;
import io.fairlead.metrics.ServerCounter;
import io.fairlead.protocol.Command;
import io.fairlead.protocol.LoginLine;
import io.fairlead.protocol.ReplyCode;
import io.fairlead.protocol.ReplyShape;
import io.fairlead.protocol.RequestWriter;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Carries one large value after another to a server, piece by piece, on a connection of its own: a
 * client that sends slowly must not block the connection that everyone shares.
 *
 * <pre>
 *   IDLE --begin--> VALUE --end--> REPLY --reply--> IDLE
 *                     |              |
 *                     +--------------+-- failure, early reply, abort --> closed
 * </pre>
 */
public final class Upload extends OutboundConnection {
  /** Bytes that may wait for the socket before the client is asked to pause. */
  private static final int ROOM_BYTES = 64 << 10;

  /** A line longer than this is no reply of a memcached. */
  private static final int LONGEST_REPLY = 4096;

  /** Who sees a value as it passes. */
  public interface Watcher {
    /** A piece of the value, which is borrowed. */
    void onValue(ByteBuf in, int from, int length);

    /** The value is complete. */
    void onEnd();

    /** The rest is not sent. */
    void onAbandoned();
  }

  private final Server server;
  private final UploadPool pool;
  private ReplyShape shape = ReplyShape.STORAGE;
  private @Nullable ReplySink sink;
  private @Nullable Runnable onRoom;

  /** Usually empty. */
  private final List<Watcher> watchers = new ArrayList<>(0);

  private boolean sendsValue;

  /** Nothing of the present request has been sent. */
  private boolean isNew;

  private boolean opened;

  /** Its address is not that of the server any more. */
  private boolean hasLeft;

  private int valueBytes;

  /** Where it writes, as far as that is of interest. */
  private int writtenPlace = WritesUnderWay.NOWHERE;

  private boolean waitsForRoom;
  private long deadline;
  private long idleSince;
  private Failure reason = Failure.LOST;

  Upload(ProxyLoop loop, Server server, UploadPool pool) {
    super(loop);
    this.server = server;
    this.pool = pool;
  }

  void begin(Command command, ByteBuf in, ReplySink toTell, Runnable room) {
    sink = toTell;
    onRoom = room;
    shape = ReplyShape.of(command.verb());
    sendsValue = true;
    waitsForRoom = false;
    valueBytes = command.valueLength();
    loop.requestBegan();
    WritesUnderWay writes = server.writes();
    if (writes != null) {
      writtenPlace = WritesUnderWay.place(command, in);
      writes.began(writtenPlace);
    }
    if (isClosed()) {
      onClosed(); // connecting failed at once
      return;
    }
    isNew = true;
    loop.stats().countSent(Accounts.of(command.verb()));
    RequestWriter.line(out(), command, in);
    mark();
  }

  /** Whether its outcome is still to come; when not, the rest of the value is not wanted. */
  public boolean isWanted() {
    return sink != null;
  }

  /** Lets someone see the value, before any of it has come. */
  public void watch(Watcher watcher) {
    watchers.add(watcher);
  }

  /** Sends a piece of the value, which is borrowed. */
  public void value(ByteBuf in, int from, int length) {
    for (int i = 0; i < watchers.size(); i++) {
      watchers.get(i).onValue(in, from, length);
    }
    append(in, from, length);
    mark();
  }

  /** Whether more of the value may come now; when not, the room's listener is called later. */
  public boolean hasRoom() {
    boolean room = unsentBytes() <= ROOM_BYTES;
    if (!room && !waitsForRoom) {
      waitsForRoom = true;
      startWaiting();
    }
    return room;
  }

  /** The value is complete and well ended. */
  public void end() {
    sendsValue = false;
    waitsForRoom = false;
    startWaiting();
    RequestWriter.endLine(out());
    mark();
    endWatching(true);
  }

  private void endWatching(boolean complete) {
    if (watchers.isEmpty()) {
      return;
    }
    List<Watcher> told = List.copyOf(watchers);
    watchers.clear();
    for (Watcher watcher : told) {
      if (complete) {
        watcher.onEnd();
      } else {
        watcher.onAbandoned();
      }
    }
  }

  private void startWaiting() {
    deadline = loop.now() + server.timeoutNanos();
    loop.watch(deadline);
  }

  /** The value never came to a good end: the server must not store what it has of it. */
  public void abort() {
    forget();
    close();
  }

  private @Nullable ReplySink forget() {
    ReplySink told = sink;
    if (told != null) {
      sink = null;
      onRoom = null;
      loop.requestEnded();
      endWrite();
      endWatching(false);
    }
    return told;
  }

  private void endWrite() {
    WritesUnderWay writes = server.writes();
    if (writes != null && writtenPlace != WritesUnderWay.NOWHERE) {
      writes.ended(writtenPlace);
      writtenPlace = WritesUnderWay.NOWHERE;
    }
  }

  @Override
  protected void onOpen() {
    opened = true;
    idleSince = loop.now();
    server.connections().onConnected();
    mark();
  }

  @Override
  protected void onWritable() {
    tellRoom();
  }

  @Override
  protected void afterFlush() {
    server.accounts().sent(isNew ? 1 : 0, newlyHandedBytes());
    isNew = false;
    tellRoom();
  }

  private void tellRoom() {
    if (waitsForRoom && unsentBytes() <= ROOM_BYTES) {
      waitsForRoom = false;
      if (onRoom != null) {
        onRoom.run();
      }
    }
  }

  @Override
  protected int consume(ByteBuf in, int from, int to) {
    int lineFeed = in.indexOf(from, to, (byte) '\n');
    if (lineFeed < 0 && to - from < LONGEST_REPLY) {
      return from;
    }
    int end = lineFeed - 1;
    ReplyCode code = end > from && in.getByte(end) == '\r' ? ReplyCode.of(in, from, end) : null;
    if (LoginLine.isWanted(code, in, from, end)) {
      server.log().onLoginRefused();
      fail(Failure.LOGIN_REFUSED);
      server.availability().onFailed(Failure.LOGIN_REFUSED);
      return to;
    }
    ReplySink told = forget();
    if (told == null || code == null || !shape.allows(code) || lineFeed + 1 != to) {
      server.log().onViolation("a reply that is not one to a stored value");
      close();
      if (told != null) {
        server.accounts().count(ResultCounter.REMOTE_ERROR);
        told.onFailure(0, Failure.INVALID_REPLY);
      }
      return to;
    }
    server.stats().count(ServerCounter.RESPONSES);
    server.stats().add(ServerCounter.RESPONSE_BYTES, to - from);
    boolean early = sendsValue || code == ReplyCode.ERROR;
    server.availability().onAnswered();
    if (!sendsValue) {
      server.accounts().answered(deadline - server.timeoutNanos());
    }
    server.accounts().count(Accounts.of(shape, code));
    told.onReply(0, code, in, from, to - from, true);
    if (early) {
      close(); // the server still waits for the rest of the value, or took it for commands
    } else {
      restIdle();
    }
    return to;
  }

  private void restIdle() {
    idleSince = loop.now();
    if (server.idleNanos() != ProxyLoop.NEVER) {
      loop.watch(idleSince + server.idleNanos());
    }
    pool.giveBack(this);
  }

  /** Returns the time until its deadline. */
  long expire(long now) {
    if (sink == null) {
      return untilIdle(now);
    }
    if (sendsValue && !waitsForRoom) {
      return ProxyLoop.NEVER;
    }
    if (deadline - now > 0) {
      return deadline - now;
    }
    server.stats().count(ServerCounter.SERVER_TIMEDOUT);
    fail(Failure.TIMEOUT);
    server.availability().onFailed(Failure.TIMEOUT);
    return ProxyLoop.NEVER;
  }

  private long untilIdle(long now) {
    long idle = server.idleNanos();
    if (idle == ProxyLoop.NEVER || !opened || isClosed()) {
      return ProxyLoop.NEVER;
    }
    long left = idleSince + idle - now;
    if (left <= 0) {
      server.accounts().idle();
      fail(Failure.STOPPING);
      return ProxyLoop.NEVER;
    }
    return left;
  }

  /** Bytes that wait to be sent. */
  long waitingBytes() {
    return unsentBytes();
  }

  /** Adds the request that is under way, if one is, by the length of its value. */
  void countQueues(QueueCount count) {
    if (sink != null) {
      count.add(valueBytes, !sendsValue);
    }
  }

  void fail(Failure why) {
    reason = why;
    close();
  }

  @Override
  protected void onBroken() {
    reason = Failure.RESET;
  }

  @Override
  public void leave() {
    hasLeft = true;
    pool.onLeft(this);
  }

  boolean hasLeft() {
    return hasLeft;
  }

  @Override
  protected void onClosed() {
    pool.remove(this);
    if (opened) {
      server.accounts().disconnected(endedByItself(), reason);
    }
    ReplySink told = forget();
    if (told != null) {
      server.accounts().count(Accounts.of(reason));
      told.onFailure(0, reason);
    }
  }
}
