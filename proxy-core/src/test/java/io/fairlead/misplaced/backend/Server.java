package io.fairlead.misplaced.backend;

import io.fairlead.misplaced.protocol.KnowsServers;
import io.netty.channel.epoll.Epoll;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/** Waits on the request path, chooses a transport, and believes the clock on the wall. */
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

  Instant asks() {
    return Instant.now();
  }

  LongSupplier refers() {
    return System::currentTimeMillis;
  }

  @SuppressWarnings("JavaUtilDate") // the rule is to find it, too
  Date makes() {
    return new Date();
  }

  Clock takes() {
    return Clock.systemUTC();
  }
}
