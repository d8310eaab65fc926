package io.fairlead.frontend;

import io.fairlead.loop.ProxyLoop;

/** Lets clients go on that had to wait because their requests came too fast. */
final class PacedClients extends ClientWatch {
  PacedClients(ProxyLoop loop) {
    super(loop);
  }

  @Override
  protected long timeout() {
    return ProxyLoop.TICK_NANOS;
  }

  @Override
  protected long look(ClientConnection client, long now) {
    RequestPace pace = client.holdback().pace();
    long left = pace == null ? OVER : pace.left(now);
    if (left <= OVER) {
      client.resume();
    }
    return left;
  }
}
