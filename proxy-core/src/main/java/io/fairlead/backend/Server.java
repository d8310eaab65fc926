package io.fairlead.backend;

import io.fairlead.config.LimitSettings;
import io.fairlead.config.PoolSettings;
import io.fairlead.config.ServerSettings;
import io.fairlead.health.ServerStatus;
import io.fairlead.health.ServerStatus.State;
import io.fairlead.loop.ProxyLoop;
import io.fairlead.metrics.Counter;
import io.fairlead.metrics.PoolStats;
import io.fairlead.metrics.ResultCounter;
import io.fairlead.metrics.ServerCounter;
import io.fairlead.metrics.ServerStats;
import io.fairlead.protocol.Command;
import io.fairlead.protocol.ReplyShape;
import io.fairlead.protocol.RequestWriter;
import io.fairlead.spool.LoopSpool;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One memcached server as one event loop sees it: its connections, and whether it gets requests.
 */
public final class Server implements ProxyLoop.Ticking {
  private static final Logger LOG = LoggerFactory.getLogger(Server.class);

  private final ProxyLoop loop;
  private final PoolSettings pool;
  private final ServerSettings settings;
  private final LimitSettings limits;
  private final Connector connector;
  private final ExchangePool exchanges;
  private final ServerStats stats;
  private final Runnable onHealthChange;
  private final Ejection ejection;
  private final Backoff backoff = new Backoff();
  private final long timeoutNanos;
  private final long idleNanos;
  private final UploadPool uploads;
  private final @Nullable ServerConnection[] lanes;

  /** Null when deletes are not spooled. */
  private final @Nullable SpooledDeletes spooled;

  private long connectAllowedAt;
  private Failure lastConnectFailure = Failure.CONNECT_FAILED;
  private boolean closed;

  /**
   * @param onHealthChange called on the loop when the server is ejected or comes back
   * @param spool where deletes go that it cannot be told of; null for nowhere
   */
  public Server(
      ProxyLoop loop,
      PoolSettings pool,
      ServerSettings settings,
      LimitSettings limits,
      Connector connector,
      ExchangePool exchanges,
      PoolStats poolStats,
      Runnable onHealthChange,
      @Nullable LoopSpool spool) {
    this.loop = loop;
    this.connectAllowedAt = loop.now();
    this.pool = pool;
    this.settings = settings;
    this.limits = limits;
    this.connector = connector;
    this.exchanges = exchanges;
    this.stats = poolStats.addServer(settings.name());
    this.onHealthChange = onHealthChange;
    this.ejection = new Ejection(loop, this, poolStats, this::onEjected, this::onReturned);
    this.timeoutNanos = pool.timeout().toNanos();
    Duration idle = pool.connection().idleTimeout();
    this.idleNanos = idle.isZero() ? ProxyLoop.NEVER : idle.toNanos();
    this.lanes = new ServerConnection[pool.connections()];
    this.uploads = new UploadPool(loop, this);
    this.spooled = spool == null ? null : new SpooledDeletes(loop, this, spool);
    loop.addTicking(this);
  }

  /** Opens the connections before the first request needs them. */
  public void connect() {
    for (int lane = 0; lane < lanes.length; lane++) {
      connection(lane);
    }
  }

  /**
   * Asks for the key of a retrieval.
   *
   * @param lane decides which connection is used; requests that must stay in order use the same one
   */
  public void get(Exchange exchange, int lane) {
    if (isCatchingUp()) {
      exchanges.fail(exchange, Failure.CATCHING_UP);
      return;
    }
    ServerConnection connection = connection(lane);
    if (connection == null) {
      exchanges.fail(exchange, counted(refuse()));
    } else if (connection.isFull()) {
      exchanges.fail(exchange, counted(Failure.OVERLOADED));
    } else {
      connection.get(exchange);
    }
  }

  /** Ends the multi-get that is being assembled for a lane, if one is. */
  public void endBatch(int lane) {
    ServerConnection connection = lanes[Math.floorMod(lane, lanes.length)];
    if (connection != null) {
      connection.endBatch();
    }
  }

  /**
   * Sends any other request, with its value if it has one.
   *
   * @param in borrowed, the buffer the command was parsed from
   */
  public void send(Command command, ByteBuf in, ReplySink sink, int slot, int lane) {
    SpooledDeletes spool = spooled;
    if (spool != null && SpooledDeletes.takes(command)) {
      sendAny(command, in, spool.guard(command, in, sink, slot), 0, lane);
    } else if (isCatchingUp()) {
      sink.onFailure(slot, Failure.CATCHING_UP);
    } else {
      sendAny(command, in, sink, slot, lane);
    }
  }

