package io.fairlead.backend;

import io.fairlead.config.LimitSettings;
import io.fairlead.config.PoolSettings;
import io.fairlead.config.ServerSettings;
import io.fairlead.health.PoolHealth;
import io.fairlead.health.ServerStatus;
import io.fairlead.loop.Connection;
import io.fairlead.loop.ProxyLoop;
import io.fairlead.metrics.PoolStats;
import io.fairlead.metrics.ServerStats;
import io.fairlead.protocol.Command;
import io.fairlead.protocol.ReplyShape;
import io.fairlead.protocol.RequestWriter;
import io.fairlead.spool.LoopSpool;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One memcached server as one event loop sees it: its connections, and whether it gets requests.
 */
public final class Server {
  private final ProxyLoop loop;
  private final PoolSettings pool;
  private final ServerSettings settings;
  private final LimitSettings limits;
  private final Connector connector;
  private final ExchangePool exchanges;
  private final ServerAccounts accounts;
  private final Refusals refusals;
  private final Ejection ejection;
  private final Lanes lanes;
  private final long timeoutNanos;
  private final long idleNanos;
  private final UploadPool uploads;
  private final ServerConnections connections;
  private final Availability availability;
  private final ServerLog log;

  /** Null when deletes are not spooled. */
  private final @Nullable SpooledDeletes spooled;

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
    this.accounts =
        new ServerAccounts(loop, poolStats.addServer(settings.name()), poolStats.events());
    this.timeoutNanos = pool.timeout().toNanos();
    Duration idle = pool.connection().idleTimeout();
    this.idleNanos = idle.isZero() ? ProxyLoop.NEVER : idle.toNanos();
    this.uploads = new UploadPool(loop, this);
    this.log = new ServerLog(loop, pool.name(), settings.name());
    this.spooled = spool == null ? null : new SpooledDeletes(loop, this, spool);
    this.lanes = new Lanes(loop, this, exchanges);
    this.connections = new ServerConnections(loop, this, lanes, uploads);
    this.ejection = new Ejection(loop, this, poolStats, health, onHealthChange);
    this.availability = new Availability(ejection, spooled);
    this.refusals = new Refusals(accounts, availability, loop.outputs(), exchanges);
  }

  /** Begins to follow its health and the clock; on its loop. */
  public void start() {
    lanes.start();
    availability.start();
    loop.addTicking(connections);
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
    if (availability.isCatchingUp()) {
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
    } else if (availability.isCatchingUp()) {
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
    } else if (availability.isCatchingUp()) {
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
    return uploads.begin(command, in, sink, onRoom);
  }

  /** The writes of its event loop; null when nobody asks for them. */
  @Nullable WritesUnderWay writes() {
    return exchanges.writes();
  }

  Availability availability() {
    return availability;
  }

  /** What requests are sent on. */
  ServerConnections connections() {
    return connections;
  }

  /** Opens a connection to it. */
  void connect(Connection connection, Consumer<Throwable> onFailure) {
    connector.connect(settings, pool, connection, onFailure);
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

  ServerLog log() {
    return log;
  }

  /**
   * Replaces its connections one after the other, each when another one is open, so that no request
   * fails. Those that are closed or waited for anyway are left out.
   *
   * @return how many will be replaced
   */
  public int reconnect() {
    return availability.mayConnect() && !connections.isPaused() ? connections.replaceAll() : 0;
  }

  /** Closes its connections when what is in flight is answered; the next request opens others. */
  public void leaveConnections() {
    connections.leaveAll();
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
    return connections.areBusy();
  }

  public ServerStatus status() {
    return new ServerStatus(
        pool.name(),
        settings.name(),
        settings.address().toString(),
        connections.inFlight(),
        ejection.health().report());
  }

  /** Asks the memcached what it says of itself, which its counters will have then. */
  public void askStats() {
    if (!availability.isClosed()) {
      new StatsQuestion(loop, this).start();
    }
  }

  /** Brings the counters that say what waits up to date. */
  public void countQueues() {
    QueueCount count = new QueueCount();
    connections.countQueues(count);
    count.writeTo(accounts.stats());
  }

  /** Closes every connection; requests that wait are told that the proxy is stopping. */
  public void close() {
    availability.close();
    loop.removeTicking(connections);
    connections.closeAll(Failure.STOPPING);
  }
}
