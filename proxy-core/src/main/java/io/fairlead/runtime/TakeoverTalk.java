package io.fairlead.runtime;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The part of the old process in a takeover. */
final class TakeoverTalk extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(TakeoverTalk.class);
  private static final int LONGEST_LINE = 100;
  private static final int ROOT = 0;

  private final TakeoverOffer offer;
  private final StringBuilder line = new StringBuilder();
  private List<HeldSocket> offered = List.of();
  private boolean isOver;

  TakeoverTalk(TakeoverOffer offer) {
    this.offer = offer;
  }

  /** The uid of this process. */
  static int ownUser() throws IOException {
    return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
  }

  @Override
  public void channelActive(ChannelHandlerContext context) throws IOException {
    int peer = ((EpollDomainSocketChannel) context.channel()).peerCredentials().uid();
    if (peer != ROOT && peer != ownUser()) {
      refuse(context, "it belongs to another user");
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf in = (ByteBuf) message;
    line.append(in.toString(StandardCharsets.US_ASCII));
    in.release();
    for (int end = line.indexOf("\n"); end >= 0; end = line.indexOf("\n")) {
      String said = line.substring(0, end);
      line.delete(0, end + 1);
      answer(context, said);
    }
    if (line.length() > LONGEST_LINE) {
      var unused = context.close();
    }
  }

  private void answer(ChannelHandlerContext context, String said) {
    if (offer.hasNothing()) {
      refuse(context, "it is about to end");
      return;
    }
    switch (said) {
      case TakeoverOffer.HELLO -> offer(context);
      case "send" -> send(context);
      case "ready" -> letGo(context);
      default -> refuse(context, "it understands only \"" + TakeoverOffer.HELLO + "\"");
    }
  }

  private void offer(ChannelHandlerContext context) {
    List<HeldSocket> sockets = new ArrayList<>(offer.holder().sockets());
    sockets.add(offer.socket());
    offered = sockets;
    StringBuilder text = new StringBuilder();
    text.append("pid ").append(ProcessHandle.current().pid()).append('\n');
    sockets.forEach(socket -> text.append("socket ").append(socket.name()).append('\n'));
    offer.holder().ports().forEach(port -> text.append("port ").append(port).append('\n'));
    say(context, text + "end\n");
  }

  private void send(ChannelHandlerContext context) {
    for (HeldSocket socket : offered) {
      var unused = context.write(new FileDescriptor(socket.descriptor()));
    }
    context.flush();
  }

  private void letGo(ChannelHandlerContext context) {
    if (!offer.take()) {
      refuse(context, "it is about to end");
      return;
    }
    LOG.info("another process has taken over");
    isOver = true;
    say(context, "done\n");
  }

  /** The new process has told everybody that it serves, or has ended. */
  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (isOver) {
      offer.end();
    }
  }

  private static void refuse(ChannelHandlerContext context, String why) {
    LOG.atWarn().addKeyValue("cause", why).log("refused to be taken over");
    context
        .writeAndFlush(ByteBufUtil.writeUtf8(context.alloc(), "error " + why + "\n"))
        .addListener(ChannelFutureListener.CLOSE);
  }

  private static void say(ChannelHandlerContext context, String text) {
    var unused = context.writeAndFlush(ByteBufUtil.writeUtf8(context.alloc(), text));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    LOG.atWarn().addKeyValue("cause", cause).log("a takeover broke off");
    var unused = context.close();
  }
}
