package io.fairlead.runtime;

import io.fairlead.config.KeepaliveSettings;
import io.netty.channel.ChannelOption;
import java.time.Duration;

/** What the kernel is told about probes of silent peers. */
final class KeepaliveOptions {
  /** Whose options are set. */
  interface Target {
    <T> void set(ChannelOption<T> option, T value);
  }

  private KeepaliveOptions() {}

  static void set(KeepaliveSettings keepalive, Transport transport, Target target) {
    target.set(ChannelOption.SO_KEEPALIVE, keepalive.on());
    if (keepalive.on()) {
      target.set(transport.keepaliveIdle(), seconds(keepalive.idle()));
      target.set(transport.keepaliveInterval(), seconds(keepalive.interval()));
      target.set(transport.keepaliveProbes(), keepalive.probes());
    }
  }

  private static int seconds(Duration time) {
    return (int) time.toSeconds();
  }
}
