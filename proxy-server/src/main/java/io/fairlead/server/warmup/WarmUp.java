package io.fairlead.server.warmup;

import io.fairlead.config.DurationText;
import io.fairlead.config.ProxySettings;
import io.fairlead.server.command.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Practice until requests are served as fast as they will be. It happens once in the life of a
 * process, and whatever goes wrong with it costs a line in the log and nothing else.
 */
public final class WarmUp {
  /*
   * Threads. Practice has a thread of its own, so that whoever waits for it goes on when the time is
   * over, whatever that thread is busy with. It is cut short by closing its connections, which wakes it
   * from a reply that does not come.
   */
  /** Where the environment says how long it may take, in place of what a file says. */
  public static final String VARIABLE = "FAIRLEAD_WARM_UP";

  private static final Duration FAREWELL = Duration.ofSeconds(2);

  /** That of a proxy that is ready as it is. */
  public static final WarmUp NONE =
      new WarmUp(
          Duration.ZERO,
          () -> {
            throw new IllegalStateException("not to be practised");
          });

  private static final Logger LOG = LoggerFactory.getLogger("fairlead");

  private final Duration most;
  private final Opening opening;
  private volatile @Nullable Practice practice;
  private volatile @Nullable Throwable failure;
  private volatile boolean hasBegun;
  private volatile boolean isCutShort;
  private volatile boolean isUnwanted;

  /** Makes what is practised with. */
  @FunctionalInterface
  interface Opening {
    Practice open() throws IOException;
  }

  /**
   * @param most how long it may take; zero for no warm-up
   */
  WarmUp(Duration most, Opening opening) {
    this.most = most;
    this.opening = opening;
  }

  /**
   * That of a proxy with these settings.
   *
   * @throws UserError when the environment does not say how long it may take, and something else
   */
  public static WarmUp of(ProxySettings settings, Map<String, String> environment)
      throws UserError {
    String given = environment.getOrDefault(VARIABLE, "");
    return new WarmUp(
        given.isEmpty() ? settings.warmUp() : time(given), () -> new Practice(settings));
  }

  static Duration time(String text) throws UserError {
    Duration time = text.equals("false") ? Duration.ZERO : DurationText.parse(text);
    if (time == null) {
      throw new UserError(
          VARIABLE + ": " + text + " (expected: a time with its unit, as in 2s, or false)");
    }
    return time;
  }

  /** Returns when it is over, which it is at once unless it is the first time. */
  public void run() {
    if (most.isZero() || hasBegun || isUnwanted) {
      return;
    }
    hasBegun = true;
    long begin = System.nanoTime();
    Thread thread = new Thread(this::practise, "warm-up");
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler((dead, cause) -> failure = cause);
    thread.start();
    await(thread, most);
    cutShort();
    await(thread, FAREWELL);
    if (!isUnwanted) {
      report(Duration.ofNanos(System.nanoTime() - begin));
    }
  }

  private static void await(Thread thread, Duration most) {
    try {
      thread.join(most.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void practise() {
    Pace pace = Pace.ofThisProcess();
    try (Practice opened = opening.open()) {
      practice = opened;
      while (!isCutShort && !pace.isSteady()) {
        opened.round();
      }
    } catch (IOException e) {
      if (!isCutShort) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void report(Duration time) {
    Throwable cause = failure;
    if (cause != null) {
      LOG.atWarn().addKeyValue("cause", cause).log("not warmed up, the first requests take longer");
      return;
    }
    Practice over = practice;
    LOG.atInfo()
        .addKeyValue("time", DurationText.format(Duration.ofMillis(time.toMillis())))
        .addKeyValue("requests", over == null ? 0 : over.requests())
        .log("warmed up");
  }

  private void cutShort() {
    isCutShort = true;
    Practice running = practice;
    if (running != null) {
      running.cutShort();
    }
  }

  /** Ends it, now or before it begins, without a word; from any thread. */
  public void stop() {
    isUnwanted = true;
    cutShort();
  }
}
