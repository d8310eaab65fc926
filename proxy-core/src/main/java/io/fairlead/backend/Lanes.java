package io.fairlead.backend;

import io.fairlead.loop.ProxyLoop;
import io.fairlead.metrics.Counter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections of an event loop to a server, which all its clients share: opened when one is
 * needed, with growing pauses after failures.
 */
final class Lanes {
  private static final Logger LOG = LoggerFactory.getLogger(Lanes.class);

  private final ProxyLoop loop;
  private final Server server;
  private final ExchangePool exchanges;
  private final @Nullable ServerConnection[] lanes;
  private final Backoff backoff = new Backoff();

  /** Is being opened to take the place of the one in its lane; null for none. */
  private @Nullable ServerConnection spare;

  private int spareLane;
  private long connectAllowedAt;
  private boolean said;

  Lanes(ProxyLoop loop, Server server, ExchangePool exchanges) {
    this.loop = loop;
    this.server = server;
    this.exchanges = exchanges;
    this.lanes = new ServerConnection[server.pool().connections()];
  }

  void start() {
    connectAllowedAt = loop.now();
  }

  /** Opens those that are not open. */
  void connect() {
    for (int lane = 0; lane < lanes.length; lane++) {
      connection(lane);
    }
  }

  /** The server is back: opens them without waiting for a pause to be over. */
  void connectAtOnce() {
    backoff.reset();
    said = false;
    connectAllowedAt = loop.now();
    connect();
  }

  /** The connection of a lane; null when it is not open and cannot be opened now. */
  @Nullable ServerConnection connection(int lane) {
    int index = lanes.length == 1 ? 0 : Math.floorMod(lane, lanes.length);
    ServerConnection connection = lanes[index];
    return connection != null ? connection : open(index);
  }

  private @Nullable ServerConnection open(int lane) {
    boolean waits = server.connections().isPaused();
    if (!server.availability().mayConnect() || (!waits && loop.now() - connectAllowedAt < 0)) {
      return null;
    }
    ServerConnection connection = new ServerConnection(loop, server, lane, exchanges);
    lanes[lane] = connection;
    if (waits) {
      connection.await();
      return connection;
    }
    connect(connection);
    return connection.isClosed() ? null : connection;
  }

  /** Requests may go again: opens what they have been waiting for. */
  void connectWaiting() {
    for (ServerConnection connection : lanes) {
      if (connection != null && connection.isWaiting()) {
        connect(connection);
      }
    }
    connectAtOnce();
  }

  /** Empties all, and gives what was in them. */
  List<ServerConnection> takeAll() {
    List<ServerConnection> taken = new ArrayList<>();
    for (int lane = 0; lane < lanes.length; lane++) {
      ServerConnection connection = lanes[lane];
      if (connection != null) {
        taken.add(connection);
        lanes[lane] = null;
      }
    }
    return taken;
  }

  /** Begins to replace the connections one after the other; returns how many there are. */
  int replaceAll() {
    int open = 0;
    for (ServerConnection connection : lanes) {
      open += connection == null ? 0 : 1;
    }
    if (spare == null) {
      replaceFrom(0);
    }
    return open;
  }

  /** Opens another connection for the first lane from there on that has one. */
  private void replaceFrom(int first) {
    for (int lane = first; lane < lanes.length; lane++) {
      if (lanes[lane] != null) {
        ServerConnection opening = new ServerConnection(loop, server, lane, exchanges);
        spare = opening;
        spareLane = lane;
        connect(opening);
        return;
      }
    }
  }

  /** Another connection is open: it takes the place of the one before it. */
  void onOpened(ServerConnection connection) {
    if (spare != connection) {
      return;
    }
    spare = null;
    ServerConnection before = lanes[spareLane];
    lanes[spareLane] = connection;
    if (before != null) {
      server.connections().onTakenOut(before);
    }
    replaceFrom(spareLane + 1);
  }

  private void connect(ServerConnection connection) {
    connection.connecting();
    server.connect(
        connection,
        cause -> {
          LOG.debug(
              "connecting failed: server={} cause={}", server.settings().name(), cause.toString());
          Failure why = Failure.ofConnecting(cause);
          if (why == Failure.TLS_FAILED) {
            sayOnce(cause);
          } else if (why == Failure.LOGIN_REFUSED) {
            server.log().onLoginRefused();
          }
          server.availability().notConnected(why);
          server.accounts().notConnected(why);
          connection.fail(why);
        });
  }

  /** What is wrong with TLS can be seen from the cause alone; so it is told, until it is over. */
  private void sayOnce(Throwable cause) {
    if (!said) {
      said = true;
      LOG.atWarn()
          .addKeyValue("server", server.settings().name())
          .addKeyValue("cause", cause.getMessage())
          .log("TLS with a server failed");
    }
  }

  void onConnected() {
    backoff.reset();
  }

  void endBatch(int lane) {
    ServerConnection connection = lanes[Math.floorMod(lane, lanes.length)];
    if (connection != null) {
      connection.endBatch();
    }
  }

  /** A connection is used no more; false when it was none of these. */
  boolean remove(ServerConnection connection) {
    if (spare == connection) {
      spare = null; // the others stay as they are
    }
    for (int lane = 0; lane < lanes.length; lane++) {
      if (lanes[lane] == connection) {
        lanes[lane] = null;
        return true;
      }
    }
    return false;
  }

  /** Counts the end of one; after a vain attempt there is a pause. */
  void ended(boolean opened) {
    loop.stats().count(opened ? Counter.CONNECTIONS_LOST : Counter.CONNECT_FAILURES);
    if (!opened) {
      pause();
    }
  }

  /** The next attempt comes by itself, so that no client's request has to be the one that tries. */
  private void pause() {
    long pause = backoff.nextNanos();
    long until = loop.now() + pause;
    connectAllowedAt = until;
    loop.later(() -> connectAgain(until), pause);
  }

  /** The timer alone says that a pause is over: a turn's clock may have been read before that. */
  private void connectAgain(long pausedUntil) {
    if (server.availability().mayConnect() && connectAllowedAt == pausedUntil) {
      connectAllowedAt = loop.now();
      connect();
    }
  }

  long expire(long now) {
    long next = ProxyLoop.NEVER;
    for (int lane = 0; lane < lanes.length; lane++) {
      ServerConnection connection = lanes[lane];
      if (connection != null && connection.hasWaitedTooLong(now)) {
        // What has been answered with an error must not be sent later, and nothing behind it is.
        lanes[lane] = null;
        server.connections().onTakenOut(connection);
        next = ProxyLoop.TICK_NANOS;
      } else if (connection != null) {
        next = Math.min(next, connection.expire(now));
      }
    }
    return next;
  }

  int inFlight() {
    int inFlight = 0;
    for (ServerConnection connection : lanes) {
      inFlight += connection == null ? 0 : connection.inFlight();
    }
    return inFlight;
  }

  void countQueues(QueueCount count) {
    for (ServerConnection connection : lanes) {
      if (connection != null) {
        connection.countQueues(count);
      }
    }
  }

  void closeAll(Failure why) {
    ServerConnection opening = spare;
    if (opening != null) {
      opening.fail(why);
    }
    for (ServerConnection connection : lanes.clone()) {
      if (connection != null) {
        connection.fail(why);
      }
    }
  }
}
