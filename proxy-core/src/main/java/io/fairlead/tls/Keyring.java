package io.fairlead.tls;

import io.fairlead.config.ListenerSettings;
import io.fairlead.config.ListenerTlsSettings;
import io.fairlead.config.PoolSettings;
import io.fairlead.config.ProxySettings;
import io.fairlead.config.ServerTlsSettings;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys and certificates of a proxy, for those of its connections that speak TLS.
 *
 * <p>Files are looked at every other second. When one has changed, connections that are opened from
 * then on use it; those that are open stay as they are.
 */
public final class Keyring implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Keyring.class);
  private static final Duration LOOK = Duration.ofSeconds(2);

  /** What a handshake computes, which is too long for an event loop to wait for. */
  private static final int COMPUTING_THREADS =
      Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

  private final Map<Object, Renewable> renewables = new ConcurrentHashMap<>();
  private final AtomicLong renewals = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private final Executor computing = computing();
  private @Nullable ScheduledExecutorService looking;

  private Set<Object> leaving = Set.of();

  /** What was said last of files that are no good, so that it is not said every other second. */
  private String lastFailure = "";

  private static Executor computing() {
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            COMPUTING_THREADS,
            COMPUTING_THREADS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            threads("fairlead-tls"));
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }

  private static ThreadFactory threads(String name) {
    return new DefaultThreadFactory(name, true);
  }

  /**
   * Reads the files that settings name and that are not known yet.
   *
   * @throws IOException when one of them is no good; its message says which and why
   */
  public synchronized void add(ProxySettings settings) throws IOException {
    for (ListenerTlsSettings tls : ofListeners(settings)) {
      if (!renewables.containsKey(tls)) {
        renewables.put(tls, Contexts.of(tls));
      }
    }
    for (ServerTlsSettings tls : ofServers(settings)) {
      if (!renewables.containsKey(tls)) {
        renewables.put(tls, Contexts.of(tls));
      }
    }
    if (!renewables.isEmpty() && looking == null) {
      LOG.atInfo().addKeyValue("engine", Contexts.engine()).log("TLS");
      looking = Executors.newSingleThreadScheduledExecutor(threads("fairlead-certificates"));
      long nanos = LOOK.toNanos();
      looking.scheduleWithFixedDelay(this::look, nanos, nanos, TimeUnit.NANOSECONDS);
    }
  }

  /** What a start with these settings would refuse of the files that they name. */
  public static List<String> problems(ProxySettings settings) {
    Set<String> problems = new LinkedHashSet<>();
    for (ListenerTlsSettings tls : ofListeners(settings)) {
      review(() -> Contexts.of(tls), problems);
    }
    for (ServerTlsSettings tls : ofServers(settings)) {
      review(() -> Contexts.of(tls), problems);
    }
    return List.copyOf(problems);
  }

  private static void review(Callable<Renewable> reader, Set<String> problems) {
    try {
      reader.call();
    } catch (Exception e) {
      problems.add(String.valueOf(e.getMessage()));
    }
  }

  /** Forgets what neither these settings name nor those that were given here before. */
  public synchronized void keepOnly(ProxySettings settings) {
    Set<Object> named = new HashSet<>(ofListeners(settings));
    named.addAll(ofServers(settings));
    Set<Object> needed = new HashSet<>(named);
    needed.addAll(
        leaving); // for connections that servers of former settings open in their last moments
    renewables.keySet().retainAll(needed);
    leaving = named;
  }

  private static List<ListenerTlsSettings> ofListeners(ProxySettings settings) {
    List<ListenerTlsSettings> all = new ArrayList<>();
    for (ListenerSettings listener : settings.listeners()) {
      ListenerTlsSettings tls = listener.tls();
      if (tls != null) {
        all.add(tls);
      }
    }
    return all;
  }

  private static List<ServerTlsSettings> ofServers(ProxySettings settings) {
    List<ServerTlsSettings> all = new ArrayList<>();
    for (PoolSettings pool : settings.pools()) {
      ServerTlsSettings tls = pool.connection().tls();
      if (tls != null) {
        all.add(tls);
      }
    }
    return all;
  }

  /** Speaks TLS with a client. */
  public SslHandler withClient(ListenerTlsSettings settings) {
    SslContext context = context(settings);
    SslHandler handler = context.newHandler(TlsBuffers.ALLOCATOR, computing);
    return timed(handler, settings.terms().handshakeTimeout());
  }

  /**
   * Speaks TLS with a server.
   *
   * @param host by which it is called, unless the settings have another name for it
   */
  public SslHandler withServer(ServerTlsSettings settings, String host, int port) {
    String name = settings.serverName();
    SslContext context = context(settings);
    SslHandler handler =
        context.newHandler(TlsBuffers.ALLOCATOR, name == null ? host : name, port, computing);
    return timed(handler, settings.terms().handshakeTimeout());
  }

  private SslContext context(Object settings) {
    Renewable renewable = renewables.get(settings);
    if (renewable == null) {
      throw new IllegalStateException("TLS that the settings do not name");
    }
    return renewable.present().context();
  }

  private static SslHandler timed(SslHandler handler, Duration handshake) {
    handler.setHandshakeTimeoutMillis(handshake.toMillis());
    handler.setCloseNotifyFlushTimeoutMillis(1000);
    return handler;
  }

  /** How the certificates are that are shown, each once. */
  public KeyringStatus status() {
    List<CertificateStatus> shown =
        renewables.values().stream()
            .map(renewable -> renewable.present().shown())
            .filter(Objects::nonNull)
            .distinct()
            .toList();
    return new KeyringStatus(shown, renewals.get(), failures.get());
  }

  private void look() {
    for (Renewable each : renewables.values()) {
      try {
        renew(each);
      } catch (RuntimeException e) {
        LOG.error("certificates could not be looked at", e); // and the next time they will be
      }
    }
  }

  private void renew(Renewable renewable) {
    try {
      if (renewable.renew()) {
        lastFailure = "";
        renewals.incrementAndGet();
        LOG.atInfo().addKeyValue("files", renewable.files()).log("certificate renewed");
      }
    } catch (IOException e) {
      failures.incrementAndGet();
      String failure = String.valueOf(e.getMessage());
      if (!failure.equals(lastFailure)) {
        lastFailure = failure;
        LOG.atWarn()
            .addKeyValue("cause", failure)
            .log("a certificate was not renewed; the one before stays in use");
      }
    }
  }

  @Override
  public synchronized void close() {
    if (looking != null) {
      looking.shutdownNow();
    }
  }
}
