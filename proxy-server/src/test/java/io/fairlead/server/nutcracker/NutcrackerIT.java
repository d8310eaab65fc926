package io.fairlead.server.nutcracker;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.faults.Await;
import io.fairlead.server.Conversation;
import io.fairlead.server.Launcher;
import io.fairlead.server.Launcher.Result;
import io.fairlead.server.RunningFairlead;
import io.fairlead.testkit.FreePorts;
import io.fairlead.testkit.InProcessMemcached;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code fairlead nutcracker} as a process. */
class NutcrackerIT {
  @TempDir private Path folder;
  private InProcessMemcached memcached;
  private Launcher launcher;
  private Path config;
  private Path log;
  private Path pidFile;

  @BeforeEach
  void start() throws IOException {
    memcached = InProcessMemcached.start();
    launcher = Launcher.sharedIn(folder);
    log = folder.resolve("proxy.log");
    pidFile = folder.resolve("proxy.pid");
    config = folder.resolve("nutcracker.yml");
    Files.writeString(
        config,
        """
        main:
          listen: 127.0.0.1:%d
          timeout: 400
          servers:
           - 127.0.0.1:%d:1 cache1
        """
            .formatted(FreePorts.next(), memcached.port()));
  }

  @AfterEach
  void stop() {
    memcached.close();
  }

  private String arguments(int statsPort) {
    return "nutcracker -c " + config + " -s " + statsPort + " -a 127.0.0.1";
  }

  private int awaitPort(String pattern) {
    return Integer.parseInt(awaitLogged(pattern).group(1));
  }

  private Matcher awaitLogged(String pattern) {
    Matcher[] found = new Matcher[1];
    Await.until(
        pattern + " is logged",
        () -> {
          found[0] = Pattern.compile(pattern).matcher(logged());
          return found[0].find();
        });
    return found[0];
  }

  private static void awaitStatistics(int statsPort, String part) {
    Await.until("the statistics say " + part, () -> statistics(statsPort).contains(part));
  }

  private static String statistics(int statsPort) {
    try {
      return Conversation.with(statsPort, "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String logged() {
    try {
      return Files.exists(log) ? Files.readString(log) : "";
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void servesWithItsStatisticsLogAndPidFile() throws Exception {
    int statsPort = FreePorts.next();
    String arguments =
        arguments(statsPort) + " -v 7 -i 100 -m 512 --output=" + log + " --pid-file " + pidFile;
    try (RunningFairlead fairlead = launcher.start(arguments.split(" "))) {
      int port = awaitPort("msg=\"listening\" address=\"127.0.0.1:(\\d+)\"");
      awaitLogged("msg=\"ready\"");

      assertThat(Conversation.with(port, "set a 0 0 1\r\n1\r\nget a\r\nquit\r\n"))
          .isEqualTo("STORED\r\nVALUE a 0 1\r\n1\r\nEND\r\n");
      // The client may see its connection end before the event loop has counted that it did.
      awaitStatistics(statsPort, "\"client_eof\":1, ");
      assertThat(statistics(statsPort))
          .startsWith("{\"service\":\"nutcracker\"")
          .contains("\"requests\":2, ");
      long pid = Long.parseLong(Files.readString(pidFile));
      assertThat(ProcessHandle.of(pid)).isPresent();
      assertThat(logged()).contains("option -i has no effect", "option -m has no effect");

      assertThat(fairlead.terminate()).isZero();
      assertThat(pidFile).doesNotExist();
      assertThat(logged()).contains("msg=\"stopped\"");
      assertThat(fairlead.log()).isEmpty();
    }
  }

  @Test
  void opensItsLogAgainOnHangup() throws Exception {
    String arguments = arguments(FreePorts.next()) + " -o " + log + " -p " + pidFile;
    try (RunningFairlead fairlead = launcher.start(arguments.split(" "))) {
      awaitLogged("msg=\"ready\"");
      Path moved = Files.move(log, folder.resolve("proxy.log.1"));

      Process kill = new ProcessBuilder("kill", "-HUP", Files.readString(pidFile)).start();
      assertThat(kill.waitFor()).isZero();

      awaitLogged("SIGHUP");
      assertThat(Files.readString(moved)).contains("msg=\"ready\"").doesNotContain("SIGHUP");
      assertThat(fairlead.terminate()).isZero();
    }
  }

  @Test
  void survivesHangupWithoutALogFile() throws Exception {
    String arguments = arguments(FreePorts.next()) + " -p " + pidFile;
    try (RunningFairlead fairlead = launcher.start(arguments.split(" "))) {
      fairlead.await("msg=\"ready\"");

      Process kill = new ProcessBuilder("kill", "-HUP", Files.readString(pidFile)).start();
      assertThat(kill.waitFor()).isZero();

      fairlead.await("SIGHUP");
      assertThat(fairlead.terminate()).isZero();
    }
  }

  @Test
  void saysThatItsStatisticsPortIsTakenAndLeavesTheOthersPidFile() throws Exception {
    Files.writeString(pidFile, "4711");
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String arguments = arguments(taken.getLocalPort()) + " -p " + pidFile;

      Result result = launcher.run(Map.of(), arguments.split(" "));

      assertThat(result.err())
          .startsWith("fairlead: twemproxy-stats 127.0.0.1:" + taken.getLocalPort())
          .contains("Another program listens there")
          .hasLineCount(1);
      assertThat(result.status()).isEqualTo(1);
      assertThat(pidFile).hasContent("4711");
    }
  }

  @Test
  void refusesFilesThatItCannotWrite() throws Exception {
    Result pid =
        launcher.run(Map.of(), (arguments(FreePorts.next()) + " -p /no/such/pid").split(" "));
    Result out =
        launcher.run(Map.of(), (arguments(FreePorts.next()) + " -o /no/such/log").split(" "));

    assertThat(pid.err())
        .contains("fairlead: opening pid file '/no/such/pid' failed: No such file or directory");
    assertThat(pid.status()).isEqualTo(1);
    assertThat(out.err())
        .contains("fairlead: opening log file '/no/such/log' failed: No such file or directory");
    assertThat(out.status()).isEqualTo(1);
  }

  @Test
  void serveGivesTheStatisticsWhenAskedTo() throws Exception {
    int statsPort = FreePorts.next();
    try (RunningFairlead fairlead =
        launcher.start(
            "serve",
            "--config",
            config.toString(),
            "--admin",
            "off",
            "--twemproxy-stats",
            "" + statsPort)) {
      fairlead.await("msg=\"ready\"");

      assertThat(Conversation.with(statsPort, "")).contains("\"main\": {\"client_eof\":0, ");
    }
  }
}
