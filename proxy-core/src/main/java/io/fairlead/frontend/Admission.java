package io.fairlead.frontend;

import io.fairlead.access.Authenticator;
import io.fairlead.access.Authenticator.Verdict;
import io.fairlead.access.ClientAccess;
import io.fairlead.access.LoginToken;
import io.fairlead.access.Permissions;
import io.fairlead.access.UserFile;
import io.fairlead.metrics.Counter;
import io.fairlead.metrics.ListenerCounter;
import io.fairlead.protocol.Command;
import io.fairlead.protocol.ErrorReply;
import io.fairlead.protocol.LoginLine;
import io.fairlead.protocol.Verb;
import io.netty.buffer.ByteBuf;
import java.net.InetAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Stands before the requests of a client until it is known who that is.
 *
 * <pre>
 *   LINE --a set--> TOKEN --complete--> VERDICT --accepted--> over: requests are read as they are
 *    ^                |                    |
 *    +----------------+--------------------+-- too long, no name, wrong: an error line
 * </pre>
 *
 * <p>The words are those of memcached with -Y: any set is a login, every other line is told that it
 * is unauthenticated. Where strangers are served, their requests are read as those of others are,
 * and only what they want to set comes here. A name in the certificate of the client is enough.
 */
final class Admission {
  /** From the moment of connecting. */
  private static final Duration LONGEST = Duration.ofSeconds(10);

  /** How long one waits who has failed too often, or whose address has. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private static final int MOST_FAILURES = 3;
  private static final int LONGEST_TOKEN = 1 << 10;
  private static final int CR_LF = '\r' << 8 | '\n';

  private final ClientConnection client;
  private final Clients clients;
  private final @Nullable InetAddress from;
  private final LoginLine line = new LoginLine();

  private @Nullable String identity;
  private boolean isOver;

  /** Bytes of the token and its line end that are to come; 0 while a line is. */
  private long tokenLeft;

  private boolean swallows;

  /** A stranger who is served wants to set something, which is taken for a login. */
  private boolean hasLogin;

  private boolean isChecking;
  private boolean isLast;
  private int failures;

  /**
   * @param from the address of the client; null for a socket of this machine
   */
  Admission(ClientConnection client, Clients clients, @Nullable InetAddress from) {
    this.client = client;
    this.clients = clients;
    this.from = from;
  }

  /** The client has connected: it may not take for ever to say who it is. */
  void begin() {
    if (!access().admitsStrangers()) {
      client.loop().later(this::onTimeOver, LONGEST.toNanos());
    }
  }

  /** A client that is known is known on another event loop as well. */
  void goOnFor(Admission before) {
    failures = before.failures;
    if (before.isOver) {
      admit(before.identity);
    }
  }

  private void onTimeOver() {
    if (!client.isClosed() && !isKnown() && !access().admitsStrangers()) {
      client.stats().count(Counter.CLIENTS_AUTHENTICATE_TIMEOUTS);
      client.ending().isFor(ListenerCounter.CLOSED_LOGIN);
      client.close();
    }
  }

  private ClientAccess access() {
    return clients.access;
  }

  /** Whether nothing is in the way of requests any more. */
  boolean isOver() {
    return isOver;
  }

  /** Who the client is; null when it has not said so. */
  @Nullable String identity() {
    return identity;
  }

  /** What the client may do that has not said who it is yet; null for everything. */
  @Nullable Permissions ofStranger() {
    Permissions permissions = access().of(null);
    boolean mayLogIn = access().users() != null;
    return permissions != null && mayLogIn ? permissions.withoutSet() : permissions;
  }

  /** Whether a verdict is waited for. */
  boolean isChecking() {
    return isChecking;
  }

  /** The client is to be closed when it knows the verdict. */
  void endAfterVerdict() {
    isLast = true;
  }

  /** Whether a request that a stranger may not make is a login, which is then read here. */
  boolean takes(Command command) {
    hasLogin = !isOver && access().users() != null && command.verb() == Verb.SET;
    return hasLogin;
  }

  /** Reads from {@code in}, which is borrowed, until more input or the client's turn is needed. */
  int read(ByteBuf in, int begin, int to) {
    int at = begin;
    while (at < to && !client.isSuspended() && !client.isClosed()) {
      if (isKnown()) {
        return client.requests().read(in, at, to);
      }
      int next = servesStranger() ? client.requests().read(in, at, to) : step(in, at, to);
      if (next == at && !hasLogin) {
        break;
      }
      at = next;
      if (tokenLeft > to - at && !swallows) {
        break;
      }
      if (!client.takes() && at < to) {
        client.holdback().untilClear();
      }
    }
    return at;
  }

