package io.fairlead.misplaced.backend;

import io.fairlead.misplaced.protocol.KnowsServers;
import io.netty.channel.epoll.Epoll;
import java.util.concurrent.CompletableFuture;

/** Waits on the request path, and chooses a transport. */
public class Server {
  KnowsServers known = new KnowsServers();

  void sleeps() throws InterruptedException {
    Thread.sleep(1);
  }

  void waits(CompletableFuture<String> reply) {
    reply.join();
  }

  boolean chooses() {
    return Epoll.isAvailable();
  }
}
