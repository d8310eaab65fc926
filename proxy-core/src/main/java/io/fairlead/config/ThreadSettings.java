package io.fairlead.config;

/**
 * The event loops.
 *
 * @param loops how many take clients from the start; each has its own connections to every server,
 *     and batches grow with fewer
 * @param mostLoops how many may take clients when those that do are full; the same number where it
 *     is fixed
 * @param rest whether a busy loop sleeps once after sending, so that the next batch is bigger
 */
public record ThreadSettings(int loops, int mostLoops, Transport transport, boolean rest) {
  /** More than any machine is expected to have processors. */
  public static final int MOST_LOOPS = 256;

  public static final ThreadSettings DEFAULT = new ThreadSettings(1, Transport.AUTO, true);

  /** With a fixed number of loops. */
  public ThreadSettings(int loops, Transport transport, boolean rest) {
    this(loops, loops, transport, rest);
  }

  /** Begins with one loop, and has more take clients when those that do are full. */
  public static ThreadSettings auto(int mostLoops, Transport transport, boolean rest) {
    return new ThreadSettings(1, mostLoops, transport, rest);
  }

  /** Whether the number of loops that take clients follows the load. */
  public boolean isAuto() {
    return mostLoops > loops;
  }

  /** Which of Netty's transports carries the connections. */
  public enum Transport {
    /** Native epoll where it loads, else NIO. */
    AUTO,
    EPOLL,
    NIO
  }
}
