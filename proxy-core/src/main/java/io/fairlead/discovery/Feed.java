package io.fairlead.discovery;

import io.fairlead.config.DiscoverySettings;
import io.fairlead.config.ServerSettings;
import io.fairlead.config.SourceSettings;
import io.fairlead.discovery.SourceStatus.State;
import io.netty.channel.EventLoop;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One source of one pool, and what it has said: a source that fails or names nobody takes nobody
 * out.
 */
final class Feed implements Source.Listener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Feed.class);

  private final String pool;
  private final SourceSettings settings;
  private final EventLoop loop;
  private final Runnable onChange;
  private final Members members;
  private final CompletableFuture<Boolean> heard = new CompletableFuture<>();
  private @Nullable Source source;
  private boolean closed;
  private boolean removalIsTimed;

  /** What others see; written by the loop alone. */
  private volatile List<ServerSettings> servers = List.of();

  private volatile SourceStatus status;

  /**
   * @param onChange called on the loop when there are other servers
   */
  Feed(
      String pool,
      SourceSettings settings,
      DiscoverySettings discovery,
      EventLoop loop,
      Runnable onChange) {
    this.pool = pool;
    this.settings = settings;
    this.loop = loop;
    this.onChange = onChange;
    this.members = new Members(discovery.removeAfter());
    this.status =
        new SourceStatus(
            pool,
            settings.place().toString(),
            settings.identity().name().toLowerCase(Locale.ROOT),
            State.WAITING,
            0,
            0,
            0,
            0,
            null,
            null);
  }

  void start(Source made) {
    source = made;
    loop.execute(
        () -> {
          if (!closed) {
            made.start();
          }
        });
  }

  /** Done when the source has said something, be it that it fails. */
  CompletableFuture<Boolean> heard() {
    return heard;
  }

  /** The servers as they are known at present; from any thread. */
  List<ServerSettings> servers() {
    return servers;
  }

  /** From any thread. */
  SourceStatus status() {
    return status;
  }

  @Override
  public void onServers(List<ServerSettings> named) {
    if (named.isEmpty()) {
      onFailure("it names no servers");
    } else {
      onNamed(named, true);
    }
  }

  @Override
  public void onSomeServers(List<ServerSettings> named) {
    onNamed(named, false);
  }

  private void onNamed(List<ServerSettings> named, boolean isComplete) {
    if (closed) {
      return;
    }
    warnOfDuplicates(named);
    boolean changed = members.named(named, isComplete, System.nanoTime());
    if (status.state() == State.FAILING) {
      LOG.atInfo()
          .addKeyValue("pool", pool)
          .addKeyValue("source", settings.place())
          .log("a source of servers works again");
    }
    publish(State.OK, null, 0, changed);
    timeRemoval();
  }

  private void warnOfDuplicates(List<ServerSettings> named) {
    long names = named.stream().map(ServerSettings::name).distinct().count();
    if (names < named.size() && status.state() != State.OK) {
      LOG.atWarn()
          .addKeyValue("pool", pool)
          .addKeyValue("source", settings.place())
          .addKeyValue("names", names(named))
          .log("a source names servers twice, of which the first is taken");
    }
  }

  @Override
  public void onFailure(String reason) {
    if (closed) {
      return;
    }
    if (status.state() != State.FAILING) {
      LOG.atWarn()
          .addKeyValue("pool", pool)
          .addKeyValue("source", settings.place())
          .addKeyValue("servers", members.servers().size())
          .addKeyValue("reason", reason)
          .log("a source of servers fails, what it said last stays");
    }
    publish(State.FAILING, reason, 1, false);
  }

  /** While the source fails nobody is taken out: it may name a server that was missing again. */
  private void timeRemoval() {
    Long nanos = members.nanosUntilRemoval(System.nanoTime());
    if (nanos != null && !removalIsTimed) {
      removalIsTimed = true;
      loop.schedule(this::removeMissing, nanos, TimeUnit.NANOSECONDS);
    }
  }

  private void removeMissing() {
    removalIsTimed = false;
    if (closed || status.state() != State.OK) {
      return;
    }
    boolean changed = members.removeMissing(System.nanoTime());
    publish(State.OK, null, 0, changed);
    timeRemoval();
  }

  private void publish(State state, @Nullable String problem, int failures, boolean changed) {
    if (changed) {
      List<ServerSettings> before = servers;
      servers = members.servers();
      LOG.atInfo()
          .addKeyValue("pool", pool)
          .addKeyValue("source", settings.place())
          .addKeyValue("before", shown(before))
          .addKeyValue("now", shown(servers))
          .log("a source names other servers");
    }
    SourceStatus last = status;
    status =
        new SourceStatus(
            last.pool(),
            last.source(),
            last.identity(),
            state,
            servers.size(),
            members.missing(),
            last.failures() + failures,
            last.changes() + (changed ? 1 : 0),
            state == State.OK ? Instant.now() : last.lastSuccess(),
            problem);
    heard.complete(true);
    if (changed) {
      onChange.run();
    }
  }

  private static List<String> names(List<ServerSettings> servers) {
    return servers.stream().map(ServerSettings::name).toList();
  }

  private static String shown(List<ServerSettings> servers) {
    return servers.stream()
        .map(server -> server.name() + "=" + server.address())
        .collect(Collectors.joining(",", "[", "]"));
  }

  /** On the loop. */
  @Override
  public void close() {
    closed = true;
    if (source != null) {
      source.close();
    }
  }
}
