package io.fairlead.backend;

import io.fairlead.config.PoolSettings;
import io.fairlead.config.ServerSettings;
import io.fairlead.loop.Connection;
import java.util.function.Consumer;

/** Opens connections to servers, whatever the transport. */
public interface Connector {
  /**
   * Opens {@code connection} to a server of a pool; when that fails, calls {@code onFailure} on the
   * event loop of the connection, but never before this call has returned. Never blocks.
   */
  void connect(
      ServerSettings server,
      PoolSettings pool,
      Connection connection,
      Consumer<Throwable> onFailure);
}
