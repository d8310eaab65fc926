package io.fairlead.health;

import io.fairlead.config.Address;
import io.fairlead.config.EjectSettings;
import io.fairlead.config.PoolSettings;
import io.fairlead.config.PoolSettings.Mode;
import io.fairlead.config.ServerSettings;
import io.fairlead.health.LoopWatch.Follower;
import io.fairlead.health.ServerStatus.State;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.DoubleSupplier;

/** A pool of servers as two event loops see it, with a clock that the test moves. */
final class HealthScene {
  static final Duration TIMEOUT = Duration.ofMillis(200);

  private final List<ServerSettings> servers;
  private final PoolHealth pool;
  private final Loop one;
  private final Loop other;
  private long now = 1_000_000;

  /** An event loop of which the test runs the tasks. */
  static final class Loop implements Executor {
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final List<Seen> seen = new ArrayList<>();
    private final List<Runnable> leaving = new ArrayList<>();

    Loop(PoolHealth pool, List<ServerSettings> servers) {
      for (ServerSettings server : servers) {
        Seen follower = new Seen(pool.of(server));
        seen.add(follower);
        LoopWatch watch = pool.watch(this, follower);
        leaving.add(() -> watch.remove(follower));
      }
    }

    @Override
    public void execute(Runnable task) {
      tasks.add(task);
    }

    void run() {
      while (!tasks.isEmpty()) {
        tasks.remove().run();
      }
    }

    void leave() {
      leaving.forEach(Runnable::run);
    }

    ServerView view(int server) {
      return seen.get(server).view;
    }

    Seen seen(int server) {
      return seen.get(server);
    }
  }

  /** A server on an event loop. */
  static final class Seen implements Follower {
    private final ServerHealth health;
    private ServerView view = ServerView.AT_START;
    int acts;

    private Seen(ServerHealth health) {
      this.health = health;
    }

    @Override
    public ServerHealth health() {
      return health;
    }

    @Override
    public void follow(ServerView next) {
      view = next;
    }

    @Override
    public void act() {
      acts++;
    }
  }

  HealthScene(int count, EjectSettings eject) {
    this(count, eject, () -> 0.5);
  }

  HealthScene(int count, EjectSettings eject, DoubleSupplier random) {
    servers = servers(count);
    pool = new PoolHealth(settings(servers, eject), () -> now, random);
    one = new Loop(pool, servers);
    other = new Loop(pool, servers);
  }

  static List<ServerSettings> servers(int count) {
    List<ServerSettings> servers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      servers.add(new ServerSettings("s" + i, new Address.Tcp("cache", 11211 + i), 1));
    }
    return servers;
  }

  static PoolSettings settings(List<ServerSettings> servers, EjectSettings eject) {
    return PoolSettings.with("pool", Mode.SHARDED, servers).timeout(TIMEOUT).eject(eject).build();
  }

  PoolHealth pool() {
    return pool;
  }

  Loop one() {
    return one;
  }

  Loop other() {
    return other;
  }

  ServerHealth server(int index) {
    return one.seen(index).health();
  }

  State state(int server) {
    return server(server).report().state();
  }

  List<State> states() {
    return one.seen.stream().map(seen -> seen.health().report().state()).toList();
  }

  void hold(int server, Hold hold) {
    pool.hold(server(server).toString(), hold);
    run();
  }

  void pass(Duration time) {
    now += time.toNanos();
  }

  void fail(int server) {
    fail(server, FailureKind.LOST);
  }

  void fail(int server, FailureKind kind) {
    server(server).failed(kind, one.seen(server));
    run();
  }

  void failOnOther(int server, FailureKind kind) {
    server(server).failed(kind, other.seen(server));
    run();
  }

  /** As often as it takes, unless there are other settings. */
  void kill(int server) {
    for (int i = 0; i < 3; i++) {
      fail(server);
    }
  }

  void answer(int server) {
    server(server).answered();
    run();
  }

  /** Lets the time pass until the next probe of a server, and answers it or not. */
  Duration probe(int server, boolean answered) {
    return probe(server, answered, true);
  }

  Duration probe(int server, boolean answered, boolean mayReturn) {
    Duration wait = Duration.ofNanos(server(server).nanosToProbe());
    pass(wait);
    server(server).probed(answered, mayReturn);
    run();
    return wait;
  }

  void run() {
    one.run();
    other.run();
  }
}
