package io.fairlead.backend;

import org.jspecify.annotations.Nullable;

/**
 * Asks again for keys that cannot have the reply that they were to share, each in a line of its
 * own.
 */
final class LoneGets {
  /** Copies of a value that is given to all who share a get. */
  private static final int SHARED_BYTES = 1 << 20;

  private final ServerConnection connection;
  private final ServerAccounts accounts;
  private final ExchangePool exchanges;

  /** Null when gets are not shared while they are under way. */
  private final @Nullable SharedGets shared;

  LoneGets(
      ServerConnection connection,
      Server server,
      ExchangePool exchanges,
      @Nullable SharedGets shared) {
    this.connection = connection;
    this.accounts = server.accounts();
    this.exchanges = exchanges;
    this.shared = shared;
  }

  /** Asks for a key in place of one that shared its line with another, which was refused. */
  void askInsteadOf(Exchange refused) {
    accounts.retried();
    if (shared != null) {
      shared.remove(refused);
    }
    Exchange again = exchanges.take(ReplySink.NOBODY, 0);
    again.replaces(refused);
    ask(again);
  }

  /**
   * A large value has begun to come. Each of those who share it would have a copy of it in memory
   * at once: no more do than may, and the others ask again, as far as they have not written since.
   */
  void onLargeValue(Exchange exchange, int bytes) {
    if (shared == null) {
      return;
    }
    shared.remove(exchange);
    int most = Math.max(1, SHARED_BYTES / bytes);
    Exchange rest = exchange.keepSharers(most);
    while (rest != null) {
      Exchange next = rest.keepSharers(most);
      rest.deadline = exchange.deadline;
      ask(rest);
      rest = next;
    }
  }

  private void ask(Exchange again) {
    again.retried = true;
    again.alone = true;
    if (connection.isClosed()) { // by a fault while the one before was asked for
      exchanges.fail(again, Failure.LOST);
      return;
    }
    connection.endBatch();
    connection.get(again);
    if (!connection.isClosed()) {
      connection.endBatch();
    }
  }
}
