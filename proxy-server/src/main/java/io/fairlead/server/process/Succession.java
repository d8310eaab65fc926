package io.fairlead.server.process;

import io.fairlead.config.ProxySettings;
import io.fairlead.runtime.GivenSockets;
import io.fairlead.runtime.HeldSocket;
import io.fairlead.runtime.Proxy;
import io.fairlead.runtime.Takeover;
import io.fairlead.runtime.TakeoverOffer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a process has to do with the one before it and the one after it. */
final class Succession implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("fairlead");

  private final @Nullable Path path;
  private final @Nullable Takeover predecessor;
  private @Nullable TakeoverOffer offer;
  private volatile boolean isTakenOver;

  private Succession(@Nullable Path path, @Nullable Takeover predecessor) {
    this.path = path;
    this.predecessor = predecessor;
  }

  /**
   * Asks the process before this one for its sockets.
   *
   * @param path where that waits, and this one will; null for neither
   */
  static Succession begin(ProxySettings settings, @Nullable Path path) throws IOException {
    if (path == null) {
      return new Succession(null, null);
    }
    Takeover.requirePossible(settings.threads().transport());
    Takeover predecessor = Takeover.ask(path);
    if (predecessor == null) {
      LOG.atInfo().addKeyValue("path", path).log("nobody to take over from");
    } else {
      LOG.atInfo().addKeyValue("pid", predecessor.pid()).log("taking over");
    }
    return new Succession(path, predecessor);
  }

  /** The sockets of the process before this one, if there is one. */
  GivenSockets sockets() {
    return predecessor == null ? new GivenSockets() : predecessor.sockets();
  }

  /** Whether another process serves until this one does. */
  boolean hasPredecessor() {
    return predecessor != null;
  }

  /** Whether a port can only be bound when the process before this one has let go of it. */
  boolean mustWaitFor(String port) {
    return predecessor != null && predecessor.holdsPort(port);
  }

  /** The proxy serves: the process before this one lets go, and the next one may ask. */
  void serve(Proxy proxy, OpsPorts ports) throws IOException {
    if (path == null) {
      return;
    }
    TakeoverOffer opened = TakeoverOffer.open(path, sockets(), new Holder(proxy, ports));
    offer = opened;
    if (predecessor != null) {
      predecessor.ready();
      proxy.onSucceeded();
      opened.onSucceeded();
    }
  }

  /** Everybody knows that this process serves: the one before it may end. */
  void onAnnounced() {
    if (predecessor != null) {
      predecessor.close();
    }
  }

  /** Whether another process serves in place of this one. */
  boolean isTakenOver() {
    return isTakenOver;
  }

  /** Nobody is taken over from any more, and nobody takes over. */
  @Override
  public void close() {
    if (predecessor != null) {
      predecessor.close();
    }
    if (offer != null) {
      offer.close();
    }
  }

  private final class Holder implements TakeoverOffer.Holder {
    private final Proxy proxy;
    private final OpsPorts ports;

    Holder(Proxy proxy, OpsPorts ports) {
      this.proxy = proxy;
      this.ports = ports;
    }

    @Override
    public List<HeldSocket> sockets() {
      return proxy.sockets();
    }

    @Override
    public List<String> ports() {
      return ports.names();
    }

    @Override
    public void letGo() {
      proxy.letGo();
      isTakenOver = true;
      ports.close();
    }

    @Override
    public void onTakenOver() {
      System.exit(0);
    }
  }
}
