package io.fairlead.access;

import java.net.InetAddress;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks passwords, on threads of its own: a check takes some tens of milliseconds on purpose, in
 * which an event loop serves thousands of requests.
 */
public final class Authenticator implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Authenticator.class);

  /**
   * Two, so that one costly name does not hold all others up; not more, as loops need the cores.
   */
  private static final int THREADS = 2;

  private static final int MOST_WAITING = 1024;

  private final Executor threads;
  private final Runnable end;
  private final Attempts attempts = new Attempts();

  /** What became of an attempt. */
  public enum Verdict {
    ACCEPTED,
    REFUSED,
    /** Too many wait for a verdict already. */
    OVERLOADED
  }

  /**
   * @param threads run a check, or reject it when too many wait
   * @param end called when no more are to come
   */
  public Authenticator(Executor threads, Runnable end) {
    this.threads = threads;
    this.end = end;
  }

  /** One with threads that come and go as they are needed. */
  public static Authenticator start() {
    return start(MOST_WAITING);
  }

  static Authenticator start(int mostWaiting) {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(mostWaiting),
            Authenticator::thread);
    threads.allowCoreThreadTimeOut(true);
    return new Authenticator(threads, threads::shutdownNow);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "fairlead-auth");
    thread.setDaemon(true);
    return thread;
  }

  /** Whether so many attempts from an address have failed that the next one has to wait. */
  public boolean isSuspicious(@Nullable InetAddress from) {
    return attempts.areTooMany(from, System.nanoTime());
  }

  /**
   * Checks a name and a password.
   *
   * @param from where the attempt comes from; null for a socket of this machine
   * @param loop on which {@code onVerdict} is called, never before this returns
   */
  public void check(
      UserFile users,
      LoginToken token,
      @Nullable InetAddress from,
      Executor loop,
      Consumer<Verdict> onVerdict) {
    try {
      threads.execute(() -> tell(verdict(users, token, from), loop, onVerdict));
    } catch (RejectedExecutionException e) {
      LOG.debug("too many passwords wait to be checked");
      tell(Verdict.OVERLOADED, loop, onVerdict);
    }
  }

  private Verdict verdict(UserFile users, LoginToken token, @Nullable InetAddress from) {
    if (users.present().accepts(token.name(), token.password())) {
      return Verdict.ACCEPTED;
    }
    attempts.failed(from, System.nanoTime());
    return Verdict.REFUSED;
  }

  private static void tell(Verdict verdict, Executor loop, Consumer<Verdict> onVerdict) {
    try {
      loop.execute(() -> onVerdict.accept(verdict));
    } catch (RejectedExecutionException e) {
      LOG.debug("the event loop has ended");
    }
  }

  @Override
  public void close() {
    end.run();
  }
}
