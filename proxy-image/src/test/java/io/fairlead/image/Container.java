package io.fairlead.image;

import io.fairlead.testkit.RawClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A process of the image, with the one that made its namespaces. */
final class Container implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process parent;
  private final Path output;
  private final long began;

  private Container(Process parent, Path output, long began) {
    this.parent = parent;
    this.output = output;
    this.began = began;
  }

  static Container start(List<String> command) throws IOException {
    Path output = Files.createTempFile("fairlead-container", ".log");
    long began = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    return new Container(process, output, began);
  }

  /** What it has printed so far. */
  String log() throws IOException {
    return Files.readString(output);
  }

  /** Waits until it has printed something that matches, and gives the first group. */
  String await(String pattern) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      Matcher matcher = Pattern.compile(pattern).matcher(log());
      if (matcher.find()) {
        return matcher.groupCount() == 0 ? "" : matcher.group(1);
      }
      if (parent.waitFor(2, TimeUnit.MILLISECONDS)) {
        throw new AssertionError("ended with " + parent.exitValue() + ":\n" + log());
      }
    }
    throw new AssertionError("never printed " + pattern + ":\n" + log());
  }

  /** Waits until it listens, and connects. */
  RawClient client() throws IOException, InterruptedException {
    return RawClient.connect(port());
  }

  /** Where clients connect. */
  int port() throws IOException, InterruptedException {
    return Integer.parseInt(await("msg=\"listening\" address=\"[^\"]*:(\\d+)\""));
  }

  /** What it answers on the admin port. */
  String page(String path) throws IOException, InterruptedException {
    return page(Integer.parseInt(await("msg=\"admin listening\" url=\"[^\"]*:(\\d+)\"")), path);
  }

  /** What a port answers to a request for a page. */
  static String page(int port, String path) {
    try (RawClient client = RawClient.connect(port)) {
      return client
          .send("GET " + path + " HTTP/1.0\r\nHost: localhost\r\n\r\n")
          .readUntilQuiet(Duration.ofMillis(500));
    }
  }

  /** The time since it was told to start. */
  Duration age() {
    return Duration.ofNanos(System.nanoTime() - began);
  }

  /** What the kernel says about it, as {@code Uid}. */
  String status(String field) throws IOException {
    try (Stream<String> lines = Files.lines(proc("status"))) {
      return lines
          .filter(line -> line.startsWith(field + ":"))
          .map(line -> line.substring(field.length() + 1).strip())
          .findFirst()
          .orElseThrow();
    }
  }

  /** The files that it has mapped into its memory. */
  String mapped() throws IOException {
    return Files.readString(proc("maps"));
  }

  /** All that is in its {@code /tmp}. */
  List<String> temporaryFiles() throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(proc("root/tmp"))) {
      files.forEach(file -> found.add(file.getFileName().toString()));
    }
    return found;
  }

  /** Processor time that it has used. */
  Duration cpuTime() {
    return process().info().totalCpuDuration().orElseThrow();
  }

  /** Runs another program inside, as the same user. */
  Ended exec(String... program) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("nsenter", "--target", "" + process().pid()));
    command.addAll(List.of("--mount", "--pid", "--root", "--wd"));
    command.addAll(List.of("--setuid", "65532", "--setgid", "65532"));
    command.addAll(List.of(program));
    return Ended.of(command);
  }

  private Path proc(String name) {
    return Path.of("/proc", String.valueOf(process().pid()), name);
  }

  /** The first process inside. */
  private ProcessHandle process() {
    return parent.toHandle().children().findFirst().orElseThrow();
  }

  /** Sends SIGTERM, as an engine does to stop it. */
  void tellToStop() {
    process().destroy();
  }

  /** Waits for the end, and gives the exit status. */
  int awaitEnd() throws IOException, InterruptedException {
    if (!parent.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("does not end:\n" + log());
    }
    return parent.exitValue();
  }

  /** Kills it, and so all that is inside. */
  @Override
  public void close() throws IOException {
    parent.toHandle().descendants().forEach(ProcessHandle::destroyForcibly);
    parent.destroyForcibly().onExit().join();
    Files.delete(output);
  }
}
