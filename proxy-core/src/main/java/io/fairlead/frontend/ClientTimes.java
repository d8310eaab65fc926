package io.fairlead.frontend;

import io.fairlead.loop.ProxyLoop;

/** What time it was when one client did something, as far as a limit asks for it. */
final class ClientTimes {
  private final ClientConnection client;
  private final Watches watches;
  private final ProxyLoop loop;
  private final UnreadWatch unread = new UnreadWatch();
  private final CommandClock command = new CommandClock();
  private long heardAt;
  private long openedAt;
  private long readAt;

  ClientTimes(ClientConnection client, Watches watches, ProxyLoop loop) {
    this.client = client;
    this.watches = watches;
    this.loop = loop;
  }

  UnreadWatch unread() {
    return unread;
  }

  CommandClock command() {
    return command;
  }

  /**
   * Something was read from the client.
   *
   * @param consumed whether anything of it is done with
   * @param isLeft whether a part of it waits for more
   */
  void onRead(RequestReader reader, boolean consumed, boolean isLeft) {
    readAt = loop.now();
    onStirred();
    boolean inValue = reader.values().isInValue();
    boolean isArriving = (isLeft || inValue) && !client.isSuspended() && !client.isClosed();
    if (command.onRead(isArriving, consumed, inValue, reader.linesRead())) {
      startCommand();
    }
  }

  /** The client is not held back any more, and its time goes on from here. */
  void onResumed(RequestReader reader) {
    if (command.isRunning() || reader.values().isInValue()) {
      startCommand();
    }
  }

  private void startCommand() {
    if (watches.slow().isOn() && command.start(loop.now())) {
      watches.slow().add(client);
    }
  }

  /** It has sent something, or does not wait for something any more. */
  void onStirred() {
    if (watches.idle().isOn()) {
      heardAt = loop.now();
    }
  }

  /** The socket was given something to send. */
  void onFlushed() {
    if (client.unsentBytes() > 0 && unread.start(client.takenBytes(), loop.now())) {
      watches.unread().add(client);
    }
  }

  /** It has connected. */
  void onOpen() {
    openedAt = loop.now();
    readAt = openedAt;
  }

  /** What has happened to the client on another event loop. */
  void goOnFrom(ClientTimes before) {
    openedAt = before.openedAt;
    readAt = before.readAt;
    heardAt = before.heardAt;
  }

  /** Since it has connected. */
  long age(long now) {
    return now - openedAt;
  }

  /** Since something was read from it. */
  long unheard(long now) {
    return now - readAt;
  }

  void heard(long now) {
    heardAt = now;
  }

  long silence(long now) {
    return now - heardAt;
  }
}