  private void sendAny(Command command, ByteBuf in, ReplySink sink, int slot, int lane) {
    ServerConnection connection = connection(lane);
    if (connection == null) {
      sink.onFailure(slot, counted(refuse()));
    } else if (connection.isFull()) {
      sink.onFailure(slot, counted(Failure.OVERLOADED));
    } else {
      connection.send(command, in, exchanges.take(sink, slot));
    }
  }

  /** Sends a request that has been written already; takes it. */
  public void sendOwned(ByteBuf request, ReplyShape shape, ReplySink sink, int slot, int lane) {
    SpooledDeletes spool = spooled;
    if (spool != null && shape == ReplyShape.DELETE) {
      sendAnyOwned(request, shape, spool.guard(request, sink, slot), 0, lane);
    } else if (isCatchingUp()) {
      request.release();
      sink.onFailure(slot, Failure.CATCHING_UP);
    } else {
      sendAnyOwned(request, shape, sink, slot, lane);
    }
  }

  private void sendAnyOwned(ByteBuf request, ReplyShape shape, ReplySink sink, int slot, int lane) {
    ServerConnection connection = connection(lane);
    if (connection == null || connection.isFull()) {
      request.release();
      sink.onFailure(slot, counted(connection == null ? refuse() : Failure.OVERLOADED));
    } else {
      connection.sendOwned(request, shape, exchanges.take(sink, slot));
    }
  }

  /** Removes the key of a store that was refused, which must not leave its old value behind. */
  public void invalidate(Command command, ByteBuf in, ReplySink sink, int lane) {
    ByteBuf request = loop.outputs().take();
    ReplyShape shape = ReplyShape.of(RequestWriter.invalidation(request, command, in));
    sendOwned(request, shape, sink, 0, lane);
  }

  /**
   * Begins a request whose value is sent piece by piece, on a connection of its own.
   *
   * @param onRoom called when there is room for more of the value after there was none
   * @return null when the server takes no requests, which the sink has been told
   */
  public @Nullable Upload upload(Command command, ByteBuf in, ReplySink sink, Runnable onRoom) {
    if (closed || !ejection.isUp()) {
      sink.onFailure(0, counted(refuse()));
      return null;
    }
    if (isCatchingUp()) {
      sink.onFailure(0, Failure.CATCHING_UP);
      return null;
    }
    Upload upload = uploads.take();
    upload.begin(command, in, sink, onRoom);
    return upload;
  }

  /** Whether it must be told of deletes before it may serve anything else. */
  boolean isCatchingUp() {
    return spooled != null && spooled.arePending();
  }

  private @Nullable ServerConnection connection(int lane) {
    int index = lanes.length == 1 ? 0 : Math.floorMod(lane, lanes.length);
    ServerConnection connection = lanes[index];
    return connection != null ? connection : open(index);
  }

  private @Nullable ServerConnection open(int lane) {
    if (closed || !ejection.isUp() || loop.now() - connectAllowedAt < 0) {
      return null;
    }
    ServerConnection connection = new ServerConnection(loop, this, lane, exchanges);
    lanes[lane] = connection;
    connect(connection);
    return connection.isClosed() ? null : connection;
  }

  private void connect(ServerConnection connection) {
    connector.connect(
        settings.address(),
        pool,
        connection,
        cause -> {
          LOG.debug("connecting failed: server={} cause={}", settings.name(), cause.toString());
          lastConnectFailure = Failure.ofConnecting(cause);
          onNotConnected(lastConnectFailure);
          connection.fail(lastConnectFailure);
        });
  }

  /** Why there is no connection for a request; that counts as a failure of the server. */
  private Failure refuse() {
    if (closed) {
      return Failure.STOPPING;
    }
    if (!ejection.isUp()) {
      return Failure.EJECTED;
    }
    onFailed();
    return lastConnectFailure;
  }

  private Failure counted(Failure why) {
    count(Accounts.of(why));
    return why;
  }

  /** Counts what became of a request. */
  void count(ResultCounter result) {
    stats.results().count(result);
    if (result.isError()) {
      loop.stats().failed().count(result);
    }
  }

  Connector connector() {
    return connector;
  }

  PoolSettings pool() {
    return pool;
  }

  ServerSettings settings() {
    return settings;
  }

  LimitSettings limits() {
    return limits;
  }

  long timeoutNanos() {
    return timeoutNanos;
  }

  /** How long a connection may be without a request; {@link ProxyLoop#NEVER} for ever. */
  long idleNanos() {
    return idleNanos;
  }

  ServerStats stats() {
    return stats;
  }

