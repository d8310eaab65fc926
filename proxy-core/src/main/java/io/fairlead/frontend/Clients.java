package io.fairlead.frontend;

import io.fairlead.access.ClientAccess;
import io.fairlead.backend.Accounts;
import io.fairlead.backend.ExchangePool;
import io.fairlead.backend.Failure;
import io.fairlead.config.ClientLimits;
import io.fairlead.config.ListenerSettings;
import io.fairlead.config.ListenerSettings.GuardedCommand;
import io.fairlead.config.ListenerSettings.ParseError;
import io.fairlead.frontend.stats.StatsReply;
import io.fairlead.loop.ProxyLoop;
import io.fairlead.metrics.Counter;
import io.fairlead.metrics.ListenerCounter;
import io.fairlead.metrics.ListenerStats;
import io.fairlead.metrics.PoolCounter;
import io.fairlead.metrics.PoolStats;
import io.fairlead.protocol.Command;
import io.fairlead.protocol.RequestParser;
import io.fairlead.protocol.Verb;
import io.fairlead.route.Entrance;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The clients of one listener on one event loop, and what they share. */
public final class Clients {
  private static final int KEPT_REQUESTS = 1 << 13;

  final ProxyLoop loop;
  final ExchangePool exchanges;
  final StatsReply statsReply;

  /** Null when any number of requests may be under way. */
  final @Nullable Gate gate;

  final byte[] version;

  ClientLimits limits;
  boolean flushAllowed;
  boolean parseErrorsClose;
  Entrance route;
  PoolStats poolStats;
  ReplyPolicy policy;
  ClientAccess access;

  /** Scratch space: a request is parsed and sent on before the next one is looked at. */
  final RequestParser parser = new RequestParser();

  final Command command = new Command();

  private final Set<ClientConnection> open = new HashSet<>();
  private final ListenerStats ofListener;
  private final Watches watches;
  private @Nullable ClientRequest freeRequest;
  private int freeRequests;
  private int nextLane;
  private @Nullable Farewell farewell;

