package io.fairlead.discovery;

import java.net.InetAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Where the host names of servers lead. Asked once for as long as an answer is true; while there is
 * a connection to an address that a name has led to, it is asked again by itself, so that a change
 * is seen although nobody connects. What was known last is kept, as a server that has just lost its
 * connections may be looked for while DNS fails.
 */
public final class Names {
  /** Who wants to know which addresses a name leads to. */
  @FunctionalInterface
  public interface Listener {
    /** A name leads to these addresses, and to one or more others no more. */
    void onLeft(String host, Collection<InetAddress> addresses);
  }

  private final Resolver resolver;
  private final DnsChannels channels;
  private final Map<String, Name> names = new HashMap<>();
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();

  Names(Resolver resolver, DnsChannels channels) {
    this.resolver = resolver;
    this.channels = channels;
  }

  /** Adds who is told of addresses that have been left, on the thread of this. */
  public void addListener(Listener listener) {
    listeners.add(listener);
  }

  /**
   * Finds an address of a host, from any thread; one of the two is called on the thread of this.
   */
  public void resolve(String host, Consumer<InetAddress> onAddress, Consumer<String> onFailure) {
    onLoop(() -> name(host).resolve(onAddress, onFailure));
  }

  /** A connection to an address of the host is open; {@link #closed} follows. */
  public void opened(String host) {
    onLoop(() -> name(host).opened());
  }

  public void closed(String host) {
    onLoop(() -> name(host).closed());
  }

  /** Nothing could be reached at an address of the host. */
  public void failed(String host, InetAddress address) {
    onLoop(() -> name(host).failed(address));
  }

  private Name name(String host) {
    return names.computeIfAbsent(
        host,
        key ->
            new Name(
                key,
                resolver,
                channels.loop(),
                addresses -> listeners.forEach(each -> each.onLeft(key, addresses))));
  }

  private void onLoop(Runnable task) {
    if (!channels.loop().isShuttingDown()) {
      channels.loop().execute(task);
    }
  }
}