  void onConnected() {
    loop.stats().count(Counter.CONNECTS);
    stats.add(ServerCounter.SERVER_CONNECTIONS, 1);
    backoff.reset();
  }

  void onNotConnected(Failure why) {
    stats.count(
        why == Failure.CONNECT_TIMED_OUT
            ? ServerCounter.SERVER_TIMEDOUT
            : ServerCounter.SERVER_ERR);
  }

  /** Counts the end of a connection that was open. */
  void onDisconnected(boolean byItself, Failure why) {
    stats.add(ServerCounter.SERVER_CONNECTIONS, -1);
    if (byItself && why == Failure.LOST) {
      stats.count(ServerCounter.SERVER_EOF);
    } else if (why.isOfConnection() || why == Failure.INVALID_REPLY) {
      stats.count(ServerCounter.SERVER_ERR);
    }
  }

  /** A connection on which nothing was asked for a while is about to be closed: no failure. */
  void onIdle() {
    loop.stats().count(Counter.CONNECTIONS_IDLE);
  }

  void onAnswered() {
    ejection.answered();
    if (spooled != null) {
      spooled.onAnswer();
    }
  }

  void onViolation(String what) {
    LOG.warn(
        "closed a server connection: pool={} server={} reason=\"{}\"",
        pool.name(),
        settings.name(),
        what);
  }

  /** A connection is gone; called before the requests on it are failed or asked again. */
  void onEnded(ServerConnection connection, boolean opened, boolean hadWork, Failure why) {
    for (int lane = 0; lane < lanes.length; lane++) {
      if (lanes[lane] == connection) {
        lanes[lane] = null;
      }
    }
    if (closed || why.isOfTheProxy()) {
      return;
    }
    loop.stats().count(opened ? Counter.CONNECTIONS_LOST : Counter.CONNECT_FAILURES);
    if (!opened) {
      pauseConnecting();
    }
    if (!opened || hadWork) {
      onFailed();
    }
  }

  /** The next attempt comes by itself, so that no client's request has to be the one that tries. */
  private void pauseConnecting() {
    long pause = backoff.nextNanos();
    long until = loop.now() + pause;
    connectAllowedAt = until;
    loop.later(() -> connectAgain(until), pause);
  }

  /** The timer alone says that a pause is over: a turn's clock may have been read before that. */
  private void connectAgain(long pausedUntil) {
    if (!closed && ejection.isUp() && connectAllowedAt == pausedUntil) {
      connectAllowedAt = loop.now();
      connect();
    }
  }

  void onFailed() {
    ejection.failed();
  }

  private void onEjected() {
    onHealthChange.run();
    closeConnections(Failure.EJECTED);
  }

  /** It has answered a probe; false while it must not come back yet, and is to be asked again. */
  boolean mayReturn() {
    if (spooled != null) {
      spooled.onAnswer();
    }
    return !isCatchingUp();
  }

  private void onReturned() {
    backoff.reset();
    connectAllowedAt = loop.now();
    connect();
    onHealthChange.run();
  }

  @Override
  public long onTick(long now) {
    long next = uploads.expire(now);
    for (ServerConnection connection : lanes) {
      if (connection != null) {
        next = Math.min(next, connection.expire(now));
      }
    }
    return next;
  }

  public boolean isUp() {
    return ejection.isUp();
  }

  /** Whether a request waits for it. */
  public boolean isBusy() {
    for (ServerConnection connection : lanes) {
      if (connection != null && connection.inFlight() > 0) {
        return true;
      }
    }
    return uploads.isBusy();
  }

  public ServerStatus status() {
    int inFlight = 0;
    for (ServerConnection connection : lanes) {
      inFlight += connection == null ? 0 : connection.inFlight();
    }
    return new ServerStatus(
        pool.name(),
        settings.name(),
        settings.address().toString(),
        ejection.isUp() ? State.UP : State.EJECTED,
        ejection.failuresInARow(),
        inFlight);
  }

  /** Brings the counters that say what waits up to date. */
  public void countQueues() {
    QueueCount count = new QueueCount();
    for (ServerConnection connection : lanes) {
      if (connection != null) {
        connection.countQueues(count);
      }
    }
    uploads.countQueues(count);
    count.writeTo(stats);
  }

  /** Closes every connection; requests that wait are told that the proxy is stopping. */
  public void close() {
    closed = true;
    ejection.stop();
    if (spooled != null) {
      spooled.stop();
    }
    loop.removeTicking(this);
    closeConnections(Failure.STOPPING);
  }

  private void closeConnections(Failure why) {
    for (ServerConnection connection : lanes.clone()) {
      if (connection != null) {
        connection.fail(why);
      }
    }
    uploads.closeAll(why);
  }
}
