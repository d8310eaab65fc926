package io.fairlead.frontend;

import io.fairlead.config.ClientLimits;
import io.fairlead.loop.ProxyLoop;

/** What is done with the clients of a listener as time goes by. */
final class Watches {
  private final UnreadClients unread;
  private final IdleClients idle;
  private final SlowCommands slow;
  private final PacedClients paced;

  Watches(ProxyLoop loop) {
    unread = new UnreadClients(loop);
    idle = new IdleClients(loop);
    slow = new SlowCommands(loop);
    paced = new PacedClients(loop);
  }

  /** Lets other limits hold, for those who are here as well. */
  void follow(ClientLimits limits, Iterable<ClientConnection> open) {
    unread.follow(limits.clientTimeout().toNanos());
    idle.follow(limits.idleTimeout().toNanos(), open);
    slow.follow(limits.commandTimeout().toNanos());
  }

  UnreadClients unread() {
    return unread;
  }

  IdleClients idle() {
    return idle;
  }

  SlowCommands slow() {
    return slow;
  }

  PacedClients paced() {
    return paced;
  }
}
