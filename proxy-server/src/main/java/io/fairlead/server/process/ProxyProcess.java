package io.fairlead.server.process;

import io.fairlead.config.DurationText;
import io.fairlead.config.ProxySettings;
import io.fairlead.config.ShutdownSettings;
import io.fairlead.runtime.Proxy;
import io.fairlead.runtime.ProxyStart;
import io.fairlead.runtime.ServiceManager;
import io.fairlead.server.admin.ProxyReadings;
import io.fairlead.server.admin.ProxyView;
import io.fairlead.server.admin.Reloading;
import io.fairlead.server.command.UserError;
import io.fairlead.server.introspection.McrouterIntrospection;
import io.fairlead.server.warmup.WarmUp;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running proxy together with the ports for its operators. */
public final class ProxyProcess implements AutoCloseable {
  /*
   * Order. The operators' ports open first, so that a start that takes its time is seen as alive and
   * not ready; they close last, so that a drain is seen as not ready until the end.
   *
   * The warm-up comes when clients are served, as they are better off with a cold proxy than with
   * none, and before anybody is sent here. While the process before this one still serves, they have
   * a warm one: then it comes first.
   */
  private static final Logger LOG = LoggerFactory.getLogger("fairlead");

  private final Proxy proxy;
  private final OpsPorts ports;
  private final Succession succession;
  private final @Nullable McrouterIntrospection introspection;
  private final WarmUp warmUp;
  private final Object life = new Object();
  private boolean isAnnounced;
  private boolean isStopping;

  private ProxyProcess(
      Proxy proxy,
      OpsPorts ports,
      Succession succession,
      @Nullable McrouterIntrospection introspection,
      WarmUp warmUp) {
    this.warmUp = warmUp;
    this.succession = succession;
    this.introspection = introspection;
    this.proxy = proxy;
    this.ports = ports;
  }

  public static ProxyProcess start(ProxySettings settings) throws UserError {
    return start(settings, null);
  }

  /** The same with what tells clients about the proxy, which ends with it. */
  public static ProxyProcess start(
      ProxySettings settings, @Nullable McrouterIntrospection introspection) throws UserError {
    return start(settings, introspection, null, WarmUp.NONE);
  }

  /**
   * The same in place of the process before it, if there is one.
   *
   * @param takeover where that waits to be asked; null when none is to be taken over from
   * @param warmUp which is over when this one is announced
   */
  public static ProxyProcess start(
      ProxySettings settings,
      @Nullable McrouterIntrospection introspection,
      @Nullable Path takeover,
      WarmUp warmUp)
      throws UserError {
    Starting starting = new Starting();
    try {
      return starting.start(settings, introspection, takeover, warmUp);
    } catch (IOException | RuntimeException e) {
      starting.undo();
      throw StartFailure.explain(e);
    }
  }

  /** What has been opened for a process that may yet fail to start. */
  private static final class Starting {
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    ProxyProcess start(
        ProxySettings settings,
        @Nullable McrouterIntrospection introspection,
        @Nullable Path takeover,
        WarmUp warmUp)
        throws IOException {
      Succession succession = opens(Succession.begin(settings, takeover));
      OpsPorts ports = opens(OpsPorts.open(settings, succession));
      if (succession.hasPredecessor()) {
        warmUp.run();
      }
      Proxy proxy =
          opens(
              Proxy.start(
                  ProxyStart.with(settings)
                      .answeringBy(introspection)
                      .goingOnWith(succession.sockets())));
      if (introspection != null) {
        introspection.follow(proxy);
      }
      succession.serve(proxy, ports);
      ports.openOthers();
      ports.onServing(ProxyReadings.of(proxy), ProxyView.of(proxy));
      return new ProxyProcess(proxy, ports, succession, introspection, warmUp);
    }

    private <T extends AutoCloseable> T opens(T resource) {
      opened.push(resource);
      return resource;
    }

    void undo() {
      for (AutoCloseable each : opened) {
        try {
          each.close();
        } catch (Exception e) {
          LOG.debug("not closed", e);
        }
      }
    }
  }

  /**
   * Tells everybody, when it is warm, that clients should come: the log, probes, the service
   * manager, the process before it. Nobody is told once it has been told to stop.
   */
  public void announce(ProxySettings settings) {
    Banner.logPlaces(settings, this);
    warmUp.run();
    synchronized (life) {
      if (isStopping || succession.isTakenOver()) {
        return;
      }
      isAnnounced = true;
      ports.onReady();
      Banner.logReady();
      ServiceManager.ofThisProcess().ready();
      succession.onAnnounced(); // whose end the service manager would take for that of the service
    }
  }

  /** Writes files of statistics from now on. */
  public void writeStats(Path folder, Duration interval) {
    if (introspection != null) {
      introspection.writeFiles(folder, interval, proxy);
    }
  }

  /** Where clients connect. */
  public List<SocketAddress> addresses() {
    return proxy.addresses();
  }

  /** Where the admin port listens, if anywhere. */
  public @Nullable InetSocketAddress adminAddress() {
    return ports.adminAddress();
  }

  /** Where statistics are given in the form of twemproxy, if anywhere. */
  @Nullable InetSocketAddress statsAddress() {
    return ports.statsAddress();
  }

  /** Takes other settings; returns the keys of what takes a restart, and stays as it was. */
  public List<String> update(ProxySettings settings) {
    return proxy.update(settings);
  }

  /** Lets operators ask for the configuration to be read again. */
  public void onReloadable(Reloading config) {
    ports.onReloadable(config);
    proxy.configHash(() -> config.status().hash());
  }

  /** Is not ready any more, lets clients end what they have begun, and closes everything. */
  public void stop() {
    ShutdownSettings shutdown = proxy.settings().shutdown();
    Duration delay = beginToStop() ? shutdown.delay() : Duration.ZERO;
    LOG.atInfo()
        .addKeyValue("delay", DurationText.format(delay))
        .addKeyValue("limit", DurationText.format(shutdown.drain()))
        .log("draining");
    ports.onDraining();
    if (!succession.isTakenOver()) {
      ServiceManager.ofThisProcess().stopping();
    }
    try {
      TimeUnit.MILLISECONDS.sleep(delay.toMillis());
      proxy.drain();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    close();
    LOG.info("stopped");
  }

  /** Whether somebody may go on to send clients here, who has yet to learn of it. */
  private boolean beginToStop() {
    warmUp.stop();
    synchronized (life) {
      isStopping = true;
      return isAnnounced && !succession.isTakenOver();
    }
  }

  @Override
  public void close() {
    warmUp.stop();
    if (introspection != null) {
      introspection.close();
    }
    succession.close();
    proxy.close();
    ports.close();
  }
}
