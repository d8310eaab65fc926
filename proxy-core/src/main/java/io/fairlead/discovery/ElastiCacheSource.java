package io.fairlead.discovery;

import io.fairlead.config.Identity;
import io.fairlead.config.SourcePlace;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Servers that the configuration endpoint of an ElastiCache cluster lists. */
final class ElastiCacheSource implements Source {
  private static final Duration PERIOD = Duration.ofSeconds(30);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);
  private static final int LARGEST_REPLY = 1 << 20;
  private static final String COMMAND = "config get cluster\r\n";

  /** For versions of memcached before 1.4.14. */
  private static final String OLD_COMMAND = "get AmazonElastiCache:cluster\r\n";

  private final SourcePlace.ElastiCache place;
  private final Identity identity;
  private final Resolver resolver;
  private final DnsChannels channels;
  private final Listener listener;
  private final Polling polling;

  /** That of the present list. */
  private long version = Long.MIN_VALUE;

  private @Nullable Channel asking;

  /** Counts what did not work, as another address of the endpoint may. */
  private int failures;

  ElastiCacheSource(
      SourcePlace.ElastiCache place,
      Identity identity,
      Resolver resolver,
      DnsChannels channels,
      Listener listener) {
    this.place = place;
    this.identity = identity;
    this.resolver = resolver;
    this.channels = channels;
    this.listener = listener;
    this.polling = new Polling(channels.loop(), this::ask, Duration.ofSeconds(1), PERIOD);
  }

  @Override
  public void start() {
    ask();
  }

  private void ask() {
    resolver.addresses(
        place.host(),
        new Answer.Receiver<>() {
          @Override
          public void onAnswer(Answer<InetAddress> answer) {
            connect(answer.found().get(failures % answer.found().size()));
          }

          @Override
          public void onFailure(String reason) {
            fail(reason);
          }
        });
  }

  private void connect(InetAddress address) {
    if (polling.isClosed()) {
      return;
    }
    ChannelFuture connecting =
        new Bootstrap()
            .group(channels.loop())
            .channelFactory(channels.streams())
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) ANSWER_TIMEOUT.toMillis())
            .handler(new Conversation())
            .connect(new InetSocketAddress(address, place.port()));
    asking = connecting.channel();
    connecting.addListener(
        done -> {
          if (!done.isSuccess()) {
            fail(String.valueOf(done.cause()));
          }
        });
  }

  private void take(String reply) {
    try {
      ClusterConfig config = ClusterConfig.parse(reply, identity);
      if (config == null) {
        fail("the endpoint has no configuration of a cluster");
        return;
      }
      if (config.version() > version) {
        version = config.version();
        listener.onServers(config.servers());
      } else {
        listener.onSomeServers(List.of()); // the list that is known
      }
      polling.succeeded(PERIOD);
    } catch (IllegalArgumentException e) {
      fail(String.valueOf(e.getMessage()));
    }
  }

  private void fail(String reason) {
    if (!polling.isClosed()) {
      failures++;
      listener.onFailure(place + ": " + reason);
      polling.failed();
    }
  }

  @Override
  public void close() {
    polling.close();
    if (asking != null) {
      asking.close();
    }
  }

  /** One question and its reply; asks in the old way when the new one is refused. */
  private final class Conversation extends SimpleChannelInboundHandler<ByteBuf> {
    private final StringBuilder reply = new StringBuilder();
    private boolean isOld;
    private boolean isOver;

    @Override
    public void channelActive(ChannelHandlerContext context) {
      send(context, COMMAND);
      context
          .executor()
          .schedule(
              () -> end(context, "no answer"), ANSWER_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void send(ChannelHandlerContext context, String command) {
      context.writeAndFlush(Unpooled.copiedBuffer(command, StandardCharsets.US_ASCII));
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf in) {
      reply.append(in.toString(StandardCharsets.ISO_8859_1));
      if (reply.length() > LARGEST_REPLY) {
        end(context, "a reply of more than 1 MiB");
        return;
      }
      String text = reply.toString();
      if (!ClusterConfig.isComplete(text)) {
        return;
      }
      if (ClusterConfig.isRefused(text) && !isOld) {
        isOld = true;
        reply.setLength(0);
        send(context, OLD_COMMAND);
        return;
      }
      isOver = true;
      context.close();
      take(text);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      end(context, "the connection was closed");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      end(context, cause.toString());
    }

    private void end(ChannelHandlerContext context, String reason) {
      if (!isOver) {
        isOver = true;
        context.close();
        fail(reason);
      }
    }
  }
}
