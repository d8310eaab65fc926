package io.fairlead.server.top;

import io.fairlead.server.remote.RemoteException;
import io.fairlead.server.remote.Snapshot;
import io.fairlead.server.remote.Snapshot.Server;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** A line for each answer, below a heading: to be read by programs, and kept in files. */
public final class PlainForm {
  private static final String FORMAT = "%-20s  %10s  %8s  %8s  %8s  %8s  %7s  %10s";

  private final Feed feed;
  private final PrintWriter out;
  private final long count;
  private final ProxyClock clock = new ProxyClock(System::nanoTime);
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

  private Rates rates = Rates.unknown();
  private long written;

  /**
   * @param count of lines after which it is done; 0 for never
   */
  public PlainForm(Feed feed, PrintWriter out, long count) {
    this.feed = feed;
    this.out = out;
    this.count = count;
  }

  /**
   * Writes until all lines are there, or nobody reads them.
   *
   * @throws RemoteException when lines are counted and already the first answer is missing
   */
  public void run() throws RemoteException, InterruptedException {
    feed.start(events);
    while (count == 0 || written < count) {
      String line = line(events.take());
      if (line == null) {
        continue;
      }
      if (written == 0) {
        out.println(heading());
      }
      out.println(line);
      written++;
      if (out.checkError()) {
        return; // the other end of the pipe is closed
      }
    }
  }

  /** Null when there is nothing to say yet. */
  private @Nullable String line(Event event) throws RemoteException {
    if (event instanceof Event.Failed failed) {
      throw failed.mistake();
    }
    if (event instanceof Event.NotAnswered missing) {
      return silence(missing.reason());
    }
    return event instanceof Event.Answered answered ? line(answered.snapshot()) : null;
  }

  private String silence(RemoteException reason) throws RemoteException {
    if (count > 0 && !clock.isHeard()) {
      throw reason;
    }
    String lasting = Figures.lasting(clock.silentSeconds());
    return String.format(
        Locale.ROOT,
        "%-20s  no answer for %s: %s",
        text(clock.now()),
        lasting,
        reason.getMessage());
  }

  /**
   * The first answer says how much there was ever, but not how much there is now; and another one
   * of the same moment says nothing new.
   */
  private @Nullable String line(Snapshot now) {
    Instant last = clock.lastHeard();
    clock.heard(now.timeMillis());
    rates = rates.with(now);
    boolean isNew = last != null && last.toEpochMilli() != now.timeMillis();
    return isNew ? line(now, rates.all()) : null;
  }

  static String heading() {
    return String.format(
        Locale.ROOT,
        FORMAT,
        "time",
        "requests/s",
        "hit rate",
        "p50 ms",
        "p99 ms",
        "errors/s",
        "clients",
        "servers up");
  }

  static String line(Snapshot now, Rate rate) {
    long up = now.servers().stream().filter(Server::isUp).count();
    return String.format(
        Locale.ROOT,
        FORMAT,
        text(Instant.ofEpochMilli(now.timeMillis())),
        Figures.rate(rate.requests()),
        Figures.percent(rate.hits()),
        Figures.millis(now.times().p50Micros()),
        Figures.millis(now.times().p99Micros()),
        Figures.rate(rate.errors()),
        now.clients(),
        up + "/" + now.servers().size());
  }

  private static String text(@Nullable Instant time) {
    return time == null ? Figures.UNKNOWN : time.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
