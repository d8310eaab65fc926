package io.fairlead.runtime;

import io.fairlead.MemcachedRequest;
import io.fairlead.access.Credentials;
import io.fairlead.backend.Connector;
import io.fairlead.backend.ExchangePool;
import io.fairlead.config.AccessSettings;
import io.fairlead.config.Address;
import io.fairlead.config.LimitSettings;
import io.fairlead.config.ListenerSettings;
import io.fairlead.config.PoolSettings;
import io.fairlead.config.ProxySettings;
import io.fairlead.config.ServerSettings;
import io.fairlead.frontend.Clients;
import io.fairlead.frontend.stats.FakeFigures;
import io.fairlead.frontend.stats.StatsReply;
import io.fairlead.health.HealthRegistry;
import io.fairlead.loop.FakeSocket;
import io.fairlead.loop.TestLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything between a client's bytes and a server's, in memory: a listener, a pool with one
 * server, and a memcached that reads with {@link MemcachedRequest} and has nothing.
 */
final class WholeProxy {
  private static final Duration LONG = Duration.ofMinutes(10);

  private final TestLoop loop;
  private final List<FakeSocket> servers = new ArrayList<>();
  private final List<MemcachedRequest> received = new ArrayList<>();
  private final FakeSocket client;
  private final StringBuilder told = new StringBuilder();

  WholeProxy(TestLoop loop) {
    this.loop = loop;
    PoolSettings pool =
        PoolSettings.with(
                "pool",
                PoolSettings.Mode.SHARDED,
                List.of(ServerSettings.at(new Address.Tcp("cache", 11211))))
            .timeout(LONG)
            .connectTimeout(LONG)
            .coalesce(false)
            .build();
    LimitSettings limits =
        LimitSettings.with()
            .valueBytes(ClientStream.LARGEST_VALUE)
            .getLineBytes(ClientStream.LONGEST_GET_LINE)
            .build();
    ListenerSettings listener = ListenerSettings.of(ListenerSettings.DEFAULT_ADDRESS, "pool");
    ProxySettings settings =
        ProxySettings.of(List.of(listener), List.of(pool)).limits(limits).build();
    HealthRegistry health = new HealthRegistry();
    health.follow(settings.pools());
    ExchangePool exchanges = new ExchangePool();
    LoopRoutes routes =
        LoopRoutes.of(settings, loop.proxy(), connector(), exchanges, health, null, null);
    routes.serversWithout(null).forEach(server -> server.start());
    loop.closeAtEnd(() -> routes.serversWithout(null).forEach(server -> server.close()));
    Clients clients =
        new Clients(
            loop.proxy(),
            routes.target("pool"),
            listener,
            limits.clients().change().keysPerGet(0).build(),
            "1.6.18",
            exchanges,
            new StatsReply(FakeFigures.of(loop.proxy().stats())),
            null,
            new Credentials(() -> {}).access(AccessSettings.OPEN));
    client = loop.open(clients.accept(null, null));
  }

  private Connector connector() {
    return (address, pool, connection, onFailure) ->
        loop.proxy().eventLoop().execute(() -> servers.add(loop.open(connection)));
  }

  /** Lets the client send something, and the server answer what reaches it. */
  void receive(byte[] bytes) {
    client.receive(bytes);
    boolean more = true;
    while (more) {
      more = false;
      for (FakeSocket server : List.copyOf(servers)) {
        String sent = server.sent();
        if (!sent.isEmpty()) {
          server.receive(answers(sent));
          more = true;
        }
      }
      told.append(client.sent());
    }
  }

  /**
   * @throws AssertionError when memcached would refuse something, or wait for more
   */
  private String answers(String sent) {
    StringBuilder answers = new StringBuilder();
    for (int at = 0; at < sent.length(); at += received.get(received.size() - 1).length()) {
      MemcachedRequest request = MemcachedRequest.first(sent.substring(at));
      received.add(request);
      answers.append(ClientStream.reply(request.verb()));
    }
    return answers.toString();
  }

  /** The requests that have reached the server. */
  List<MemcachedRequest> received() {
    return received;
  }

  /** What the client has been told. */
  String told() {
    return told.toString();
  }
}
