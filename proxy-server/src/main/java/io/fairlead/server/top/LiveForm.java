package io.fairlead.server.top;

import io.fairlead.server.remote.RemoteException;
import io.fairlead.server.terminal.Screen;
import io.fairlead.server.terminal.ScreenSize;
import java.io.IOException;
import java.io.InputStream;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A picture that fills the terminal, drawn anew with each answer, until somebody ends it. */
public final class LiveForm {
  private static final int CTRL_C = 3;
  private static final int END_OF_INPUT = -1;
  private static final int INTERRUPTED = 130;
  private static final long PATIENCE_SECONDS = 2;

  private final Feed feed;
  private final long count;
  private final boolean isColoured;
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final AtomicBoolean isInterrupted = new AtomicBoolean();
  private final Board board;
  private final Picture picture;

  private long asked;
  private @Nullable RemoteException problem;

  /** How signals are handled. */
  public interface Signals {
    void handle(String name, Runnable action);
  }

  /**
   * @param count of answers after which it is done; 0 for never
   */
  public LiveForm(Feed feed, long count, boolean isColoured) {
    this.feed = feed;
    this.count = count;
    this.isColoured = isColoured;
    long interval = TimeUnit.NANOSECONDS.toSeconds(feed.intervalNanos());
    this.board = new Board(interval + PATIENCE_SECONDS, ZoneId.systemDefault(), System::nanoTime);
    this.picture = new Picture(board, Sparkline.in(System.getenv()));
  }

  /**
   * Draws until the end; the terminal is as before then.
   *
   * @throws RemoteException when answers are counted and none has come
   * @throws IOException with a sentence when the terminal cannot be used
   */
  public void run(Signals signals) throws IOException, RemoteException, InterruptedException {
    try (Screen screen = Screen.open()) {
      signals.handle("WINCH", () -> events.add(new Event.Resized()));
      signals.handle("INT", this::interrupt);
      InputStream keys = screen.keys();
      Thread reader = new Thread(() -> read(keys), "top-keys");
      reader.setDaemon(true);
      reader.start();
      feed.start(events);
      show(screen);
    }
    if (count > 0 && board.latest() == null && problem != null) {
      throw problem;
    }
  }

  /** The first time it ends as with q; whoever has to do it once more does not want to wait. */
  private void interrupt() {
    if (isInterrupted.getAndSet(true)) {
      Runtime.getRuntime().exit(INTERRUPTED);
    }
    events.add(new Event.Ended());
  }

  private void read(InputStream keys) {
    try {
      int key = keys.read();
      while (key != END_OF_INPUT) {
        events.add(new Event.Pressed(key));
        key = keys.read();
      }
    } catch (IOException e) {
      // The terminal is gone, as at the end of input.
    }
    events.add(new Event.Ended());
  }

  private void show(Screen screen) throws IOException, InterruptedException {
    ScreenSize size = screen.size();
    boolean goesOn = true;
    while (goesOn) {
      draw(screen, size);
      if (isDone()) {
        return;
      }
      // Without an event the clock goes on, and the time for which there is no answer.
      Event event = events.poll(1, TimeUnit.SECONDS);
      while (event != null && goesOn) {
        goesOn = take(event);
        size = event instanceof Event.Resized ? screen.size() : size;
        event = goesOn && !isDone() ? events.poll() : null;
      }
    }
  }

  private boolean isDone() {
    return count > 0 && asked >= count;
  }

  /** Whether it goes on. */
  private boolean take(Event event) {
    if (event instanceof Event.Failed failed) {
      throw failed.mistake();
    }
    if (event instanceof Event.Answered answered) {
      board.answered(answered.snapshot());
      asked++;
    } else if (event instanceof Event.NotAnswered missing) {
      problem = missing.reason();
      board.notAnswered(String.valueOf(problem.getMessage()));
      asked++;
    } else if (event instanceof Event.Pressed pressed) {
      return pressed.key() != 'q' && pressed.key() != 'Q' && pressed.key() != CTRL_C;
    }
    return !(event instanceof Event.Ended);
  }

  private void draw(Screen screen, ScreenSize size) throws IOException {
    List<String> lines =
        picture.lines(size).stream()
            .map(line -> isColoured ? line.coloured() : line.toString())
            .toList();
    screen.draw(lines, size);
  }
}
