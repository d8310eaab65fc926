package io.fairlead.server.admin;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection to the admin port: one request, one answer, closed. */
final class AdminHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
  /*
   * A connection lives for one exchange: probes and scrapes are seconds apart, so keeping connections
   * would save nothing. A client that sends headers drop by drop, never sends any, or does not read the
   * answer, is ended by the port.
   */
  private static final Logger LOG = LoggerFactory.getLogger(AdminHandler.class);

  private final AdminPages pages;
  private final Executor readers;

  /**
   * @param readers makes the pages that take time
   */
  AdminHandler(AdminPages pages, Executor readers) {
    this.pages = pages;
    this.readers = readers;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
    if (isReload(request)) {
      reload(context, request);
    } else if (AdminPages.asksLoops(path(request))) {
      read(context, request);
    } else {
      write(context, answer(request), HttpMethod.GET);
    }
  }

  /** An event loop of the proxy that does not answer must not keep probes from being answered. */
  private void read(ChannelHandlerContext context, FullHttpRequest request) {
    try {
      readers.execute(
          () -> {
            if (context.channel().isActive()) {
              Page page = answer(request);
              context.executor().execute(() -> write(context, page, HttpMethod.GET));
            }
          });
    } catch (RejectedExecutionException e) {
      write(
          context,
          Page.error(HttpResponseStatus.SERVICE_UNAVAILABLE, "too many wait for this page"),
          HttpMethod.GET);
    }
  }

  private static boolean isReload(FullHttpRequest request) {
    return request.decoderResult().isSuccess() && path(request).equals(AdminPages.RELOAD);
  }

  private static String path(FullHttpRequest request) {
    String uri = request.uri();
    int query = uri.indexOf('?');
    return query < 0 ? uri : uri.substring(0, query);
  }

  /** The files are read on a thread of their own; meanwhile this one answers others. */
  private void reload(ChannelHandlerContext context, FullHttpRequest request) {
    if (!request.method().equals(HttpMethod.POST)) {
      write(
          context,
          Page.error(HttpResponseStatus.METHOD_NOT_ALLOWED, "only POST is answered"),
          HttpMethod.POST);
      return;
    }
    if (!mayChange(context, request)) {
      write(
          context,
          Page.error(HttpResponseStatus.FORBIDDEN, "only programs on this machine may do that"),
          HttpMethod.POST);
      return;
    }
    var unused =
        pages
            .reload()
            .whenComplete(
                (page, failure) ->
                    context
                        .executor()
                        .execute(
                            () ->
                                write(
                                    context,
                                    page == null ? failed(request.uri(), failure) : page,
                                    HttpMethod.POST)));
  }

  /** Only from this machine, and from no page in a browser on it, which would name its origin. */
  private static boolean mayChange(ChannelHandlerContext context, FullHttpRequest request) {
    return context.channel().remoteAddress() instanceof InetSocketAddress peer
        && peer.getAddress().isLoopbackAddress()
        && !request.headers().contains(HttpHeaderNames.ORIGIN);
  }

  private static void write(ChannelHandlerContext context, Page page, HttpMethod allowed) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            page.status(),
            ByteBufUtil.writeUtf8(context.alloc(), page.body()));
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, page.contentType())
        .setInt(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes())
        .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE)
        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    if (page.status().equals(HttpResponseStatus.METHOD_NOT_ALLOWED)) {
      response.headers().set(HttpHeaderNames.ALLOW, allowed);
    }
    context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
  }

  private Page answer(FullHttpRequest request) {
    if (request.decoderResult().isFailure()) {
      return Page.error(refusal(request.decoderResult().cause()), "the request is malformed");
    }
    if (!request.method().equals(HttpMethod.GET)) {
      return Page.error(HttpResponseStatus.METHOD_NOT_ALLOWED, "only GET is answered");
    }
    try {
      String path = path(request);
      return path.equals(AdminPages.METRICS)
          ? pages.metrics(request.headers().get(HttpHeaderNames.ACCEPT))
          : pages.page(path);
    } catch (RuntimeException e) {
      return failed(request.uri(), e);
    }
  }

  private static Page failed(String uri, Throwable why) {
    LOG.atError().addKeyValue("uri", uri).setCause(why).log("admin page failed");
    return Page.error(HttpResponseStatus.INTERNAL_SERVER_ERROR, "failed, see the log");
  }

  private static HttpResponseStatus refusal(Throwable cause) {
    if (cause instanceof TooLongHttpLineException) {
      return HttpResponseStatus.REQUEST_URI_TOO_LONG;
    }
    return cause instanceof TooLongHttpHeaderException
        ? HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
        : HttpResponseStatus.BAD_REQUEST;
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    LOG.atDebug().addKeyValue("client", context.channel().remoteAddress()).log("connection lost");
    close(context);
  }

  private static void close(ChannelHandlerContext context) {
    var unused = context.close();
  }
}
