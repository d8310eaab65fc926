package io.fairlead.server.admin;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;

/** Writes pages to clients, with what browsers are told about each of them. */
final class Answer {
  /** Far above any page of a proxy that is not configured by mistake. */
  static final int MOST_CHARACTERS = 16 << 20;

  private Answer() {}

  static void write(ChannelHandlerContext context, Page page) {
    write(context, page, "");
  }

  /**
   * Writes a page and closes the connection.
   *
   * @param allowed the methods that are, for a page that refuses another
   */
  static void write(ChannelHandlerContext context, Page whole, String allowed) {
    Page page = bounded(whole);
    ByteBuf body = ByteBufUtil.writeUtf8(context.alloc(), page.body());
    FullHttpResponse response =
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, page.status(), body);
    addCommon(response.headers(), page.contentType(), page.policy());
    response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
    if (!allowed.isEmpty()) {
      response.headers().set(HttpHeaderNames.ALLOW, allowed);
    }
    if (page.status().equals(HttpResponseStatus.UNAUTHORIZED)) {
      response.headers().set(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer realm=\"fairlead\"");
    }
    context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
  }

  private static Page bounded(Page page) {
    return page.body().length() <= MOST_CHARACTERS
        ? page
        : Page.error(
            HttpResponseStatus.INTERNAL_SERVER_ERROR,
            "the page has "
                + page.body().length()
                + " characters (expected: at most "
                + MOST_CHARACTERS
                + "), ask for a part of it");
  }

  static void addCommon(HttpHeaders headers, String contentType, String policy) {
    headers
        .set(HttpHeaderNames.CONTENT_TYPE, contentType)
        .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE)
        .set(HttpHeaderNames.CONTENT_SECURITY_POLICY, policy)
        .set("x-content-type-options", "nosniff")
        .set("referrer-policy", "no-referrer")
        .set("cross-origin-resource-policy", "same-origin")
        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
  }
}
