package io.fairlead.backend;

import io.fairlead.config.LimitSettings;
import io.fairlead.config.PoolSettings;
import io.fairlead.config.ServerSettings;
import io.fairlead.health.Hold;
import io.fairlead.health.PoolHealth;
import io.fairlead.health.ServerStatus;
import io.fairlead.loop.LogPause;
import io.fairlead.loop.ProxyLoop;
import io.fairlead.metrics.Counter;
import io.fairlead.metrics.PoolStats;
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
  private final ServerAccounts accounts;
  private final Refusals refusals;
  private final Runnable onHealthChange;
  private final Ejection ejection;
  private final Lanes lanes;
  private final long timeoutNanos;
  private final long idleNanos;
  private final UploadPool uploads;
  private final LeavingConnections leaving;
  private final RefusedLogins logins;
  private final LogPause violations = new LogPause(Duration.ofSeconds(10));

  /** Null when deletes are not spooled. */
  private final @Nullable SpooledDeletes spooled;

  private int mostRequests;
  private boolean closed;
  private boolean paused;

  /**
   * Makes one, on any thread; it is not to be used before it is started.
   *
   * @param health which it hears of until it is closed
   * @param onHealthChange called on the loop when the server stops or starts getting requests
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
      PoolHealth health,
      Runnable onHealthChange,
      @Nullable LoopSpool spool) {
    this.loop = loop;
    this.pool = pool;
    this.settings = settings;
    this.limits = limits;
    this.connector = connector;
    this.exchanges = exchanges;
    this.mostRequests = limits.serverRequests();
    this.accounts =
        new ServerAccounts(loop, poolStats.addServer(settings.name()), poolStats.events());
    this.refusals = new Refusals(this, loop.outputs(), exchanges);
    this.onHealthChange = onHealthChange;
    this.timeoutNanos = pool.timeout().toNanos();
    Duration idle = pool.connection().idleTimeout();
    this.idleNanos = idle.isZero() ? ProxyLoop.NEVER : idle.toNanos();
    this.uploads = new UploadPool(loop, this);
    this.logins = new RefusedLogins(loop, pool.name(), settings.name());
    this.leaving = new LeavingConnections(loop);
    this.spooled = spool == null ? null : new SpooledDeletes(loop, this, spool);
    this.lanes = new Lanes(loop, this, exchanges);
    this.ejection = new Ejection(loop, this, poolStats, health);
  }

  /** Begins to follow its health and the clock; on its loop. */
  public void start() {
    lanes.start();
    if (spooled != null) {
      spooled.start();
    }
    ejection.start();
    loop.addTicking(this);
  }

  /** Opens the connections before the first request needs them. */
  public void connect() {
    lanes.connect();
  }

  /**
   * Asks for the key of a retrieval.
   *
   * @param lane decides which connection is used; requests that must stay in order use the same one
   */
  public void get(Exchange exchange, int lane) {
    if (isCatchingUp()) {
      refusals.tellCatchingUp(exchange);
      return;
    }
    ServerConnection connection = lanes.connection(lane);
    if (connection == null) {
      refusals.tell(exchange);
    } else if (connection.isFull()) {
      exchanges.fail(exchange, accounts.failed(Failure.OVERLOADED));
    } else {
      connection.get(exchange);
    }
  }

  /** Ends the multi-get that is being assembled for a lane, if one is. */
  public void endBatch(int lane) {
    lanes.endBatch(lane);
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
      refusals.tellCatchingUp(ReplyShape.of(command.verb()), sink, slot);
    } else {
      sendAny(command, in, sink, slot, lane);
    }
  }

  private void sendAny(Command command, ByteBuf in, ReplySink sink, int slot, int lane) {
    ServerConnection connection = lanes.connection(lane);
    if (connection == null) {
      refusals.tell(ReplyShape.of(command.verb()), sink, slot);
    } else if (connection.isFull()) {
      sink.onFailure(slot, accounts.failed(Failure.OVERLOADED));
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
      refusals.tellCatchingUp(shape, sink, slot);
    } else {
      sendAnyOwned(request, shape, sink, slot, lane);
    }
  }

  private void sendAnyOwned(ByteBuf request, ReplyShape shape, ReplySink sink, int slot, int lane) {
    ServerConnection connection = lanes.connection(lane);
    if (connection == null) {
      request.release();
      refusals.tell(shape, sink, slot);
    } else if (connection.isFull()) {
      request.release();
      sink.onFailure(slot, accounts.failed(Failure.OVERLOADED));
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
    if (!mayConnect()) {
      sink.onFailure(0, accounts.failed(whyNot()));
      return null;
    }
    if (isCatchingUp()) {
      sink.onFailure(0, Failure.CATCHING_UP);
      return null;
    }
    if (uploads.isFull()) {
      sink.onFailure(0, accounts.failed(Failure.OVERLOADED));
      return null;
    }
    Upload upload = uploads.take();
    upload.begin(command, in, sink, onRoom);
    return upload;
  }

  /** The writes of its event loop; null when nobody asks for them. */
  @Nullable WritesUnderWay writes() {
    return exchanges.writes();
  }

  /** Whether it must be told of deletes before it may serve anything else. */
  boolean isCatchingUp() {
    return spooled != null && spooled.arePending();
  }

  /** Whether it gets requests, and so connections. */
  boolean mayConnect() {
    return !closed && ejection.serves();
  }

  /** Whether reads are told that there is no such item, because it gets no requests. */
  boolean readsMiss() {
    return !closed && !ejection.serves() && ejection.misses();
  }

  /** Why there is no connection for a request; that counts as a failure of the server. */
  Failure whyNot() {
    if (closed) {
      return Failure.STOPPING;
    }
    if (!ejection.serves()) {
      return Failure.EJECTED;
    }
    onFailed(lanes.lastFailure());
    return lanes.lastFailure();
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

  public ServerStats stats() {
    return accounts.stats();
  }

  ServerAccounts accounts() {
    return accounts;
  }

  void onConnected() {
    accounts.connected();
    lanes.onConnected();
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
    int others = violations.next();
    if (others != LogPause.QUIET) {
      LOG.atWarn()
          .addKeyValue("pool", pool.name())
          .addKeyValue("server", settings.name())
          .addKeyValue("reason", what)
          .addKeyValue("others_not_shown", others)
          .log("closed a server connection");
    }
  }

  /** The server does not accept what the proxy says about itself, or wants to be told it. */
  void onLoginRefused() {
    logins.onRefused();
  }

  /** A connection leads to an address that is not this server's any more. */
  void onLeft(ServerConnection connection) {
    if (lanes.remove(connection)) {
      leaving.add(connection);
      lanes.connect();
    }
  }

  /** A connection is gone; called before the requests on it are failed or asked again. */
  void onEnded(ServerConnection connection, boolean opened, boolean hadWork, Failure why) {
    lanes.remove(connection);
    boolean hasLeft = leaving.remove(connection) && !hadWork;
    if (closed || hasLeft || why.isOfTheProxy() || connection.isWaiting()) {
      return;
    }
    lanes.ended(opened);
    if (!opened || hadWork) {
      onFailed(why);
    }
  }

  void onFailed(Failure why) {
    ejection.failed(why);
  }

  /** It stops or starts getting requests. */
  void onHealthChange(boolean serves, Hold hold) {
    onHealthChange.run();
    if (serves) {
      if (!closed) {
        lanes.connectAtOnce();
      }
    } else if (hold == Hold.DRAINED) {
      leaveConnections();
    } else {
      closeConnections(Failure.EJECTED);
    }
  }

  /** An operator wants something else of it. */
  void onHold(Hold hold) {
    boolean before = paused;
    paused = hold == Hold.PAUSED;
    if (paused && !before) {
      leaveConnections();
    } else if (before && !paused && !closed) {
      lanes.connectWaiting();
      uploads.connectWaiting();
    }
  }

  /** Whether requests for it wait until an operator lets them go. */
  boolean isPaused() {
    return paused;
  }

  /** Nothing new is sent on the present connections: they close when all on them is answered. */
  private void leaveConnections() {
    lanes.takeAll().forEach(leaving::add);
    uploads.leaveAll();
  }

  /**
   * Replaces its connections one after the other, each when another one is open, so that no request
   * fails. Those that are closed or waited for anyway are left out.
   *
   * @return how many will be replaced
   */
  public int reconnect() {
    if (closed || paused || !mayConnect()) {
      return 0;
    }
    uploads.leaveAll();
    return lanes.replaceAll();
  }

  /** A connection can be used from now on. */
  void onOpened(ServerConnection connection) {
    lanes.onOpened(connection);
  }

  /** A connection is not one of those that requests take any more, and answers what it has. */
  void onTakenOut(ServerConnection connection) {
    leaving.add(connection);
  }

  /**
   * Requests that may be in flight on one connection, and large values that may be on their way.
   */
  int mostRequests() {
    return mostRequests;
  }

  void allowRequests(int most) {
    mostRequests = most;
  }

  /** It has answered a probe; false while it must not come back yet, and is to be asked again. */
  boolean mayReturn() {
    if (spooled != null) {
      spooled.onAnswer();
    }
    return !isCatchingUp();
  }

  @Override
  public long onTick(long now) {
    return Math.min(Math.min(uploads.expire(now), leaving.expire(now)), lanes.expire(now));
  }

  /** Whether it gets requests. */
  public boolean isUp() {
    return ejection.serves();
  }

  /** Whether its keys are its own; other servers have them while it is not. */
  public boolean isInRing() {
    return ejection.isInRing();
  }

  /** Whether a request waits for it. */
  public boolean isBusy() {
    return lanes.inFlight() > 0 || uploads.isBusy() || leaving.inFlight() > 0;
  }

  public ServerStatus status() {
    return new ServerStatus(
        pool.name(),
        settings.name(),
        settings.address().toString(),
        lanes.inFlight() + leaving.inFlight() + uploads.inFlight(),
        ejection.health().report());
  }

  /** Asks the memcached what it says of itself, which its counters will have then. */
  public void askStats() {
    if (!closed) {
      new StatsQuestion(loop, this).start();
    }
  }

  /** Brings the counters that say what waits up to date. */
  public void countQueues() {
    QueueCount count = new QueueCount();
    lanes.countQueues(count);
    uploads.countQueues(count);
    leaving.countQueues(count);
    count.writeTo(accounts.stats());
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
    lanes.closeAll(why);
    uploads.closeAll(why);
    leaving.closeAll(why);
  }
}
