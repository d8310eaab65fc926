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
    bootstrap.option(ChannelOption.TCP_NODELAY, true);
    setKeepalive(bootstrap, pool.connection().keepalive());
  }

  private void setKeepalive(Bootstrap bootstrap, KeepaliveSettings keepalive) {
    bootstrap.option(ChannelOption.SO_KEEPALIVE, keepalive.on());
    setSeconds(bootstrap, transport.keepaliveIdle(), keepalive.idle());
    setSeconds(bootstrap, transport.keepaliveInterval(), keepalive.interval());
    if (keepalive.probes() > 0) {
      bootstrap.option(transport.keepaliveProbes(), keepalive.probes());
    }
  }

  private static void setSeconds(
      Bootstrap bootstrap, ChannelOption<Integer> option, Duration time) {
    if (!time.isZero()) {
      bootstrap.option(option, (int) time.toSeconds());
    }
  }
}
