package io.fairlead.runtime;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Waits, at a socket that only the same user may use, for the process that is to take over. */
public final class TakeoverOffer implements AutoCloseable {
  /*
   *   new                          old
   *   fairlead takeover 1   -->
   *                         <--    pid 17
   *                                socket listen 127.0.0.1:5000     one for each, this one included
   *                                port admin 127.0.0.1:5001        to be bound anew
   *                                end
   *   send                  -->
   *                         <--    a descriptor for each socket, in a byte of its own
   *   (starts, accepts)
   *   ready                 -->
   *                         <--    done                             the ports are free
   *   (closes)                                                      drains, ends
   *
   * In place of any answer: "error" and a sentence. Up to "ready" nothing has happened to the old
   * process, whose sockets were only duplicated, and which goes on accepting; should the new one
   * fail, nobody will have noticed.
   */
  static final String HELLO = "fairlead takeover 1";

  /** What this socket itself is called among those that are passed on. */
  static final String NAME = "takeover";

  private static final int OWNER_ONLY = 0600;
  private static final int BACKLOG = 8;

  private final Path path;
  private final EventLoopGroup loop;
  private final Channel listener;
  private final Holder holder;
  private final AtomicBoolean taken = new AtomicBoolean();

  /** The process that this socket comes from has not let go of it. */
  private volatile boolean isPredecessors;

  /** Who has what is taken over. Called on the thread of the offer, except for the last. */
  public interface Holder {
    /** The sockets that are passed on. */
    List<HeldSocket> sockets();

    /** Names of ports that the new process has to bind anew. */
    List<String> ports();

    /** Frees those ports, and leaves the sockets to the new process. */
    void letGo();

    /** The new process serves, and this one is to end. Called on a thread of its own. */
    void onTakenOver();
  }

  private TakeoverOffer(Path path, GivenSockets given, Holder holder) throws IOException {
    this.path = path;
    this.holder = holder;
    loop =
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("fairlead-takeover", true), EpollIoHandler.newFactory());
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loop)
            .childHandler(
                new ChannelInitializer<EpollDomainSocketChannel>() {
                  @Override
                  protected void initChannel(EpollDomainSocketChannel channel) {
                    channel.pipeline().addLast(new TakeoverTalk(TakeoverOffer.this));
                  }
                });
    int descriptor = given.take(NAME);
    isPredecessors = descriptor != GivenSockets.NONE;
    listener =
        isPredecessors ? Descriptors.adoptUnix(bootstrap, descriptor) : bind(bootstrap, path);
    // Not before the handler is there that takes them: the loop adds it after the registration.
    listener.config().setAutoRead(true);
  }

  private static Channel bind(ServerBootstrap bootstrap, Path path) throws IOException {
    UnixSockets.removeStale(path);
    return UnixSockets.bind(
        path,
        OWNER_ONLY,
        hidden -> Descriptors.adoptUnix(bootstrap, Descriptors.listen(hidden, BACKLOG)));
  }

  /**
   * Opens it, or goes on with the one that was given.
   *
   * @throws IOException when it cannot be opened; its message says why
   */
  public static TakeoverOffer open(Path path, GivenSockets given, Holder holder)
      throws IOException {
    return new TakeoverOffer(path, given, holder);
  }

  /** The process that the socket comes from has let go of it. */
  public void onSucceeded() {
    isPredecessors = false;
  }

  HeldSocket socket() {
    return new HeldSocket(NAME, Descriptors.of(listener));
  }

  Holder holder() {
    return holder;
  }

  /** Whether this process has nothing to pass on, any more or yet. */
  boolean hasNothing() {
    return taken.get() || isPredecessors;
  }

  /** Leaves everything to the new process; false when another one has it. */
  boolean take() {
    if (!taken.compareAndSet(false, true)) {
      return false;
    }
    holder.letGo();
    return true;
  }

  void end() {
    Thread end = new Thread(holder::onTakenOver, "taken-over");
    end.start(); // as the end waits for the thread of the offer
  }

  /** Nobody can take over any more; the file of the socket goes, unless it is the successor's. */
  @Override
  public void close() {
    boolean isOwn = taken.compareAndSet(false, true) && !isPredecessors;
    listener.close().awaitUninterruptibly();
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    if (isOwn) {
      try {
        Files.deleteIfExists(path);
      } catch (IOException e) {
        // A stale socket file; the next start removes it.
      }
    }
  }
}
