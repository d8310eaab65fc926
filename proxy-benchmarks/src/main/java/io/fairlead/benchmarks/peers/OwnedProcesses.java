package io.fairlead.benchmarks.peers;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * The processes that this program started. They end when it closes this, latest first, and also
 * when the program is interrupted. What they print goes to one log file.
 */
public final class OwnedProcesses implements AutoCloseable {
  private static final long TERM_SECONDS = 10;
  private static final int LOG_TAIL_CHARACTERS = 600;

  private final Path directory;
  private final Path log;
  private final Deque<Process> running = new ArrayDeque<>();
  private final Thread hook = new Thread(this::endAll, "end-processes");

  private OwnedProcesses(Path directory) {
    this.directory = directory;
    log = directory.resolve("processes.log");
  }

  /** None so far; what they write lies in a directory that is deleted with them. */
  public static OwnedProcesses inTemporaryDirectory() throws IOException {
    OwnedProcesses processes = new OwnedProcesses(Files.createTempDirectory("fairlead-compare-"));
    Runtime.getRuntime().addShutdownHook(processes.hook);
    return processes;
  }

  /** A new directory for the files of one process. */
  public Path newDirectory(String name) throws IOException {
    return Files.createTempDirectory(directory, name + "-");
  }

  /** Starts a process without input whose output goes to the log. */
  public synchronized Process start(List<String> command, Map<String, String> environment)
      throws IOException {
    return started(
        builder(command, environment)
            .redirectInput(new File("/dev/null"))
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(log.toFile())));
  }

  /** Starts a process that this program talks to. */
  public synchronized Process startConversation(List<String> command) throws IOException {
    return started(builder(command, Map.of()).redirectError(Redirect.appendTo(log.toFile())));
  }

  /** The process and everything that it has started. */
  public static List<Long> family(Process process) {
    List<Long> pids = new ArrayList<>(List.of(process.pid()));
    process.descendants().forEach(descendant -> pids.add(descendant.pid()));
    return pids;
  }

  /** Ends a process, and what it has started, and returns when it is gone. */
  public synchronized void end(Process process) {
    if (!running.remove(process)) {
      return;
    }
    destroyFamily(process).forEach(OwnedProcesses::awaitEnd);
  }

  /** The end of the log, for the message when a process did not do what it should. */
  public String logTail() {
    try {
      String text = Files.readString(log);
      return text.substring(Math.max(0, text.length() - LOG_TAIL_CHARACTERS)).strip();
    } catch (IOException e) {
      return "";
    }
  }

  @Override
  public void close() {
    endAll();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ignored) {
      // The program is being shut down, by that very hook.
    }
  }

  private synchronized void endAll() {
    // All are told before any is waited for: memcached takes a second to end.
    List<ProcessHandle> all = new ArrayList<>();
    running.descendingIterator().forEachRemaining(process -> all.addAll(destroyFamily(process)));
    running.clear();
    all.forEach(OwnedProcesses::awaitEnd);
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException ignored) {
      // It is gone already, or of no more consequence than any temporary file.
    }
  }

  private Process started(ProcessBuilder builder) throws IOException {
    Process process = builder.start();
    running.addLast(process);
    return process;
  }

  private static List<ProcessHandle> destroyFamily(Process process) {
    List<ProcessHandle> family = new ArrayList<>(process.descendants().toList());
    family.add(process.toHandle());
    family.forEach(ProcessHandle::destroy);
    return family;
  }

  private static ProcessBuilder builder(List<String> command, Map<String, String> environment) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    return builder;
  }

  private static void awaitEnd(ProcessHandle process) {
    try {
      process.onExit().get(TERM_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
