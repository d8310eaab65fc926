package io.fairlead.frontend.stats;

import java.net.SocketAddress;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The clients of all event loops that are connected, the oldest first, for whoever wants to see
 * them. A client is entered once and taken out once; no request passes here.
 */
public final class OpenClients {
  /** Below are the numbers of listeners. */
  static final long FIRST = 100;

  private final AtomicLong next = new AtomicLong(FIRST);
  private final ConcurrentNavigableMap<Long, Client> clients = new ConcurrentSkipListMap<>();

  /** One of them, as others see it: what it says may be a moment old. From any thread. */
  public interface Client {
    @Nullable SocketAddress from();

    /** Where it has connected to. */
    @Nullable SocketAddress at();

    /** How long it has sent nothing. */
    long silenceNanos(long now);

    boolean waitsForReplies();
  }

  /** Enters a client; gives what it is taken out with. */
  public long add(Client client) {
    long id = next.getAndIncrement();
    clients.put(id, client);
    return id;
  }

  /** Enters a client that was taken out, in its old place. */
  public void addAgain(long id, Client client) {
    clients.put(id, client);
  }

  public void remove(long id) {
    clients.remove(id);
  }

  ConcurrentNavigableMap<Long, Client> byAge() {
    return clients;
  }
}
