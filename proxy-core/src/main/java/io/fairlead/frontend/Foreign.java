package io.fairlead.frontend;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.fairlead.loop.LogPause;
import io.fairlead.metrics.Counter;
import io.netty.buffer.ByteBuf;
import java.net.SocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What comes to a port of memcached and is none of its text protocol. Its sender is cut off before
 * anything that follows is read: a web page can have a browser post to this port, or begin a TLS
 * session with it, with commands for memcached somewhere in the bytes.
 */
@SuppressWarnings("ImmutableEnumChecker") // the pause counts, and is made for many threads
enum Foreign {
  HTTP("closed a client that speaks HTTP, which is for the admin port; here is memcached's"),
  TLS("closed a client that speaks TLS, which this port does not have; it must go without"),
  BINARY("closed a client that speaks memcached's binary protocol; it must use the text protocol");

  /*
   * Where the cut is: at the beginning of any line, the first one or a later one. The commands of
   * memcached are lower case, so that a word of capitals is never one; together with a space and how
   * the target of an HTTP request begins it is HTTP, whatever the method is called. A mistyped
   * "GET key" is not, and is answered ERROR. The line need not be complete, nor does it matter how
   * its bytes arrive: before there is enough to tell, nothing of it is executed.
   *
   * A line whose last word begins with HTTP/ is cut as well, as memcached does, but by the parser.
   */

  /** A record of a TLS handshake begins with this byte and the one after it. */
  private static final byte TLS_HANDSHAKE = 0x16;

  private static final byte TLS_VERSION = 3;

  /** The first byte of each request of the binary protocol. */
  private static final byte BINARY_MAGIC = (byte) 0x80;

  private static final int LONGEST_METHOD = 24;
  private static final byte[] CONNECT = "CONNECT ".getBytes(US_ASCII);
  private static final byte[] SCHEME = "http".getBytes(US_ASCII);

  private static final Logger LOG = LoggerFactory.getLogger(Foreign.class);

  private final String sentence;
  private final LogPause pause = new LogPause(Duration.ofSeconds(10));

  Foreign(String sentence) {
    this.sentence = sentence;
  }

  /**
   * What the line is that begins at {@code at}, of which not all need have come; null for one of
   * memcached, and as long as that is not known.
   *
   * @param isFirst whether nothing has come before it
   */
  static @Nullable Foreign at(ByteBuf in, int at, int to, boolean isFirst) {
    byte first = in.getByte(at);
    if (first > 'Z') {
      return null;
    }
    if (first == TLS_HANDSHAKE) {
      return to - at > 1 && in.getByte(at + 1) == TLS_VERSION ? TLS : null;
    }
    if (first == BINARY_MAGIC) {
      return isFirst ? BINARY : null;
    }
    return isCapital(first) && isHttp(in, at, to) ? HTTP : null;
  }

  private static boolean isHttp(ByteBuf in, int from, int to) {
    int at = from;
    int last = Math.min(to, from + LONGEST_METHOD);
    while (at < last && isCapital(in.getByte(at))) {
      at++;
    }
    if (to - at < 2 || in.getByte(at) != ' ') {
      return false;
    }
    return switch (in.getByte(at + 1)) {
      case '/', '*' -> true;
      case ' ', '\r', '\n' -> false;
      default -> begins(SCHEME, in, at + 1, to) || begins(CONNECT, in, from, to);
    };
  }

  private static boolean isCapital(byte b) {
    return b >= 'A' && b <= 'Z';
  }

  private static boolean begins(byte[] word, ByteBuf in, int from, int to) {
    if (to - from < word.length) {
      return false;
    }
    for (int i = 0; i < word.length; i++) {
      if (in.getByte(from + i) != word[i]) {
        return false;
      }
    }
    return true;
  }

  /** Counts a client that has sent this, and tells the log of it now and then. */
  void seen(ClientConnection client) {
    client.stats().count(Counter.CLIENTS_FOREIGN);
    int others = pause.next();
    if (others != LogPause.QUIET) {
      SocketAddress peer = client.peer();
      LOG.atWarn()
          .addKeyValue("client", peer == null ? "unknown" : peer)
          .addKeyValue("others_not_shown", others)
          .log(sentence);
    }
  }
}
