package io.fairlead.book;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Somebody at a shell who does what a page says. The shell has a network and processes of its own,
 * so that ports are free, nothing else can be reached, and all it has started ends with it.
 */
final class Reader implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 60;
  private static final Pattern DONE = Pattern.compile("(?s)(.*)\u0001done (\\d+) \\d+\n");

  private final Path folder;
  private final Process shell;
  private final StringBuilder printed = new StringBuilder(); // locked by itself
  private int typed;

  /**
   * Sits down.
   *
   * @param folder an empty one, for the files of the page
   * @param programs what comes before the programs of the machine
   */
  Reader(Path folder, Path programs) throws IOException {
    this.folder = folder;
    Files.createSymbolicLink(
        folder.resolve("config-examples"), BookPage.REPOSITORY.resolve("config-examples"));
    ProcessBuilder builder =
        new ProcessBuilder(
                "unshare",
                "--net",
                "--pid",
                "--fork",
                "--kill-child",
                "--mount-proc",
                "bash",
                "--norc",
                "-s")
            .directory(folder.toFile())
            .redirectErrorStream(true);
    builder.environment().merge("PATH", programs + ":", (path, ours) -> ours + path);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().keySet().removeIf(name -> name.startsWith("FAIRLEAD_"));
    shell = builder.start();
    Thread listener = new Thread(this::listen, "shell output");
    listener.setDaemon(true);
    listener.start();
    type("ip link set lo up");
  }

  /** Whether this machine lets one have a network of one's own. */
  static boolean isPossible() throws IOException, InterruptedException {
    Process trial =
        new ProcessBuilder("unshare", "--net", "--pid", "--fork", "--mount-proc", "true")
            .redirectErrorStream(true)
            .start();
    return trial.waitFor() == 0;
  }

  private void listen() {
    byte[] bytes = new byte[8192];
    try (InputStream in = shell.getInputStream()) {
      for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
        String more = new String(bytes, 0, n, UTF_8);
        synchronized (printed) {
          printed.append(more);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Does what a step says; returns what is wrong with it, or nothing. */
  String follow(Step step) throws IOException {
    if (step instanceof Step.Write write) {
      Files.writeString(folder.resolve(write.name()), write.content());
      return "";
    }
    if (step instanceof Step.Take take) {
      Files.copy(BookPage.REPOSITORY.resolve(take.path()), folder.resolve(take.name()));
      return "";
    }
    Step.Type type = (Step.Type) step;
    ExpectedOutput expected = new ExpectedOutput(type.output());
    String output = type.isBackground() ? begin(type.command(), expected) : type(type.command());
    return expected.matches(output)
        ? ""
        : "line %d: $ %s\nexpected:\n%s\nbut was:\n%s\n"
            .formatted(type.line(), type.command(), expected, output);
  }

  /** Runs a command to its end; what it has printed. */
  private String type(String command) throws IOException {
    forget();
    send(command + "\nprintf '\\001done %d %d\\n' " + ++typed + " $?\n");
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < end) {
      Matcher done = DONE.matcher(printed());
      if (done.matches() && Integer.parseInt(done.group(2)) == typed) {
        return done.group(1);
      }
      pause();
    }
    throw new AssertionError("does not end: " + command + "\n" + printed());
  }

  /** Begins a command, and waits until it has printed what it should. */
  private String begin(String command, ExpectedOutput expected) throws IOException {
    forget();
    send(command + "\n");
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < end && !expected.matches(printed())) {
      pause();
    }
    return printed();
  }

  private String printed() {
    synchronized (printed) {
      return printed.toString();
    }
  }

  private void forget() {
    synchronized (printed) {
      printed.setLength(0);
    }
  }

  private void send(String text) throws IOException {
    OutputStream in = shell.getOutputStream();
    in.write(text.getBytes(UTF_8));
    in.flush();
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(10);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    List<ProcessHandle> all = shell.descendants().toList();
    shell.destroyForcibly();
    all.forEach(ProcessHandle::destroyForcibly);
    shell.onExit().join();
  }
}