  /**
   * @param gate that of the event loop; null when any number of requests may be under way
   * @param access who the clients have to be, and what they may do
   */
  public Clients(
      ProxyLoop loop,
      Target target,
      ListenerSettings listener,
      ClientLimits limits,
      String version,
      ExchangePool exchanges,
      StatsReply stats,
      @Nullable Gate gate,
      ClientAccess access) {
    this.loop = loop;
    this.route = target.entrance();
    this.limits = limits;
    this.ofListener = new ListenerStats(listener.address().toString());
    this.watches = new Watches(loop);
    watches.follow(limits, open);
    this.exchanges = exchanges;
    this.statsReply = stats;
    this.gate = gate;
    this.access = access;
    this.poolStats = target.stats();
    this.flushAllowed = listener.allow().contains(GuardedCommand.FLUSH_ALL);
    this.parseErrorsClose = listener.onParseError() == ParseError.CLOSE;
    this.policy = ReplyPolicy.of(target.replies());
    this.version = ("VERSION " + version + "\r\n").getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Connects all clients, present and future, to another target, and has other settings hold for
   * them; what is in flight goes on. What a client may have buffered is decided when it connects.
   */
  public void follow(
      Target target,
      ListenerSettings listener,
      ClientLimits changedLimits,
      ClientAccess changedAccess) {
    limits = changedLimits;
    watches.follow(limits, open);
    flushAllowed = listener.allow().contains(GuardedCommand.FLUSH_ALL);
    parseErrorsClose = listener.onParseError() == ParseError.CLOSE;
    poolStats.add(PoolCounter.CLIENT_CONNECTIONS, -open.size());
    route = target.entrance();
    poolStats = target.stats();
    policy = ReplyPolicy.of(target.replies());
    poolStats.add(PoolCounter.CLIENT_CONNECTIONS, open.size());
    access = changedAccess;
    open.forEach(ClientConnection::follow);
  }

  /**
   * A client connection, to be joined with its channel.
   *
   * @param from the address of the client; null where that is not known
   * @param introspection answers what the client asks the proxy about itself; null for nothing
   */
  public ClientConnection accept(
      @Nullable SocketAddress from, @Nullable Introspection introspection) {
    return new ClientConnection(this, nextLane++, from, introspection);
  }

  /** The event loop of all of them. */
  public ProxyLoop loop() {
    return loop;
  }

  /** What is counted of the listener on this loop. */
  public ListenerStats stats() {
    return ofListener;
  }

  /**
   * @param isNew whether it was not connected to another event loop before
   */
  void opened(ClientConnection client, boolean isNew) {
    open.add(client);
    addConnections(1);
    if (isNew) {
      ofListener.count(ListenerCounter.ACCEPTED);
      loop.stats().count(Counter.CLIENTS_ACCEPTED);
      watches.idle().opened(client);
    } else {
      watches.idle().joined(client);
    }
    if (farewell != null) {
      farewell.add(client);
    }
  }

  private void addConnections(int difference) {
    ofListener.add(ListenerCounter.CONNECTIONS, difference);
    loop.stats().add(Counter.CLIENTS, difference);
    poolStats.add(PoolCounter.CLIENT_CONNECTIONS, difference);
  }

  /** One goes on on another event loop. */
  void left(ClientConnection client) {
    if (open.remove(client)) {
      addConnections(-1);
      loop.stats().count(Counter.CLIENTS_MOVED);
    }
  }

  /**
   * @param inOrder whether the client ended the connection itself, and it did not break
   * @param why the same in more detail
   */
  void closed(ClientConnection client, boolean inOrder, ListenerCounter why) {
    if (open.remove(client)) {
      ofListener.count(why); // first, so that whoever sees no client finds why each is gone
      poolStats.count(inOrder ? PoolCounter.CLIENT_EOF : PoolCounter.CLIENT_ERR);
      addConnections(-1);
    }
  }

  /** For their connections so many bytes more, or fewer, are kept, as the loop knows already. */
  void onKept(long difference) {
    ofListener.add(ListenerCounter.BUFFERED_BYTES, difference);
  }

  /** So many bytes more, or fewer, are kept for them besides. */
  void account(long difference) {
    loop.load().account(difference);
    onKept(difference);
  }

  void count(Verb verb) {
    Verb.Form form = verb.form();
    if (form != Verb.Form.RETRIEVAL && form != Verb.Form.LOCAL) { // a retrieval's keys are counted
      loop.stats().received().count(Accounts.of(verb));
    }
    loop.stats()
        .count(
            switch (form) {
              case RETRIEVAL -> Counter.CMD_GET;
              case STORAGE -> Counter.CMD_SET;
              case ARITHMETIC -> Counter.CMD_ARITHMETIC;
              case TOUCH -> Counter.CMD_TOUCH;
              case DELETE -> Counter.CMD_DELETE;
              case META -> Counter.CMD_META;
              default -> Counter.CMD_OTHER;
            });
  }

  /** A request has failed because of its server. */
  void onForwardError(Failure why, int keys) {
    loop.stats().answered().add(Accounts.of(why), keys);
    poolStats.count(PoolCounter.FORWARD_ERROR);
  }

  ClientRequest take(ClientConnection client) {
    ClientRequest request = freeRequest;
    if (request == null) {
      return new ClientRequest(client);
    }
    freeRequest = request.nextFree;
    request.nextFree = null;
    request.belongsTo(client);
    freeRequests--;
    return request;
  }

  void give(ClientRequest request) {
    if (freeRequests < KEPT_REQUESTS) {
      request.nextFree = freeRequest;
      freeRequest = request;
      freeRequests++;
    }
  }

  /** What is done with them as time goes by. */
  Watches watches() {
    return watches;
  }

  /**
   * Lets every client end what it has begun to ask for, and closes it when that is answered.
   *
   * @param spread over how long at most
   */
  public void drain(Duration spread) {
    if (farewell == null) {
      farewell = Farewell.begin(loop, open, spread);
    }
  }

  /**
   * What is known of some of them, on the loop.
   *
   * @param listener its address
   */
  public List<ClientStatus> status(String listener, boolean tls, int most) {
    return open.stream().limit(most).map(client -> client.listed().status(listener, tls)).toList();
  }

  /** So many of them, any ones, to go on on another event loop as soon as they are at rest. */
  public List<MovingClient> toMove(int wanted) {
    List<MovingClient> chosen = new ArrayList<>();
    int left = open.size();
    for (ClientConnection client : open) {
      if (ThreadLocalRandom.current().nextInt(left) < wanted - chosen.size()) {
        chosen.add(new MovingClient(client));
      }
      left--;
    }
    return chosen;
  }

  public int count() {
    return open.size();
  }

  /** Closes every client at once. */
  public void close() {
    for (ClientConnection client : List.copyOf(open)) {
      client.close();
    }
  }
}
