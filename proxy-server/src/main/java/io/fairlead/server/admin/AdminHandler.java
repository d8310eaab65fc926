package io.fairlead.server.admin;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection to the admin port: one request, one answer, closed. */
final class AdminHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
  /*
   * A connection lives for one exchange: probes and scrapes are seconds apart, so keeping connections
   * would save nothing. What else comes on it is dropped. A client that sends headers drop by drop,
   * never sends any, or does not read the answer, is ended by the port.
   */
  private static final Logger LOG = LoggerFactory.getLogger(AdminHandler.class);

  private final AdminPages pages;
  private final AdminActions actions;
  private final Guard guard;
  private final OverviewStream stream;
  private final Executor readers;
  private boolean hasAsked;

  /**
   * @param readers makes the pages that take time
   */
  AdminHandler(
      AdminPages pages,
      AdminActions actions,
      Guard guard,
      OverviewStream stream,
      Executor readers) {
    this.pages = pages;
    this.actions = actions;
    this.guard = guard;
    this.stream = stream;
    this.readers = readers;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
    if (hasAsked) {
      return;
    }
    hasAsked = true;
    Page refusal = guard.refusal(request);
    if (refusal != null) {
      Answer.write(context, refusal);
      return;
    }
    PageRequest asked =
        PageRequest.of(request.uri(), request.headers().get(HttpHeaderNames.ACCEPT, ""));
    HttpMethod method = request.method();
    boolean reads = method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
    if (reads && asked.path().equals(OverviewStream.PATH)) {
      stream.open(context, method);
    } else if ((reads && !isActionOnly(asked.path())) || isUnknown(asked.path())) {
      read(context, asked);
    } else if (method.equals(HttpMethod.POST) && actions.knows(asked.path())) {
      change(context, asked, request.headers());
    } else {
      refuseMethod(context, asked.path());
    }
  }

  /** Which is said whatever the method is. */
  private boolean isUnknown(String path) {
    return !pages.knows(path) && !actions.knows(path) && !path.equals(OverviewStream.PATH);
  }

  private boolean isActionOnly(String path) {
    return actions.knows(path) && !pages.knows(path);
  }

  private void refuseMethod(ChannelHandlerContext context, String path) {
    boolean isPage = !isActionOnly(path);
    String allowed = isPage ? "GET, HEAD" : "POST";
    Page page =
        Page.error(
            HttpResponseStatus.METHOD_NOT_ALLOWED,
            isPage ? "only GET is answered" : "only POST is answered");
    Answer.write(context, page, actions.knows(path) && isPage ? allowed + ", POST" : allowed);
  }

  /** An event loop of the proxy that does not answer must not keep probes from being answered. */
  private void read(ChannelHandlerContext context, PageRequest asked) {
    if (!pages.asksLoops(asked)) {
      Answer.write(context, page(asked));
      return;
    }
    later(context, () -> answer(context, page(asked)));
  }

  private Page page(PageRequest asked) {
    try {
      return pages.page(asked);
    } catch (RuntimeException e) {
      return failed(asked, e);
    }
  }

  /** The token is in a file, and event loops are asked, so that this is not done here either. */
  private void change(ChannelHandlerContext context, PageRequest asked, HttpHeaders headers) {
    HttpHeaders kept = new DefaultHttpHeaders().set(headers);
    boolean isFree = AdminActions.isFreeHere(asked.path()) && isFromHere(context);
    later(
        context,
        () -> {
          Page refusal = guard.refusalOfChange(kept, isFree);
          if (refusal != null) {
            answer(context, refusal);
            return;
          }
          var unused =
              perform(asked)
                  .whenComplete(
                      (page, failure) ->
                          answer(context, page == null ? failed(asked, failure) : page));
        });
  }

  private CompletionStage<Page> perform(PageRequest asked) {
    try {
      return actions.perform(asked);
    } catch (RuntimeException e) {
      return CompletableFuture.completedStage(failed(asked, e));
    }
  }

  private static boolean isFromHere(ChannelHandlerContext context) {
    return context.channel().remoteAddress() instanceof InetSocketAddress peer
        && peer.getAddress().isLoopbackAddress();
  }

  private void later(ChannelHandlerContext context, Runnable task) {
    try {
      readers.execute(
          () -> {
            if (context.channel().isActive()) {
              task.run();
            }
          });
    } catch (RejectedExecutionException e) {
      Answer.write(
          context,
          Page.error(HttpResponseStatus.SERVICE_UNAVAILABLE, "too many wait for this page"));
    }
  }

  private static void answer(ChannelHandlerContext context, Page page) {
    context.executor().execute(() -> Answer.write(context, page));
  }

  private static Page failed(PageRequest asked, Throwable why) {
    LOG.atError().addKeyValue("path", asked.path()).setCause(why).log("admin page failed");
    return Page.error(HttpResponseStatus.INTERNAL_SERVER_ERROR, "failed, see the log");
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
