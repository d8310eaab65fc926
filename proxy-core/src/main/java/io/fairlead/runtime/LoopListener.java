package io.fairlead.runtime;

import io.fairlead.config.ListenerSettings;
import io.fairlead.config.ListenerTlsSettings;
import io.fairlead.frontend.ClientConnection;
import io.fairlead.frontend.Clients;
import io.fairlead.frontend.Introspection;
import java.net.SocketAddress;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What one event loop has of one listener: its settings as they are in use, and its clients. */
final class LoopListener {
  private final Clients clients;
  private final Supplier<@Nullable Introspection> introspections;
  private int loops;
  private ListenerSettings settings;
  private @Nullable HandshakePace pace;
  private @Nullable Introspection introspection;

  /**
   * @param loops among which the clients of the listener are spread
   * @param introspections makes what answers questions about the proxy, when that is wanted
   */
  LoopListener(
      Clients clients,
      ListenerSettings settings,
      int loops,
      Supplier<@Nullable Introspection> introspections) {
    this.clients = clients;
    this.introspections = introspections;
    this.settings = settings;
    this.loops = loops;
    follow(settings);
  }

  void follow(ListenerSettings changed) {
    settings = changed;
    if (introspection == null && changed.hasIntrospection()) {
      introspection = introspections.get();
    }
    followPace(changed.tls());
  }

  private void followPace(@Nullable ListenerTlsSettings tls) {
    if (tls == null) {
      return;
    }
    HandshakePace present = pace;
    if (present == null) {
      present = pace = new HandshakePace(clients.loop());
    }
    int perSecond = tls.handshakesPerSecond();
    present.follow(perSecond == 0 ? 0 : Math.max(1, perSecond / loops));
  }

  /** Other loops take clients from now on, or do no more. */
  void spreadAmong(int others) {
    loops = others;
    followPace(settings.tls());
  }

  /** At which clients may begin with TLS. */
  HandshakePace pace() {
    return Objects.requireNonNull(pace);
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
