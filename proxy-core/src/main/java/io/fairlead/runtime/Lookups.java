package io.fairlead.runtime;

import io.fairlead.config.ProxySettings;
import io.fairlead.discovery.DiscoveryPlaces;
import io.fairlead.discovery.DnsChannels;
import io.fairlead.discovery.Membership;
import io.fairlead.discovery.Names;
import io.fairlead.discovery.SourceAnswer;
import io.fairlead.discovery.SourceStatus;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The thread that looks up who belongs to the pools and where host names lead. */
final class Lookups implements AutoCloseable {
  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("fairlead-lookups", true), NioIoHandler.newFactory());

  private final Membership membership;

  /**
   * @param onChange called when sources name other servers
   */
  Lookups(ProxySettings settings, DiscoveryPlaces places, Runnable onChange) {
    DnsChannels channels =
        new DnsChannels(group.next(), NioDatagramChannel::new, NioSocketChannel::new);
    membership = new Membership(settings, channels, places, onChange);
  }

  /** Takes the settings of a file; gives them with the servers that its sources name. */
  ProxySettings follow(ProxySettings file) {
    membership.follow(file);
    return membership.settings();
  }

  /** The same; sources that are new in it are waited for no longer than that. */
  ProxySettings follow(ProxySettings file, Duration longestWait) {
    membership.follow(file, longestWait);
    return membership.settings();
  }

  List<SourceAnswer> answers() {
    return membership.answers();
  }

  ProxySettings settings() {
    return membership.settings();
  }

  Names names() {
    return membership.names();
  }

  List<SourceStatus> status() {
    return membership.status();
  }

  /** Does not wait: it may be the thread of the lookups that is just taking other servers. */
  @Override
  public void close() {
    membership.close();
    group.shutdownGracefully(0, 2, TimeUnit.SECONDS);
  }
}
