package io.fairlead.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** A process started by the testkit; whatever happens, it does not outlive the JVM. */
final class ChildProcess {
  private static final Set<Process> running = ConcurrentHashMap.newKeySet();

  static {
    Thread reaper = new Thread(ChildProcess::killAll, "testkit-child-reaper");
    Runtime.getRuntime().addShutdownHook(reaper);
  }

  private final Process process;
  private final Path output;

  private ChildProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Starts it with standard output and error going to one file. */
  static ChildProcess start(List<String> command) {
    try {
      Path output = Files.createTempFile("fairlead-child", ".log");
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      running.add(process);
      process.getOutputStream().close();
      return new ChildProcess(process, output);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + command.get(0), e);
    }
  }

  /** Runs a command to its end, whatever it prints; whether its exit status is 0. */
  static boolean succeeds(List<String> command) {
    ChildProcess child = start(command);
    try {
      return child.process.waitFor() == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } finally {
      child.kill();
    }
  }

  long pid() {
    return process.pid();
  }

  boolean isRunning() {
    return process.isAlive();
  }

  Optional<Duration> cpuTime() {
    return process.info().totalCpuDuration();
  }

  /** What it printed so far. */
  String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      return "";
    }
  }

  /** Stops it with SIGSTOP, and waits until every thread of it stands still. */
  void freeze() {
    signal("STOP");
    Readiness.await(this::isFrozen, this::isRunning);
  }

  /** Where there is no such folder, the signal alone has to do. */
  private boolean isFrozen() {
    Path threads = Path.of("/proc", Long.toString(pid()), "task");
    try (Stream<Path> all = Files.list(threads)) {
      return all.allMatch(ChildProcess::stands);
    } catch (IOException e) {
      return true;
    }
  }

  /** The state follows the program's name, which stands in parentheses: T is stopped. */
  private static boolean stands(Path thread) {
    try {
      String stat = Files.readString(thread.resolve("stat"));
      return stat.startsWith("T", stat.lastIndexOf(')') + 2);
    } catch (IOException e) {
      return true; // it has just ended
    }
  }

  void thaw() {
    signal("CONT");
  }

  /** Kills it with SIGKILL, which a stopped process obeys too, and waits until it is gone. */
  void kill() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    running.remove(process);
    try {
      Files.deleteIfExists(output);
    } catch (IOException e) {
      // A log file left behind in the temporary folder harms nobody.
    }
  }

  private static void killAll() {
    running.forEach(Process::destroyForcibly);
    for (Process process : running) {
      process.onExit().join();
    }
  }

  /** The JDK can only terminate processes; the shell's own kill sends every signal. */
  private void signal(String name) {
    if (!process.isAlive()) {
      throw new IllegalStateException("process " + pid() + " has ended");
    }
    try {
      Process shell =
          new ProcessBuilder("sh", "-c", "kill -s " + name + " " + pid()).inheritIO().start();
      if (shell.waitFor() != 0) {
        throw new IllegalStateException("cannot send SIG" + name + " to process " + pid());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
