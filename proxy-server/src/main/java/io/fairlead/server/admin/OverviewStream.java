package io.fairlead.server.admin;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /overview/stream}: the overview once a second, as server-sent events. */
final class OverviewStream {
  /*
   * Everything but the making of an overview is on the loop of the port. While nobody listens nothing
   * is made, and no timer runs. A listener that has not taken the last event when the next one is due
   * misses it, and is closed when it misses one after the other.
   */
  static final String PATH = "/overview/stream";
  static final int MOST_LISTENERS = 16;

  private static final Logger LOG = LoggerFactory.getLogger(OverviewStream.class);
  private static final int MOST_MISSED = 5;

  private final Overview overview;
  private final Executor readers;
  private final long periodMillis;
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private volatile boolean isRunning;

  /** One that listens, and the last event that was written to it. */
  private static final class Listener {
    final Channel channel;
    ChannelFuture written;
    int missed;

    Listener(Channel channel, ChannelFuture written) {
      this.channel = channel;
      this.written = written;
    }
  }

  /**
   * @param readers makes overviews, which takes time
   */
  OverviewStream(Overview overview, Executor readers, long periodMillis) {
    this.overview = overview;
    this.readers = readers;
    this.periodMillis = periodMillis;
  }

  /** Begins to send events to a client, if there are not too many. */
  void open(ChannelHandlerContext context, HttpMethod method) {
    if (listeners.size() >= MOST_LISTENERS) {
      Answer.write(
          context,
          Page.error(
              HttpResponseStatus.SERVICE_UNAVAILABLE,
              "too many listen already (expected: at most " + MOST_LISTENERS + ")"));
      return;
    }
    HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
    Answer.addCommon(response.headers(), "text/event-stream; charset=utf-8", Page.NOTHING);
    ChannelFuture written = context.writeAndFlush(response);
    if (method.equals(HttpMethod.HEAD)) {
      written.addListener(ChannelFutureListener.CLOSE);
      return;
    }
    Port.keepOpen(context.channel());
    Listener listener = new Listener(context.channel(), written);
    listeners.add(listener);
    context.channel().closeFuture().addListener(closed -> listeners.remove(listener));
    if (!isRunning) {
      isRunning = true;
      make(context.channel());
    }
  }

  /** How many listen. */
  int count() {
    return listeners.size();
  }

  /** Whether overviews are made. */
  boolean isRunning() {
    return isRunning;
  }

  private void make(Channel any) {
    try {
      readers.execute(() -> send(any));
    } catch (RejectedExecutionException e) {
      schedule(any); // others wait for a page, and this one is not more important
    }
  }

  private void send(Channel any) {
    try {
      String event = "event: overview\ndata: " + overview.json() + "\n\n";
      any.eventLoop().execute(() -> send(any, event));
    } catch (RuntimeException e) {
      LOG.error("no overview could be made", e);
      any.eventLoop().execute(() -> schedule(any));
    }
  }

  private void send(Channel any, String event) {
    for (Listener listener : listeners) {
      send(listener, event);
    }
    schedule(any);
  }

  private static void send(Listener listener, String event) {
    if (!listener.written.isDone()) {
      if (++listener.missed >= MOST_MISSED) {
        var unused = listener.channel.close();
      }
      return;
    }
    listener.missed = 0;
    listener.written =
        listener.channel.writeAndFlush(
            new DefaultHttpContent(ByteBufUtil.writeUtf8(listener.channel.alloc(), event)));
  }

  private void schedule(Channel any) {
    if (listeners.isEmpty()) {
      isRunning = false;
      return;
    }
    var unused = any.eventLoop().schedule(() -> make(any), periodMillis, TimeUnit.MILLISECONDS);
  }
}
