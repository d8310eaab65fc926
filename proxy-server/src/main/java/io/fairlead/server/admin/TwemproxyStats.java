package io.fairlead.server.admin;

import io.fairlead.config.Address;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The statistics port of twemproxy: whoever connects gets one JSON document, and the connection is
 * closed. The numbers are those of the moment.
 */
public final class TwemproxyStats implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TwemproxyStats.class);
  private static final Duration CONNECTION_LIMIT = Duration.ofSeconds(10);

  private final StatsDocument document;
  private final Port port;
  private volatile @Nullable ProxyReadings readings;

  private TwemproxyStats(Address.Tcp address, String version, int listeners) throws IOException {
    document = new StatsDocument(HostName.read(), version, seconds(), listeners);
    port =
        new Port(
            "twemproxy-stats",
            address,
            false,
            CONNECTION_LIMIT,
            pipeline -> pipeline.addLast(new Connection()));
  }

  /**
   * Listens; until the proxy is ready, connections are closed without a word.
   *
   * @param listeners how many listeners the proxy will have
   * @throws IOException when the address cannot be listened on; its message says which and why
   */
  public static TwemproxyStats start(Address.Tcp address, String version, int listeners)
      throws IOException {
    return new TwemproxyStats(address, version, listeners);
  }

  /** Where it listens; port 0 has become a real one. */
  public InetSocketAddress address() {
    return port.address();
  }

  /** The proxy runs, and its counters can be read. */
  public void onReady(ProxyReadings ofProxy) {
    readings = ofProxy;
    PoolTotals.of(ofProxy.pools().get()).forEach(TwemproxyStats::warnOfRenamed);
  }

  private static void warnOfRenamed(PoolTotals pool) {
    for (String renamed : StatsDocument.renamed(pool)) {
      LOG.atWarn()
          .addKeyValue("pool", pool.pool())
          .addKeyValue("name", renamed)
          .log("a name of the statistics themselves: it gets a prefix at the statistics port");
    }
  }

  private static long seconds() {
    return System.currentTimeMillis() / 1000;
  }

  @Override
  public void close() {
    port.close();
  }

  private final class Connection extends ChannelInboundHandlerAdapter {
    @Override
    public void channelActive(ChannelHandlerContext context) {
      ProxyReadings present = readings;
      if (present == null) {
        var unused = context.close();
        return;
      }
      String text =
          document.write(seconds(), present.loops().get(), PoolTotals.of(present.pools().get()));
      context
          .writeAndFlush(ByteBufUtil.writeUtf8(context.alloc(), text))
          .addListener(ChannelFutureListener.CLOSE);
    }

    /** Nothing has to be asked, and whatever is asked does not matter. */
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ReferenceCountUtil.release(message);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      if (cause instanceof IOException) {
        LOG.atDebug().addKeyValue("client", context.channel().remoteAddress()).log("lost");
      } else {
        LOG.error("statistics could not be written", cause);
      }
      var unused = context.close();
    }
  }
}
