package io.fairlead.runtime;

import io.fairlead.config.ClientLimits;
import io.fairlead.config.ListenerSettings;
import io.fairlead.tls.Keyring;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The listeners of a proxy, some of which another configuration opens or closes. */
final class Listeners {
  private final Transport transport;
  private final Loops loops;
  private final ClientPlaces places;
  private final Keyring keyring;
  private volatile List<Listener> present = List.of();

  /** Another process listens on the same sockets. */
  private volatile boolean shared;

  /**
   * @param loops those that clients are given to
   * @param places those of the clients of all listeners
   * @param keyring what they speak TLS with
   */
  Listeners(Transport transport, Loops loops, ClientPlaces places, Keyring keyring) {
    this.transport = transport;
    this.loops = loops;
    this.places = places;
    this.keyring = keyring;
  }

  /** Those in use, in the order of the settings. */
  List<Listener> present() {
    return present;
  }

  /**
   * Listeners for other settings: the present ones where the address is the same, and new ones that
   * accept nobody yet.
   *
   * @param given sockets that listen already, which are used in place of new ones
   * @throws IOException when an address cannot be listened on; then no new one is left open
   */
  List<Listener> open(List<ListenerSettings> wanted, GivenSockets given) throws IOException {
    List<Listener> kept = new ArrayList<>(present);
    List<Listener> opened = new ArrayList<>();
    try {
      for (ListenerSettings settings : wanted) {
        opened.add(takeOrOpen(kept, settings, given));
      }
      return opened;
    } catch (IOException | RuntimeException e) {
      abandon(opened);
      throw e;
    }
  }

  private Listener takeOrOpen(List<Listener> kept, ListenerSettings settings, GivenSockets given)
      throws IOException {
    for (Listener listener : kept) {
      if (listener.isAt(settings)) {
        kept.remove(listener);
        return listener;
      }
    }
    return new Listener(
        settings,
        transport,
        loops.acceptors(),
        loops.group(),
        loops.allocator(),
        loops::of,
        places,
        keyring,
        given);
  }

  /** Says whether another process listens on the same sockets. */
  void share(boolean isShared) {
    shared = isShared;
  }

  /** Closes those that were opened in vain. */
  void abandon(List<Listener> opened) {
    opened.stream().filter(listener -> !present.contains(listener)).forEach(this::close);
  }

  /** Closes those that are not wanted any more. */
  void closeOthers(List<Listener> wanted) {
    close(present.stream().filter(listener -> !wanted.contains(listener)).toList());
  }

  /**
   * Accepts clients, as the settings in the same order say.
   *
   * @param limits of clients whose listener has no others
   */
  void accept(List<Listener> opened, List<ListenerSettings> settings, ClientLimits limits) {
    present = List.copyOf(opened);
    for (int i = 0; i < settings.size(); i++) {
      opened.get(i).accept(settings.get(i), settings.get(i).limitsOr(limits));
    }
  }

  void close() {
    close(present);
  }

  /**
   * Leaves the clients of ports that are shared to other processes first, as far as there are any.
   */
  private void close(List<Listener> leaving) {
    if (!shared) {
      Diversion.of(leaving.stream().filter(Listener::canDivert).toList());
    }
    leaving.forEach(this::close);
  }

  private void close(Listener listener) {
    listener.close(shared);
  }
}
