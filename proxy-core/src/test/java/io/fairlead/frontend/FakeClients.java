package io.fairlead.frontend;

import io.fairlead.access.ClientAccess;
import io.fairlead.access.Credentials;
import io.fairlead.config.AccessSettings;
import io.fairlead.config.ClientLimits;
import io.fairlead.config.ListenerSettings;
import io.fairlead.config.ListenerSettings.GuardedCommand;
import io.fairlead.config.ListenerSettings.ParseError;
import io.fairlead.config.LoadSettings;
import io.fairlead.config.PoolSettings.ErrorText;
import io.fairlead.config.PoolSettings.MultigetFailure;
import io.fairlead.config.ReplySettings;
import io.fairlead.frontend.stats.FakeFigures;
import io.fairlead.frontend.stats.StatsReply;
import io.fairlead.loop.FakeSocket;
import io.fairlead.loop.TestLoop;
import java.util.Set;

/** A listener whose clients the test plays. */
final class FakeClients {
  /** Small ones where a test is to reach them. */
  static final ClientLimits LIMITS =
      ClientLimits.with()
          .valueBytes(4096)
          .getLineBytes(8192)
          .keysPerGet(0)
          .clientRequests(1000)
          .build();

  private static final ClientAccess OPEN = new Credentials(() -> {}).access(AccessSettings.OPEN);

  final FakeRoute route = new FakeRoute();
  final Clients clients;
  private final TestLoop loop;

  FakeClients(TestLoop loop) {
    this(loop, MultigetFailure.PARTIAL, Set.of());
  }

  FakeClients(TestLoop loop, MultigetFailure multigetFailure, Set<GuardedCommand> allow) {
    this(
        loop,
        multigetFailure,
        ListenerSettings.of(ListenerSettings.DEFAULT_ADDRESS, "pool", allow));
  }

  FakeClients(TestLoop loop, ParseError onParseError) {
    this(
        loop,
        MultigetFailure.PARTIAL,
        ListenerSettings.with(ListenerSettings.DEFAULT_ADDRESS, "pool")
            .onParseError(onParseError)
            .build());
  }

  private FakeClients(TestLoop loop, MultigetFailure multigetFailure, ListenerSettings listener) {
    this(
        loop, new ReplySettings(multigetFailure, ErrorText.NATIVE), listener, LoadSettings.DEFAULT);
  }

  FakeClients(TestLoop loop, ReplySettings replies) {
    this(
        loop,
        replies,
        ListenerSettings.of(ListenerSettings.DEFAULT_ADDRESS, "pool"),
        LoadSettings.DEFAULT);
  }

  FakeClients(TestLoop loop, LoadSettings load) {
    this(
        loop,
        ReplySettings.DEFAULT,
        ListenerSettings.of(ListenerSettings.DEFAULT_ADDRESS, "pool"),
        load);
  }

  FakeClients(TestLoop loop, ListenerSettings listener, ClientAccess access) {
    this(loop, ReplySettings.DEFAULT, listener, LoadSettings.DEFAULT, LIMITS, access);
  }

  FakeClients(TestLoop loop, ClientLimits limits) {
    this(
        loop,
        ReplySettings.DEFAULT,
        ListenerSettings.of(ListenerSettings.DEFAULT_ADDRESS, "pool"),
        LoadSettings.DEFAULT,
        limits,
        OPEN);
  }

  private FakeClients(
      TestLoop loop, ReplySettings replies, ListenerSettings listener, LoadSettings load) {
    this(loop, replies, listener, load, LIMITS, OPEN);
  }

  private FakeClients(
      TestLoop loop,
      ReplySettings replies,
      ListenerSettings listener,
      LoadSettings load,
      ClientLimits limits,
      ClientAccess access) {
    this.loop = loop;
    clients =
        new Clients(
            loop.proxy(),
            new Target(route, route.stats, replies),
            listener,
            limits,
            "1.6.18",
            route.exchanges,
            new StatsReply(FakeFigures.of(loop.proxy().stats())),
            Gate.of(loop.proxy(), load),
            access);
    // Closed connections still have requests in flight, which hold buffers until they are over.
    loop.closeAtEnd(this::answerEverything);
  }

  /** Lets the clients follow other settings of their listener. */
  void follow(ListenerSettings listener, ClientAccess access) {
    Target target = new Target(route, route.stats, ReplySettings.DEFAULT);
    clients.follow(target, listener, LIMITS, access);
  }

  /** The same with other limits. */
  void follow(ClientLimits limits) {
    Target target = new Target(route, route.stats, ReplySettings.DEFAULT);
    ListenerSettings listener = ListenerSettings.of(ListenerSettings.DEFAULT_ADDRESS, "pool");
    clients.follow(target, listener, limits, OPEN);
  }

  /** A client of which nothing is known, still to be opened. */
  ClientConnection accept() {
    return clients.accept(null, null);
  }

  FakeSocket connect() {
    return loop.open(accept());
  }

  /** Gives all answers that wait, in their order, and those to what is asked thereupon. */
  void answerEverything() {
    while (route.waiting() > 0) {
      route.answer(0);
      loop.turn();
    }
  }
}
