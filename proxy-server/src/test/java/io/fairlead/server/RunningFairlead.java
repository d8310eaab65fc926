package io.fairlead.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process of the script {@code fairlead} that has not ended. */
public final class RunningFairlead implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final Path output;

  /** Takes a process that writes standard output and error to {@code output}. */
  public RunningFairlead(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** The number of the process, which the script has become. */
  public long pid() {
    return process.pid();
  }

  /** The memory that it has now, in MiB. */
  public long residentMib() throws IOException {
    return mib("VmRSS");
  }

  /** The most memory that it has had, in MiB. */
  public long mostResidentMib() throws IOException {
    return mib("VmHWM");
  }

  private long mib(String field) throws IOException {
    String status = Files.readString(Path.of("/proc/" + pid() + "/status"));
    Matcher matcher = Pattern.compile(field + ":\\s+(\\d+) kB").matcher(status);
    if (!matcher.find()) {
      throw new AssertionError("no " + field + " in\n" + status);
    }
    return Long.parseLong(matcher.group(1)) >> 10;
  }

  /** What it has printed so far. */
  public String log() throws IOException {
    return Files.readString(output);
  }

  /** Waits until it has printed something that matches. */
  public Matcher await(String pattern) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      Matcher matcher = Pattern.compile(pattern).matcher(log());
      if (matcher.find()) {
        return matcher;
      }
      if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
        throw new AssertionError("ended with " + process.exitValue() + ":\n" + log());
      }
    }
    throw new AssertionError("never printed " + pattern + ":\n" + log());
  }

  /** Waits likewise; the first group is a port. */
  public int awaitPort(String pattern) throws IOException, InterruptedException {
    return Integer.parseInt(await(pattern).group(1));
  }

  /** Sends SIGTERM and returns the exit status. */
  public int terminate() throws IOException, InterruptedException {
    tellToStop();
    return awaitEnd();
  }

  /** Sends SIGTERM. */
  public void tellToStop() {
    process.toHandle().destroy(); // a second time as well, which that of Process would not do
  }

  /** Waits for the end, and returns the exit status. */
  public int awaitEnd() throws IOException, InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("does not end:\n" + log());
    }
    return process.exitValue();
  }

  /** Sends SIGHUP. */
  public void hangUp() throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-HUP", String.valueOf(process.pid())).start().waitFor();
  }

  /** Sends SIGKILL and waits for the end. */
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly().onExit().join();
    Files.delete(output);
  }
}
