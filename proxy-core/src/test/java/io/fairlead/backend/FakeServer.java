package io.fairlead.backend;

import io.fairlead.Wire;
import io.fairlead.config.Address;
import io.fairlead.config.ConnectionSettings;
import io.fairlead.config.EjectSettings;
import io.fairlead.config.LimitSettings;
import io.fairlead.config.PoolBuilder;
import io.fairlead.config.PoolSettings;
import io.fairlead.config.ServerSettings;
import io.fairlead.health.PoolHealth;
import io.fairlead.loop.Connection;
import io.fairlead.loop.FakeSocket;
import io.fairlead.loop.TestLoop;
import io.fairlead.metrics.Counter;
import io.fairlead.metrics.PoolCounter;
import io.fairlead.metrics.PoolStats;
import io.fairlead.metrics.ServerCounter;
import io.fairlead.protocol.Command;
import io.fairlead.protocol.RequestParser;
import io.fairlead.protocol.Verb;
import io.fairlead.spool.LoopSpool;
import io.netty.buffer.ByteBuf;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A server of which the test plays the memcached at the other end. */
final class FakeServer implements Connector {
  /** So long that nothing times out unless the test says so. */
  static final Duration TIMEOUT = Duration.ofMinutes(10);

  private record Attempt(Connection connection, Consumer<Throwable> onFailure) {}

  private final TestLoop loop;
  private final ExchangePool exchanges = new ExchangePool();
  private final ArrayDeque<Attempt> attempts = new ArrayDeque<>();
  private final RequestParser parser = new RequestParser();
  private final Command command = new Command();
  private final PoolStats stats = new PoolStats("pool");
  private final Server server;
  private int healthChanges;

  FakeServer(TestLoop loop) {
    this(loop, EjectSettings.OFF);
  }

  FakeServer(TestLoop loop, EjectSettings eject) {
    this(loop, eject, null);
  }

  FakeServer(TestLoop loop, EjectSettings eject, @Nullable LoopSpool spool) {
    this(loop, eject, ConnectionSettings.DEFAULT, spool);
  }

  FakeServer(
      TestLoop loop,
      EjectSettings eject,
      ConnectionSettings connection,
      @Nullable LoopSpool spool) {
    this(loop, eject, connection, LimitSettings.DEFAULT, spool);
  }

  FakeServer(TestLoop loop, LimitSettings limits) {
    this(loop, EjectSettings.OFF, ConnectionSettings.DEFAULT, limits, null);
  }

  FakeServer(TestLoop loop, UnaryOperator<PoolBuilder> change) {
    this(loop, EjectSettings.OFF, ConnectionSettings.DEFAULT, LimitSettings.DEFAULT, null, change);
  }

  private FakeServer(
      TestLoop loop,
      EjectSettings eject,
      ConnectionSettings connection,
      LimitSettings limits,
      @Nullable LoopSpool spool) {
    this(loop, eject, connection, limits, spool, UnaryOperator.identity());
  }

  private FakeServer(
      TestLoop loop,
      EjectSettings eject,
      ConnectionSettings connection,
      LimitSettings limits,
      @Nullable LoopSpool spool,
      UnaryOperator<PoolBuilder> change) {
    this.loop = loop;
    ServerSettings settings = ServerSettings.at(new Address.Tcp("cache", 11211));
    PoolSettings pool =
        change
            .apply(
                PoolSettings.with("pool", PoolSettings.Mode.SHARDED, List.of(settings))
                    .timeout(TIMEOUT)
                    .connectTimeout(TIMEOUT)
                    .eject(eject)
                    .connection(connection))
            .build();
    this.server =
        new Server(
            loop.proxy(),
            pool,
            settings,
            limits,
            this,
            exchanges,
            stats,
            new PoolHealth(pool, () -> loop.proxy().now(), () -> 0.5),
            () -> healthChanges++,
            spool);
    server.start();
    loop.closeAtEnd(server::close);
  }

  @Override
  public void connect(
      ServerSettings server,
      PoolSettings pool,
      Connection connection,
      Consumer<Throwable> onFailure) {
    attempts.add(new Attempt(connection, onFailure));
  }

  Server server() {
    return server;
  }

  int healthChanges() {
    return healthChanges;
  }

  long count(Counter counter) {
    return loop.proxy().stats().get(counter);
  }

  long count(PoolCounter counter) {
    return stats.get(counter);
  }

  /** Counts what waits first. */
  long count(ServerCounter counter) {
    server.countQueues();
    return stats.servers().get(0).get(counter);
  }

  /** Attempts to connect that were neither accepted nor refused. */
  int attempts() {
    return attempts.size();
  }

  /** Accepts the oldest connection that is being opened. */
  FakeSocket accept() {
    return loop.open(attempts.remove().connection());
  }

  void refuse() {
    refuse(new ConnectException("refused"));
  }

  void refuse(Throwable cause) {
    attempts.remove().onFailure().accept(cause);
    loop.turn();
  }

  /** Asks for keys as one client; slots are numbered from {@code slot} on. */
  void get(ReplySink client, int slot, String... keys) {
    retrieve(Verb.GET, 0, client, slot, keys);
  }

  void retrieve(Verb verb, int expiry, ReplySink client, int slot, String... keys) {
    retrieve(0, verb, expiry, client, slot, keys);
  }

  void retrieve(int lane, Verb verb, int expiry, ReplySink client, int slot, String... keys) {
    int at = slot;
    for (String key : keys) {
      Exchange exchange = exchanges.take(client, at++);
      exchange.retrieves(verb, expiry, Wire.buffer(key), 0, key.length());
      exchange.hashed(key.hashCode());
      server.get(exchange, lane);
    }
  }

  /** Sends a line, with the value that follows it. */
  void send(ReplySink client, int slot, String request) {
    send(0, client, slot, request);
  }

  void send(int lane, ReplySink client, int slot, String request) {
    ByteBuf in = parse(request);
    server.send(command, in, client, slot, lane);
  }

  @Nullable Upload upload(ReplySink client, String line, Runnable onRoom) {
    ByteBuf in = parse(line);
    return server.upload(command, in, client, onRoom);
  }

  private ByteBuf parse(String request) {
    ByteBuf in = Wire.buffer(request);
    parser.parse(in, 0, request.indexOf('\n'), command);
    if (command.error() != null) {
      throw new IllegalArgumentException(request);
    }
    return in;
  }

  void timePasses(Duration duration) {
    loop.advance(duration);
  }
}
