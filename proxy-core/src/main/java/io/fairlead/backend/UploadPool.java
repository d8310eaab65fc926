package io.fairlead.backend;

import io.fairlead.loop.ProxyLoop;
import io.fairlead.protocol.Command;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The connections of one server for large values: opened as needed, a few are kept. */
final class UploadPool {
  private static final int KEPT = 4;

  private final ProxyLoop loop;
  private final Server server;
  private final ArrayDeque<Upload> idle = new ArrayDeque<>();
  private final List<Upload> all = new ArrayList<>();

  /** Those that are opened when the server's requests may go again. */
  private final List<Upload> waiting = new ArrayList<>();

  UploadPool(ProxyLoop loop, Server server) {
    this.loop = loop;
    this.server = server;
  }

  /**
   * Begins a request whose value is sent piece by piece.
   *
   * @param onRoom called when there is room for more of the value after there was none
   * @return null when the server takes no requests, which the sink has been told
   */
  @Nullable Upload begin(Command command, ByteBuf in, ReplySink sink, Runnable onRoom) {
    Availability availability = server.availability();
    if (!availability.mayConnect()) {
      sink.onFailure(0, server.accounts().failed(availability.whyNot()));
      return null;
    }
    if (availability.isCatchingUp()) {
      sink.onFailure(0, Failure.CATCHING_UP);
      return null;
    }
    if (isFull()) {
      sink.onFailure(0, server.accounts().failed(Failure.OVERLOADED));
      return null;
    }
    Upload upload = take();
    upload.begin(command, in, sink, onRoom);
    return upload;
  }

  private Upload take() {
    Upload kept = idle.pollLast();
    if (kept != null) {
      return kept;
    }
    Upload upload = new Upload(loop, server, this);
    all.add(upload);
    if (server.connections().isPaused()) {
      waiting.add(upload);
    } else {
      open(upload);
    }
    return upload;
  }

  private void open(Upload upload) {
    server.connect(
        upload,
        cause -> {
          Failure why = Failure.ofConnecting(cause);
          if (why == Failure.LOGIN_REFUSED) {
            server.log().onLoginRefused();
          }
          server.accounts().notConnected(why);
          upload.fail(why);
          server.availability().onFailed(why);
        });
  }

  void giveBack(Upload upload) {
    if (idle.size() < KEPT && !upload.hasLeft()) {
      idle.addLast(upload);
    } else {
      upload.close();
    }
  }

  /** The server's requests may go again. */
  void connectWaiting() {
    List<Upload> released = List.copyOf(waiting);
    waiting.clear();
    released.forEach(this::open);
  }

  /** Lets every connection end with the value that is on its way on it. */
  void leaveAll() {
    List.copyOf(all).forEach(Upload::leave);
  }

  int inFlight() {
    return all.size() - idle.size();
  }

  /** A connection leads to an address that is not the server's any more. */
  void onLeft(Upload upload) {
    if (idle.contains(upload)) {
      upload.close();
    }
  }

  /** Whether a value is on its way. */
  boolean isBusy() {
    return all.size() > idle.size();
  }

  /** Whether the server takes so little of what it is sent that another value would be too much. */
  private boolean isFull() {
    return all.size() - idle.size() >= server.connections().mostRequests()
        || waitingBytes() > server.limits().serverBufferBytes();
  }

  private long waitingBytes() {
    long bytes = 0;
    for (int i = 0; i < all.size(); i++) {
      bytes += all.get(i).waitingBytes();
    }
    return bytes;
  }

  void remove(Upload upload) {
    idle.remove(upload);
    all.remove(upload);
    waiting.remove(upload);
  }

  /** Returns the time until the next deadline. */
  long expire(long now) {
    long next = ProxyLoop.NEVER;
    for (int i = all.size() - 1; i >= 0; i--) {
      if (i < all.size()) { // the one that failed may have taken others with it
        next = Math.min(next, all.get(i).expire(now));
      }
    }
    return next;
  }

  void countQueues(QueueCount count) {
    all.forEach(upload -> upload.countQueues(count));
  }

  void closeAll(Failure why) {
    for (Upload upload : List.copyOf(all)) {
      upload.fail(why);
    }
  }
}
