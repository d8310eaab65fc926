package io.fairlead.loop;

import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.net.SocketAddress;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The way of a client's socket from its event loop to another one, between two things that its peer
 * asks for. The connection stays behind; another one goes on with the channel.
 */
public final class Passage {
  /*
   *   former loop   asked to leave the loop ........ the connection serves as ever
   *                 has left it: nothing arrives ... is it still at rest? if not, it comes back
   *                 the connection is taken off
   *   other loop    joined, and before anything is read another connection is put on
   *
   * Nothing can be lost on the way: what the peer sends meanwhile waits in the socket, and both epoll
   * (which Netty uses level-triggered) and NIO tell of it when the channel is registered again. Nothing
   * can be doubled or overtaken: whatever was read has been answered, and the socket has taken the
   * answer.
   */
  private final Connection connection;
  private final ChannelLink link;
  private final Traveller traveller;
  private final ProxyLoop to;

  /** Who makes the passage. */
  public interface Traveller {
    /** Whether nothing is under way for it; asked on the former loop. */
    boolean isAtRest();

    /** It has left the former loop, on which this is called. */
    void onLeft();

    /**
     * It is on the other loop, where this is called.
     *
     * @param peer the address of the other end; null where that is not known
     * @return what goes on with the channel; null to close it
     */
    @Nullable Connection onArrived(@Nullable SocketAddress peer);

    /** The passage is over, however it went; called once, on either loop. */
    void onOver();
  }

  private Passage(Connection connection, ChannelLink link, Traveller traveller, ProxyLoop to) {
    this.connection = connection;
    this.link = link;
    this.traveller = traveller;
    this.to = to;
  }

  /**
   * Begins, on the loop of the connection.
   *
   * @return false when the connection is not at rest, or cannot leave its loop
   */
  public static boolean begin(Connection connection, ProxyLoop to, Traveller traveller) {
    Link link = connection.linkToMove();
    if (link == null || !traveller.isAtRest()) {
      return false;
    }
    if (link instanceof SocketLink raw) {
      move(connection, raw.socket(), traveller, to);
    } else if (link instanceof ChannelLink ofChannel) {
      Passage passage = new Passage(connection, ofChannel, traveller, to);
      ofChannel.channel.deregister().addListener(left -> passage.leave());
    }
    return true;
  }

  /** A socket of its own leaves at once. */
  private static void move(
      Connection connection, RawSocket socket, Traveller traveller, ProxyLoop to) {
    SocketAddress peer = socket.peer();
    connection.linkMoved();
    traveller.onLeft();
    socket.move(to, () -> traveller.onArrived(peer), traveller::onOver);
  }

  @SuppressWarnings("ReferenceEquality") // the same link is meant
  private void leave() {
    Channel channel = link.channel;
    if (!channel.isOpen()) {
      traveller.onOver();
    } else if (connection.linkToMove() == link && traveller.isAtRest()) {
      channel.config().setAutoRead(false);
      channel.pipeline().remove(link);
      connection.linkMoved();
      traveller.onLeft();
      cross(channel);
    } else {
      traveller.onOver();
      connection.loop.eventLoop().register(channel).addListener(link::onBack);
    }
  }

  private void cross(Channel channel) {
    try {
      to.eventLoop().execute(() -> arrive(channel));
    } catch (RejectedExecutionException e) { // it has ended, and so will the proxy
      traveller.onOver();
      channel.close();
    }
  }

  private void arrive(Channel channel) {
    to.eventLoop().register(channel).addListener(registered -> join(channel, registered));
  }

  private void join(Channel channel, Future<?> registered) {
    try {
      Connection next =
          registered.isSuccess() ? traveller.onArrived(channel.remoteAddress()) : null;
      if (next == null) {
        channel.close();
      } else {
        link.giveTo(next);
      }
    } finally {
      traveller.onOver();
    }
  }
}
