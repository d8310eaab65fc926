package io.fairlead.frontend;

import io.fairlead.frontend.stats.OpenClients;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What those are told of a client that ask which clients there are. */
final class ListedClient implements OpenClients.Client {
  private static final long UNKNOWN = 0;

  private final ClientConnection client;
  private final OpenClients all;
  private final @Nullable SocketAddress from;
  private @Nullable SocketAddress at;
  private long number;

  /**
   * @param from the address of the client; null where that is not known
   */
  ListedClient(ClientConnection client, OpenClients all, @Nullable SocketAddress from) {
    this.client = client;
    this.all = all;
    this.from = from;
  }

  /**
   * It has connected to an address; null where that is not known.
   *
   * @return false when it was connected before, to another event loop
   */
  boolean enter(@Nullable SocketAddress address) {
    at = address;
    if (number == UNKNOWN) {
      number = all.add(this);
      return true;
    }
    all.addAgain(number, this);
    return false;
  }

  /** It is who another one was, and keeps its number. */
  void goOnFor(ListedClient before) {
    number = before.number;
  }

  void leave() {
    all.remove(number);
  }

  @Override
  public @Nullable SocketAddress from() {
    return from;
  }

  @Override
  public @Nullable SocketAddress at() {
    return at;
  }

  @Override
  public long silenceNanos(long now) {
    return client.times().unheard(now);
  }

  @Override
  public boolean waitsForReplies() {
    return !client.replies().isEmpty();
  }

  /** What is known of it now, on its loop. */
  ClientStatus status(String listener, boolean tls) {
    long now = client.loop().now();
    return new ClientStatus(
        client.peer() instanceof InetSocketAddress inet ? text(inet) : "unix",
        listener,
        tls,
        client.standing().identity(),
        Duration.ofNanos(Math.max(0, client.times().age(now))),
        Duration.ofNanos(Math.max(0, client.times().unheard(now))),
        client.requests().linesRead(),
        client.replies().size(),
        client.unsentBytes() + client.allowance().heldBytes());
  }

  private static String text(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
  }
}
