package io.fairlead.config;

/**
 * The event loops.
 *
 * @param loops how many; each has its own connections to every server, and batches grow with fewer
 * @param rest whether a busy loop sleeps once after sending, so that the next batch is bigger
 */
public record ThreadSettings(int loops, Transport transport, boolean rest) {
  public static final ThreadSettings DEFAULT = new ThreadSettings(1, Transport.AUTO, true);

  /** Which of Netty's transports carries the connections. */
  public enum Transport {
    /** Native epoll where it loads, else NIO. */
    AUTO,
    EPOLL,
    NIO
  }
}
