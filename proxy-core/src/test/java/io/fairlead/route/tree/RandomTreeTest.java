package io.fairlead.route.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.Seeded;
import io.fairlead.Wire;
import io.fairlead.backend.Exchange;
import io.fairlead.backend.ExchangePool;
import io.fairlead.config.route.RouteSettings;
import io.fairlead.config.route.ServerRouteSettings;
import io.fairlead.hashing.Placement;
import io.fairlead.loop.TestLoop;
import io.fairlead.metrics.PoolEvents;
import io.fairlead.metrics.PoolStats;
import io.fairlead.protocol.Command;
import io.fairlead.protocol.RequestParser;
import io.fairlead.protocol.Verb;
import io.fairlead.route.Route;
import io.fairlead.route.RouteBuilder;
import io.fairlead.route.RouteContext;
import io.fairlead.route.RouteFactories;
import io.netty.buffer.ByteBuf;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetector.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Whatever routes are above each other and whatever their leaves do, each request has one outcome,
 * which is of its own key, and nothing is kept afterwards.
 */
class RandomTreeTest {
  private static final int DEPTH = 3;
  private static final int LEAVES = 6;
  private static final int TREES = 100;
  private static final int REQUESTS = 120;
  private static final long MOST_KEPT_BYTES = 1 << 20;
  private static final Duration ROUND = Duration.ofMillis(5);
  private static final int LONGEST_WAIT_ROUNDS = 100;

  @RegisterExtension final Seeded seeded = new Seeded();
  @RegisterExtension final TestLoop loop = new TestLoop();

  private static Level levelBefore = Level.DISABLED;

  private final ExchangePool exchanges = new ExchangePool();
  private final RequestParser parser = new RequestParser();
  private Random random = new Random(0);

  /** So many accesses take a minute to record; a buffer that is not released shows at the end. */
  @BeforeAll
  static void recordNoAccesses() {
    levelBefore = ResourceLeakDetector.getLevel();
    ResourceLeakDetector.setLevel(Level.DISABLED);
  }

  @AfterAll
  static void recordAgain() {
    ResourceLeakDetector.setLevel(levelBefore);
  }

  @BeforeEach
  void takeRandom() {
    random = seeded.random();
  }

  @RepeatedTest(10)
  void everyRequestHasOneOutcomeOfItsOwn() {
    for (int i = 0; i < TREES; i++) {
      RouteSettings settings = new RandomTrees(random, LEAVES).tree(DEPTH);
      try {
        serve(settings);
      } catch (RuntimeException | Error e) {
        throw new AssertionError("tree %d: %s".formatted(i, settings), e);
      }
    }
  }

  private void serve(RouteSettings settings) {
    RandomLeaves leaves = new RandomLeaves(random, exchanges, LEAVES);
    Tree tree = new Tree(leaves);
    Route route = tree.build(settings);
    List<CheckedClient> clients = new ArrayList<>();
    for (int i = 0; i < REQUESTS; i++) {
      if (random.nextInt(20) == 0) {
        leaves.fail(random.nextInt(11));
      }
      clients.add(send(route, Requests.any(random)));
      for (int answers = random.nextInt(6); answers > 0; answers--) {
        leaves.answerAny();
      }
      if (random.nextInt(10) == 0) {
        loop.advance(Duration.ofMillis(random.nextInt(3)));
      }
    }
    endEverything(leaves);
    assertThat(clients).allMatch(CheckedClient::isOver);
    assertThat(tree.context.keptBytes()).isZero();
  }

  /** So long that whatever still waits for its turn then has timed out. */
  private void endEverything(RandomLeaves leaves) {
    int quiet = 0;
    while (quiet < LONGEST_WAIT_ROUNDS) {
      if (leaves.answerAny()) {
        quiet = 0;
      } else {
        quiet++;
        loop.advance(ROUND);
      }
    }
  }

  private CheckedClient send(Route route, String request) {
    CheckedClient client = new CheckedClient(request, random);
    String text = request.replace("/", "\r\n") + (request.endsWith("/") ? "" : "\r\n");
    ByteBuf in = Wire.buffer(text);
    if (Requests.isRetrieval(request)) {
      Exchange exchange = exchanges.take(client, 0);
      Verb verb = Verb.valueOf(request.substring(0, request.indexOf(' ')).toUpperCase(Locale.ROOT));
      exchange.retrieves(verb, verb.touches() ? 7 : 0, Wire.bytes(Requests.key(request)));
      route.get(exchange, random.nextInt(3));
      return client;
    }
    Command command = new Command();
    parser.parse(in, 0, text.indexOf('\n'), command);
    assertThat(command.error()).as(request).isNull();
    route.send(command, in, client, 0, random.nextInt(3));
    return client;
  }

  /** Makes routes as they are made for a proxy, but of these leaves. */
  private final class Tree implements RouteBuilder {
    private final RouteContext context =
        new RouteContext(loop.proxy(), exchanges, MOST_KEPT_BYTES, 7);
    private final RouteFactories factories = TreeBuilder.families(new RouteFactories());
    private final IdentityHashMap<RouteSettings, Route> built = new IdentityHashMap<>();
    private final PoolStats counted = new PoolStats("all");
    private final RandomLeaves leaves;

    Tree(RandomLeaves leaves) {
      this.leaves = leaves;
    }

    @Override
    public RouteContext context() {
      return context;
    }

    @Override
    public Route build(RouteSettings settings) {
      Route present = built.get(settings);
      if (present == null) {
        present =
            settings instanceof ServerRouteSettings leaf
                ? leaves.at(leaf.server())
                : factories.build(settings, this);
        built.put(settings, present);
      }
      return present;
    }

    @Override
    public PoolEvents events(RouteSettings settings) {
      return counted.events();
    }

    @Override
    public Placement counting(Placement placement) {
      return placement;
    }
  }
}
