package io.fairlead.backend;

import io.fairlead.loop.Connection;
import io.fairlead.loop.ProxyLoop;
import io.fairlead.metrics.Counter;

/** A connection that the proxy opens to a server. */
abstract class OutboundConnection extends Connection {
  OutboundConnection(ProxyLoop loop) {
    super(loop);
  }

  @Override
  protected final void onAccounted(long difference) {
    loop.stats().add(Counter.SERVER_BUFFERED_BYTES, difference);
  }
}
