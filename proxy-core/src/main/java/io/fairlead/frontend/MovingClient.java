package io.fairlead.frontend;

import io.fairlead.loop.Connection;
import io.fairlead.loop.Passage;
import io.fairlead.loop.ProxyLoop;
import java.net.SocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A client that is to go on on another event loop, without noticing it. */
public final class MovingClient {
  /*
   * What it takes along: who it is, its number and its times, what it has used of its limits. What is
   * counted of it goes over with it; it is neither accepted nor closed.
   *
   * Order: the next request goes to the same server over another connection. Where a request is answered
   * when everything is done for it, that is no matter. A tree of routes and replicas may have
   * something left to do, a write to one more server, which the next write to the same key must not
   * overtake; a shared get may be told what was true before the client's last write. There the client
   * has to have been silent for longer than any of that takes.
   */
  private static final long SETTLED_NANOS = Duration.ofSeconds(10).toNanos();

  private final ClientConnection client;

  /** Where it goes on. */
  public interface Destination {
    ProxyLoop loop();

    /** One begins to come; from another loop, as the end is. */
    void onBegin();

    /** A client of the same listener, on that loop; null when the listener is closed. */
    @Nullable ClientConnection accept(@Nullable SocketAddress from);

    /** It has come, or could not, or has not left its loop after all. */
    void onOver();
  }

  MovingClient(ClientConnection client) {
    this.client = client;
  }

  /** Whether it is gone, so that nobody can go on for it. */
  public boolean isGone() {
    return client.isClosed();
  }

  /**
   * Goes if it is at rest, on the loop that it is on.
   *
   * @return whether it is on its way, of which the destination hears the end
   */
  public boolean go(Destination destination) {
    boolean begins = Passage.begin(client, destination.loop(), new Traveller(client, destination));
    if (begins) {
      destination.onBegin();
    }
    return begins;
  }

  private static boolean isAtRest(ClientConnection client) {
    return client.waitsForNothing()
        && client.requests().isAtRest()
        && client.standing().admission() == null
        && client.allowance().heldBytes() == 0
        && !client.ending().hasInputEnded()
        && isSettled(client);
  }

  private static boolean isSettled(ClientConnection client) {
    return client.clients().route.isDoneWhenAnswered()
        || client.times().unheard(client.loop().now()) >= SETTLED_NANOS;
  }

  /** One way, of a client from one loop to another. */
  private record Traveller(ClientConnection client, Destination destination)
      implements Passage.Traveller {
    @Override
    public boolean isAtRest() {
      return MovingClient.isAtRest(client);
    }

    @Override
    public void onLeft() {
      client.listed().leave();
      client.clients().left(client);
    }

    @Override
    public @Nullable Connection onArrived(@Nullable SocketAddress from) {
      ClientConnection next = destination.accept(from);
      if (next != null) {
        handOver(next);
      }
      return next;
    }

    private void handOver(ClientConnection next) {
      next.times().goOnFrom(client.times());
      next.listed().goOnFor(client.listed());
      next.requests().goOnFor(client.requests());
      next.holdback().goOnFor(client.holdback());
      next.standing().goOnFor(client.standing());
    }

    @Override
    public void onOver() {
      destination.onOver();
    }
  }
}
