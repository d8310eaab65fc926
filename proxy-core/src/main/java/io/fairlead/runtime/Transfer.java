package io.fairlead.runtime;

import io.fairlead.frontend.ClientConnection;
import io.fairlead.frontend.MovingClient.Destination;
import io.fairlead.loop.ProxyLoop;
import java.net.SocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Where clients of a listener go on when they leave their event loop. */
final class Transfer implements Destination {
  private final LoopClients to;
  private final Listener listener;
  private final AtomicInteger onTheWay;

  /**
   * @param onTheWay clients that are on no loop
   */
  Transfer(LoopClients to, Listener listener, AtomicInteger onTheWay) {
    this.to = to;
    this.listener = listener;
    this.onTheWay = onTheWay;
  }

  @Override
  public ProxyLoop loop() {
    return to.loop();
  }

  @Override
  public void onBegin() {
    onTheWay.incrementAndGet();
  }

  @Override
  public @Nullable ClientConnection accept(@Nullable SocketAddress from) {
    return to.accept(listener, from);
  }

  @Override
  public void onOver() {
    onTheWay.decrementAndGet();
  }
}
