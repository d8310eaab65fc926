package io.fairlead.runtime;

import io.fairlead.config.ProxySettings;
import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;

/** A running proxy: its event loops, listeners and connections. */
public final class Proxy implements AutoCloseable {
  private Proxy() {}

  /**
   * Opens every listener and returns when all of them accept connections.
   *
   * @throws IOException when an address cannot be listened on; its message says which and why
   */
  public static Proxy start(ProxySettings settings) throws IOException {
    throw new IOException("not yet: " + settings);
  }

  /**
   * The addresses that are listened on, in the order of the settings; port 0 has become a real one.
   */
  public List<SocketAddress> addresses() {
    return List.of();
  }

  /**
   * Stops accepting, waits until requests in flight are answered or {@code limit} is over, closes.
   */
  public void drain(Duration limit) {}

  /** Closes everything at once. */
  @Override
  public void close() {}
}
