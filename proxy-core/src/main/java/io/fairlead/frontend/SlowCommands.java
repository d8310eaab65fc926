package io.fairlead.frontend;

import io.fairlead.loop.ProxyLoop;
import io.fairlead.metrics.Counter;
import io.fairlead.metrics.ListenerCounter;

/** Closes clients of which a command has begun to arrive and is not complete in time. */
final class SlowCommands extends ClientWatch {
  private long timeout;

  SlowCommands(ProxyLoop loop) {
    super(loop);
  }

  void follow(long timeoutNanos) {
    timeout = timeoutNanos;
  }

  @Override
  protected long timeout() {
    return timeout;
  }

  void add(ClientConnection client) {
    add(client, timeout);
  }

  @Override
  protected long look(ClientConnection client, long now) {
    CommandClock command = client.times().command();
    if (!command.isRunning() || !isOn()) {
      return command.ignored();
    }
    if (client.isSuspended()) { // by the proxy, so that it is not the client's fault
      command.restart(now);
      return timeout;
    }
    long left = timeout - command.elapsed(now);
    if (left > 0) {
      return left;
    }
    loop.stats().count(Counter.LIMIT_COMMAND_TIMEOUT);
    client.ending().isFor(ListenerCounter.CLOSED_SLOW);
    client.ending().cutOff();
    return command.ignored();
  }
}
