package io.fairlead.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.faults.Await;
import io.fairlead.testkit.FreePorts;
import io.fairlead.testkit.Memcached;
import io.fairlead.testkit.MemcachedServer;
import io.fairlead.testkit.RawClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process whose log nobody takes: serving goes on as before, and the log says what it lost. */
@Timeout(180)
class LogStallIT {
  /** The kernel keeps 64 KiB of a pipe, and the queue 1024 lines; a reset is a line each. */
  private static final int FLOOD = 4000;

  private static final int ROUNDS = 3;
  private static final int GETS = 1000;
  private static final int GETS_FOR_A_LINE = 20;

  /** What a machine that is busy with other things may make of a percentile of 1000. */
  private static final long NOISE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private static final Pattern LOST =
      Pattern.compile("msg=\"lines of the log were lost[^\"]*\" lines=\"(\\d+)\"");

  @TempDir private Path folder;

  private final int port = FreePorts.next();
  private MemcachedServer server;
  private Launcher launcher;
  private final List<Process> started = new ArrayList<>();

  @BeforeEach
  void prepare() throws IOException {
    launcher = Launcher.sharedIn(folder);
    server = Memcached.start();
  }

  @AfterEach
  void stop() {
    started.forEach(process -> process.destroyForcibly().onExit().join());
    server.close();
  }

  @Test
  void aPipeThatNobodyReadsHoldsUpNoRequest() throws Exception {
    Process process =
        start(List.of("serve", "--server", "127.0.0.1:" + server.port()), "--admin", "off");
    percentile(); // the compiler has to have its turn
    long usual = percentile();

    flood();
    long stalled = percentile();

    System.out.printf(
        "p99 of a get: %d us, %d us with a full pipe%n", usual / 1000, stalled / 1000);
    assertThat(stalled).isLessThanOrEqualTo(Math.max(usual + usual / 20, usual + NOISE_NANOS));
    assertThat(lostAsToldTo(process.getErrorStream())).isGreaterThan(FLOOD / 4);
  }

  @Test
  void aFullDiskHoldsUpNoRequest() throws Exception {
    Path log = Files.createSymbolicLink(folder.resolve("log"), Path.of("/dev/full"));
    Path config = folder.resolve("nutcracker.yml");
    Files.writeString(
        config,
        "a: {listen: '127.0.0.1:%d', hash: fnv1a_64, servers: ['127.0.0.1:%d:1']}%n"
            .formatted(port, server.port()));
    Process process = startAsNutcracker(config, log);
    percentile();
    long first = percentile();
    flood();
    long second = percentile();

    System.out.printf("p99 of a get: %d us, %d us, disk full%n", first / 1000, second / 1000);
    assertThat(second).isLessThanOrEqualTo(Math.max(first + first / 20, first + NOISE_NANOS));

    Files.delete(log);
    new ProcessBuilder("kill", "-HUP", String.valueOf(process.pid())).start().waitFor();
    Await.until("the log says what it lost", () -> LOST.matcher(text(log)).find());
  }

  private Process start(List<String> command, String... more) throws Exception {
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of(more));
    all.addAll(List.of("--listen", "127.0.0.1:" + port, "--log-level", "debug"));
    return launch(all);
  }

  private Process startAsNutcracker(Path config, Path log) throws Exception {
    return launch(
        List.of(
            "nutcracker",
            "-c",
            config.toString(),
            "-o",
            log.toString(),
            "-v",
            "8",
            "-a",
            "127.0.0.1",
            "-s",
            "" + FreePorts.next()));
  }

  private Process launch(List<String> arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of("env", "--default-signal=HUP", launcher.root.resolve("fairlead").toString()));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(launcher.root.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().keySet().removeIf(name -> name.startsWith("FAIRLEAD_"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    started.add(process);
    while (!answers()) {
      assertThat(process.waitFor(20, TimeUnit.MILLISECONDS)).as("it has ended").isFalse();
    }
    return process;
  }

  private boolean answers() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** The best of some rounds, each with a line of the log now and then. */
  private long percentile() throws IOException {
    long best = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      best = Math.min(best, round());
    }
    return best;
  }

  private long round() throws IOException {
    long[] nanos = new long[GETS];
    try (RawClient client = RawClient.connect(port).withDeadline(Duration.ofSeconds(10))) {
      for (int i = 0; i < GETS; i++) {
        if (i % GETS_FOR_A_LINE == 0) {
          reset();
        }
        long began = System.nanoTime();
        client.send("get k\r\n").expect("END\r\n");
        nanos[i] = System.nanoTime() - began;
      }
    }
    Arrays.sort(nanos);
    return nanos[GETS * 99 / 100];
  }

  private void flood() throws IOException {
    for (int i = 0; i < FLOOD; i++) {
      reset();
    }
  }

  /** A connection that breaks, which is a line of the log. */
  private void reset() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoLinger(true, 0);
      socket.getOutputStream().write('g');
    }
  }

  /** Reads on until it says how many lines were lost. */
  private static long lostAsToldTo(InputStream err) throws IOException {
    StringBuilder read = new StringBuilder();
    byte[] chunk = new byte[1 << 16];
    for (int length = err.read(chunk); length >= 0; length = err.read(chunk)) {
      read.append(new String(chunk, 0, length, UTF_8));
      Matcher lost = LOST.matcher(read);
      if (lost.find()) {
        return Long.parseLong(lost.group(1));
      }
    }
    throw new AssertionError("ended without a word about it:\n" + read);
  }

  private static String text(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      return "";
    }
  }
}