  /** Whether it is known who the client is, or does not matter. */
  private boolean isKnown() {
    String name = client.peerName();
    if (!isOver && (name != null || access().users() == null)) {
      admit(name);
    }
    return isOver;
  }

  private void admit(@Nullable String name) {
    identity = name;
    isOver = true;
    client.follow();
  }

  private boolean servesStranger() {
    return !hasLogin && tokenLeft == 0 && access().admitsStrangers();
  }

  private int step(ByteBuf in, int at, int to) {
    if (client.requests().isClosing()) {
      return to;
    }
    return tokenLeft > 0 ? token(in, at, to) : line(in, at, to);
  }

  private int line(ByteBuf in, int at, int to) {
    hasLogin = false;
    if (!client.holdback().mayTakeMore()) {
      client.holdback().untilClear();
      return at;
    }
    if (client.requests().cutsOff(in, at, to)) {
      return to;
    }
    int lineFeed = in.indexOf(at, to, (byte) '\n');
    int length = (lineFeed < 0 ? to : lineFeed) - at;
    if (length > clients.limits.lineBytes()) {
      client.requests().end(ErrorReply.SILENT_CLOSE);
      return to;
    }
    if (lineFeed < 0) {
      return at;
    }
    int value = line.valueLength(in, at, lineFeed);
    if (value < 0) {
      refuse(ErrorReply.UNAUTHENTICATED);
    } else {
      tokenLeft = value + 2L;
      swallows = value > LONGEST_TOKEN;
    }
    return lineFeed + 1;
  }

  private void refuse(ErrorReply error) {
    client.stats().count(Counter.CMD_OTHER);
    client.replies().refuse(error);
  }

  private int token(ByteBuf in, int at, int to) {
    if (swallows) {
      return swallow(at, to);
    }
    if (to - at < tokenLeft) {
      return at;
    }
    int length = (int) tokenLeft - 2;
    tokenLeft = 0;
    if (in.getShort(at + length) != (short) CR_LF) {
      refuse(ErrorReply.BAD_LOGIN_END);
    } else {
      byte[] value = new byte[length];
      in.getBytes(at, value);
      logIn(LoginToken.parse(value));
    }
    return at + length + 2;
  }

  private int swallow(int at, int to) {
    int taken = (int) Math.min(tokenLeft, to - at);
    tokenLeft -= taken;
    if (tokenLeft == 0) {
      swallows = false;
      refuse(ErrorReply.LOGIN_TOO_LONG);
    }
    return at + taken;
  }

  private void logIn(@Nullable LoginToken token) {
    UserFile users = access().users();
    if (token == null || users == null) {
      refuse(ErrorReply.BAD_LOGIN);
      return;
    }
    isChecking = true;
    client.holdback().untilVerdict();
    Authenticator authenticator = access().authenticator();
    if (failures >= MOST_FAILURES || authenticator.isSuspicious(from)) {
      client.loop().later(() -> check(authenticator, users, token), PAUSE.toNanos());
    } else {
      check(authenticator, users, token);
    }
  }

  private void check(Authenticator authenticator, UserFile users, LoginToken token) {
    if (!client.isClosed()) {
      authenticator.check(
          users, token, from, client.loop().eventLoop(), verdict -> onVerdict(verdict, token));
    }
  }

  private void onVerdict(Verdict verdict, LoginToken token) {
    isChecking = false;
    if (client.isClosed()) {
      return;
    }
    client.stats().count(Counter.CMD_OTHER);
    switch (verdict) {
      case ACCEPTED -> {
        client.stats().count(Counter.CLIENTS_AUTHENTICATED);
        admit(token.name());
        client.replies().answer(LocalReplies.STORED);
      }
      case REFUSED -> {
        failures++;
        client.stats().count(Counter.CLIENTS_NOT_AUTHENTICATED);
        client.replies().refuse(ErrorReply.AUTHENTICATION_FAILURE);
      }
      case OVERLOADED -> {
        client.stats().count(Counter.CLIENTS_AUTHENTICATE_REJECTED);
        client.replies().refuse(ErrorReply.TOO_MANY_LOGINS);
      }
    }
    if (isLast) {
      client.requests().end(ErrorReply.SILENT_CLOSE);
    }
    client.resume();
  }
}
