package io.fairlead.server.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The terminal, all of it, until it is closed: keys come at once and unseen, and what was there
 * before comes back at the end.
 */
public final class Screen implements AutoCloseable {
  /*
   * Restoring. Whoever ends the process, the terminal has to be as it was: close() does it after
   * the last picture or an exception, the shutdown hook after a signal, and whoever comes first does
   * it alone. No picture is drawn after that; the lock sees to it, and is not waited for for ever,
   * as a terminal that takes no bytes would keep the one who draws.
   *
   * Keys. Ctrl-C stays a signal. Ctrl-Z and Ctrl-\ are off, as both would leave the terminal as we
   * have set it; so is Ctrl-S, which stops whoever draws.
   */
  private static final String[] OURS = {
    "-icanon", "min", "1", "time", "0", "-echo", "-ixon", "susp", "undef", "quit", "undef"
  };

  /** The other screen, without cursor; lines that are too long for it are cut. */
  private static final String ENTER = "\033[?1049h\033[?25l\033[?7l";

  private static final String LEAVE = "\033[?7h\033[?25h\033[?1049l";
  private static final String HOME = "\033[H";
  private static final String CLEAR_LINE = "\033[2K";
  private static final String CLEAR_REST = "\033[J";
  private static final String NEXT_LINE = "\r\n";

  private final String before;
  private final OutputStream out = new FileOutputStream(FileDescriptor.out);
  private final ReentrantLock drawing = new ReentrantLock();
  private final AtomicBoolean isRestored = new AtomicBoolean();
  private final Thread hook = new Thread(this::restore, "restore-terminal");

  private Screen(String before) {
    this.before = before;
  }

  /**
   * Takes the terminal.
   *
   * @throws IOException with a sentence when it cannot be set
   */
  public static Screen open() throws IOException {
    Screen screen = new Screen(Stty.run("-g"));
    Runtime.getRuntime().addShutdownHook(screen.hook);
    try {
      Stty.run(OURS);
      screen.write(ENTER);
      return screen;
    } catch (IOException | RuntimeException e) {
      screen.close();
      throw e;
    }
  }

  /** How large it is now. */
  public ScreenSize size() throws IOException {
    return ScreenSize.parse(Stty.run("size"));
  }

  /** What is typed; whoever reads waits for it. */
  public InputStream keys() throws IOException {
    return new FileInputStream(Stty.TERMINAL);
  }

  /** Shows these lines, no more than it has, in place of those before; in one write. */
  public void draw(List<String> lines, ScreenSize size) throws IOException {
    StringBuilder picture = new StringBuilder(HOME);
    for (int i = 0; i < lines.size(); i++) {
      // A line is cleared before it is written: behind its last column would be too late.
      picture.append(i == 0 ? "" : NEXT_LINE).append(CLEAR_LINE).append(lines.get(i));
    }
    if (lines.size() < size.height()) {
      picture.append(lines.isEmpty() ? "" : NEXT_LINE).append(CLEAR_REST);
    }
    drawing.lock();
    try {
      if (!isRestored.get()) {
        write(picture.toString());
      }
    } finally {
      drawing.unlock();
    }
  }

  private void write(String text) throws IOException {
    out.write(text.getBytes(UTF_8));
  }

  @Override
  public void close() {
    restore();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending already.
    }
  }

  private void restore() {
    if (!isRestored.compareAndSet(false, true)) {
      return;
    }
    leave();
    try {
      Stty.run(before);
    } catch (IOException e) {
      // The terminal is gone, and nobody is left to be told.
    }
  }

  private void leave() {
    try {
      if (drawing.tryLock(1, TimeUnit.SECONDS)) {
        write(LEAVE);
      }
    } catch (IOException e) {
      // It is gone, likewise.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
