package io.fairlead.runtime;

import io.fairlead.config.KeepaliveSettings;
import io.fairlead.config.PoolSettings;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import java.time.Duration;

/** What the kernel is told about TCP connections to the servers of a pool. */
final class ServerSocketOptions {
  private final Transport transport;
  private final PoolSettings pool;

  ServerSocketOptions(Transport transport, PoolSettings pool) {
    this.transport = transport;
    this.pool = pool;
  }

  void setOn(Bootstrap bootstrap) {
    KeepaliveSettings keepalive = pool.connection().keepalive();
    bootstrap.option(ChannelOption.TCP_NODELAY, true);
    KeepaliveOptions.set(keepalive, transport, bootstrap::option);
    if (keepalive.on()) {
      limitUnacknowledged(bootstrap, keepalive.longestSilence());
    }
  }

  /**
   * A request to a server that is gone keeps the kernel from probing it, and would be sent again
   * for a quarter of an hour. The limit holds for connecting as well, which has its own.
   */
  private void limitUnacknowledged(Bootstrap bootstrap, Duration longest) {
    ChannelOption<Integer> option = transport.longestUnacknowledged();
    if (option != null) {
      long millis = Math.max(longest.toMillis(), pool.connectTimeout().toMillis());
      bootstrap.option(option, (int) Math.min(millis, Integer.MAX_VALUE));
    }
  }
}
