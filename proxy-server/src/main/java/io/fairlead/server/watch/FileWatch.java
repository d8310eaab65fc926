package io.fairlead.server.watch;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at files again and again, and has them read when they say something else. */
public final class FileWatch implements AutoCloseable {
  /*
   * Looking, and not being told. The kernel tells of changes in a folder, but a file is reached
   * through links in several folders (a ConfigMap of Kubernetes swaps one of them, and the file
   * itself never changes), may be gone for a while, or lie on a file system that tells nothing (a
   * network, a folder of the host in a container). To ask for the stamp of a file sees all of that,
   * follows every link, and costs some microseconds.
   *
   * Order. A stamp changes; then the files must stay as they are for a while, because some editors
   * and tools write in several steps; then their content is compared, and only if it differs they
   * are read again. Contents are also compared now and then without a new stamp, as two writes in
   * one tick of the clock of the file system may leave the same one.
   *
   * Thread. One of its own, on which files are read, too.
   */
  private static final Logger LOG = LoggerFactory.getLogger(FileWatch.class);

  private final Timing timing;
  private final Reader reader;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(FileWatch::thread);
  private SeenFiles files;
  private Map<Path, Stamp> stamps;
  private boolean pending;
  private long changedAt;
  private long rest;
  private long comparedAt;

  /**
   * When to look.
   *
   * @param period between two looks at the stamps
   * @param rest how long files stay as they are before they are read
   * @param jitter added to that at random, so that many processes do not read at once
   * @param thorough between two comparisons of contents whose stamps are the same
   */
  public record Timing(Duration period, Duration rest, Duration jitter, Duration thorough) {}

  /** Who reads the files. */
  @FunctionalInterface
  public interface Reader {
    /** Reads them again; what was seen is watched from then on, also when it was refused. */
    SeenFiles readAgain();
  }

  FileWatch(SeenFiles files, Timing timing, Reader reader, long now) {
    this.files = files;
    this.stamps = files.stamps();
    this.timing = timing;
    this.reader = reader;
    this.comparedAt = now;
  }

  /** Watches files from the moment on when they were seen. */
  public static FileWatch start(SeenFiles files, Timing timing, Reader reader) {
    FileWatch watch = new FileWatch(files, timing, reader, System.nanoTime());
    long period = Math.max(1, timing.period().toMillis());
    watch.thread.scheduleWithFixedDelay(watch::lookSafely, period, period, TimeUnit.MILLISECONDS);
    return watch;
  }

  /** Watches nothing; the files are read when that is asked for. */
  public static FileWatch onDemand(SeenFiles files, Reader reader) {
    Timing never = new Timing(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);
    return new FileWatch(files, never, reader, System.nanoTime());
  }

  /** Has the files read at once, whether they have changed or not; tells when that is done. */
  public CompletableFuture<Void> readNow() {
    return CompletableFuture.runAsync(() -> read(System.nanoTime()), thread);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "fairlead-config");
    thread.setDaemon(true);
    return thread;
  }

  /** A failure must not end the looking. */
  private void lookSafely() {
    try {
      look(System.nanoTime());
    } catch (RuntimeException e) {
      LOG.error("unexpected failure while watching the configuration, please report it", e);
    }
  }

  void look(long now) {
    Map<Path, Stamp> present = files.stampsNow();
    if (!present.equals(stamps)) {
      stamps = present;
      pending = true;
      changedAt = now;
      rest = timing.rest().toNanos() + jitter();
      return;
    }
    boolean isDue = pending && now - changedAt >= rest;
    if (isDue || (!pending && now - comparedAt >= timing.thorough().toNanos())) {
      compare(now);
    }
  }

  private void compare(long now) {
    pending = false;
    comparedAt = now;
    if (files.haveOtherContent()) {
      read(now);
    }
  }

  private void read(long now) {
    pending = false;
    comparedAt = now;
    files = reader.readAgain();
    stamps = files.stamps();
  }

  private long jitter() {
    return ThreadLocalRandom.current().nextLong(timing.jitter().toNanos() + 1);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
