package io.fairlead.discovery;

import io.fairlead.config.DiscoverySettings;
import io.fairlead.config.PoolSettings;
import io.fairlead.config.ProxySettings;
import io.fairlead.config.ServerSettings;
import io.fairlead.config.SourceSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who belongs to the pools of a proxy: the servers of the last file, and those that the sources in
 * it have named last.
 */
public final class Membership implements AutoCloseable {
  /*
   * Order. A file and the sources may change at the same moment, on different threads. So neither
   * brings settings along: each says that there are others, and they are put together when they are
   * taken.
   */
  private static final Logger LOG = LoggerFactory.getLogger(Membership.class);

  /** Changes that come together are taken together. */
  private static final Duration DEBOUNCE = Duration.ofMillis(500);

  /** A proxy starts without the sources that have not answered by then. */
  private static final Duration LONGEST_WAIT = Duration.ofMillis(800);

  private final DnsChannels channels;
  private final Resolver resolver;
  private final Names names;
  private final Sources sources;
  private final Runnable onChange;
  private volatile Map<Key, Feed> feeds = Map.of();
  private volatile ProxySettings file;
  private boolean isPending;
  private boolean closed;

  /** What makes a source another one. */
  private record Key(String pool, SourceSettings source, Duration removeAfter) {}

  /**
   * @param settings of the file
   * @param onChange called when {@link #settings} have changed because of a source; on the thread
   *     of the channels, which it may block for a moment
   */
  public Membership(
      ProxySettings settings, DnsChannels channels, DiscoveryPlaces places, Runnable onChange) {
    this.file = settings;
    this.channels = channels;
    this.resolver = new Resolver(channels, places);
    this.names = new Names(resolver, channels);
    this.sources = new Sources(channels, resolver, places);
    this.onChange = onChange;
  }

  /** Where host names lead. */
  public Names names() {
    return names;
  }

  /**
   * Takes the settings of a file, and waits a moment for sources that are new in it. Not to be
   * called on the thread of the channels.
   */
  public void follow(ProxySettings settings) {
    follow(settings, LONGEST_WAIT);
  }

  /** The same with another limit for the moment. */
  public synchronized void follow(ProxySettings settings, Duration longestWait) {
    Map<Key, Feed> before = feeds;
    Map<Key, Feed> next = new LinkedHashMap<>();
    List<CompletableFuture<Boolean>> heard = new ArrayList<>();
    for (PoolSettings pool : settings.pools()) {
      DiscoverySettings discovery = pool.discovery();
      for (SourceSettings source : discovery.sources()) {
        Key key = new Key(pool.name(), source, discovery.removeAfter());
        Feed feed = before.get(key);
        if (feed == null) {
          feed = new Feed(pool.name(), source, discovery, channels.loop(), this::onFeedChanged);
          feed.start(sources.source(source, feed));
          heard.add(feed.heard());
        }
        next.put(key, feed);
      }
    }
    await(heard, longestWait);
    feeds = next;
    file = settings;
    before.forEach(
        (key, feed) -> {
          if (!next.containsKey(key)) {
            channels.loop().execute(feed::close);
          }
        });
  }

  private static void await(List<CompletableFuture<Boolean>> heard, Duration longestWait) {
    try {
      CompletableFuture.allOf(heard.toArray(CompletableFuture<?>[]::new))
          .get(longestWait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      // They may come later: a proxy that waits for them would serve nobody.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private void onFeedChanged() {
    if (!isPending && !closed) {
      isPending = true;
      channels.loop().schedule(this::tell, DEBOUNCE.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void tell() {
    isPending = false;
    if (closed) {
      return;
    }
    try {
      onChange.run();
    } catch (RuntimeException e) {
      LOG.error("the servers that a source names were not taken, please report it", e);
    }
  }

  /** The settings of the file with the servers that there are at present; from any thread. */
  public ProxySettings settings() {
    ProxySettings present = file;
    Map<Key, Feed> from = feeds;
    return from.isEmpty()
        ? present
        : present
            .change()
            .pools(present.pools().stream().map(pool -> pool(pool, from)).toList())
            .build();
  }

  private static PoolSettings pool(PoolSettings pool, Map<Key, Feed> feeds) {
    DiscoverySettings discovery = pool.discovery();
    if (!discovery.isOn()) {
      return pool;
    }
    List<ServerSettings> servers = new ArrayList<>(pool.servers());
    Set<String> taken = new HashSet<>();
    servers.forEach(server -> taken.add(server.name()));
    for (SourceSettings source : discovery.sources()) {
      Feed feed = feeds.get(new Key(pool.name(), source, discovery.removeAfter()));
      if (feed != null) {
        addOthers(pool.name(), source, feed.servers(), servers, taken);
      }
    }
    return pool.withServers(servers);
  }

  /** No two servers of a pool may have one name. */
  private static void addOthers(
      String pool,
      SourceSettings source,
      List<ServerSettings> named,
      List<ServerSettings> servers,
      Set<String> taken) {
    for (ServerSettings server : named) {
      if (taken.add(server.name())) {
        servers.add(server);
      } else {
        LOG.atWarn()
            .addKeyValue("pool", pool)
            .addKeyValue("source", source.place())
            .addKeyValue("server", server.name())
            .log("a server was left out, as another has its name");
      }
    }
  }

  /** How each source does; from any thread. */
  public List<SourceStatus> status() {
    return feeds.values().stream().map(Feed::status).toList();
  }

  /** What each source has said; from any thread. */
  public List<SourceAnswer> answers() {
    return feeds.values().stream()
        .map(feed -> new SourceAnswer(feed.status(), feed.servers()))
        .toList();
  }

  /** Looks nothing up any more. */
  @Override
  public void close() {
    channels
        .loop()
        .execute(
            () -> {
              closed = true;
              feeds.values().forEach(Feed::close);
              resolver.close();
            });
  }
}
