package io.fairlead.runtime;

import io.fairlead.config.ListenerSettings;
import io.fairlead.frontend.ClientConnection;
import io.fairlead.frontend.Clients;
import io.fairlead.frontend.Introspection;
import java.net.SocketAddress;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What one event loop has of one listener: its settings as they are in use, and its clients. */
final class LoopListener {
  private final Clients clients;
  private final Supplier<@Nullable Introspection> introspections;
  private ListenerSettings settings;
  private @Nullable Introspection introspection;

  /**
   * @param introspections makes what answers questions about the proxy, when that is wanted
   */
  LoopListener(
      Clients clients,
      ListenerSettings settings,
      Supplier<@Nullable Introspection> introspections) {
    this.clients = clients;
    this.introspections = introspections;
    this.settings = settings;
    follow(settings);
  }

  void follow(ListenerSettings changed) {
    settings = changed;
    if (introspection == null && changed.hasIntrospection()) {
      introspection = introspections.get();
    }
  }

  ListenerSettings settings() {
    return settings;
  }

  Clients clients() {
    return clients;
  }

  ClientConnection accept(@Nullable SocketAddress from) {
    Introspection answers = introspection;
    boolean introspects = answers != null && settings.introspects(from);
    return clients.accept(from, introspects ? answers : null);
  }
}
