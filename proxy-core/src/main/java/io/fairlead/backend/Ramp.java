package io.fairlead.backend;

import io.fairlead.health.ServerHealth;
import io.fairlead.health.ServerView;
import io.fairlead.loop.ProxyLoop;
import java.util.concurrent.TimeUnit;

/**
 * How many requests a server may have in flight on a connection: as many as the settings say, but
 * for a while after it was out fewer, so that a cold server is not buried.
 */
final class Ramp {
  private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final ProxyLoop loop;
  private final Server server;
  private final ServerHealth health;
  private long followed = ServerView.AT_START.rampFrom();
  private boolean stopped;

  Ramp(ProxyLoop loop, Server server, ServerHealth health) {
    this.loop = loop;
    this.server = server;
    this.health = health;
  }

  void follow(ServerView view) {
    if (view.rampFrom() != followed) {
      followed = view.rampFrom();
      step(followed);
    }
  }

  private void step(long ramp) {
    if (stopped || ramp != followed) {
      return;
    }
    double share = health.rampShare();
    server
        .connections()
        .allowRequests(Math.max(1, (int) (server.limits().serverRequests() * share)));
    if (share < 1) {
      loop.later(() -> step(ramp), STEP_NANOS);
    }
  }

  void stop() {
    stopped = true;
  }
}
