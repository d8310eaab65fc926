package io.fairlead.frontend;

import io.fairlead.access.Permissions;
import io.fairlead.protocol.Command;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** Who a client is, as far as that matters, and what it may do. */
final class Standing {
  private final ClientConnection client;
  private final Clients clients;

  /** Null where anybody may do anything. */
  private final @Nullable Admission admission;

  /** Null for everything. */
  private @Nullable Permissions permissions;

  /**
   * @param from the address of the client; null where that is not known
   */
  Standing(ClientConnection client, Clients clients, @Nullable SocketAddress from) {
    this.client = client;
    this.clients = clients;
    this.admission =
        clients.access.isOpen()
            ? null
            : new Admission(
                client, clients, from instanceof InetSocketAddress inet ? inet.getAddress() : null);
  }

  /** The settings of the listener have changed, or it has become known who the client is. */
  void follow() {
    Admission present = admission;
    if (present == null) {
      permissions = clients.access.of(client.peerName());
    } else {
      permissions = present.isOver() ? clients.access.of(present.identity()) : present.ofStranger();
    }
  }

  /** The client has connected. */
  void onOpen() {
    if (admission != null) {
      admission.begin();
    }
  }

  /** It is who it has said on another event loop. */
  void goOnFor(Standing before) {
    if (admission != null && before.admission != null) {
      admission.goOnFor(before.admission);
    }
  }

  /** What the client may do; null for everything. */
  @Nullable Permissions permissions() {
    return permissions;
  }

  /** Stands before the requests of the client; null when nothing does any more. */
  @Nullable Admission admission() {
    Admission present = admission;
    return present == null || present.isOver() ? null : present;
  }

  /** The name that it has logged in with, or of its certificate; null without one. */
  @Nullable String identity() {
    return admission == null ? client.peerName() : admission.identity();
  }

  /** Whether a request that the client may not make says who it is instead. */
  boolean logsIn(Command command) {
    return admission != null && admission.takes(command);
  }

  /** Whether it is being found out if the client's password is right. */
  boolean isChecked() {
    return admission != null && admission.isChecking();
  }

  /** Whether the client may ask the proxy about itself, where that is switched on. */
  boolean mayIntrospect() {
    return permissions == null || permissions.allowStats();
  }
}
