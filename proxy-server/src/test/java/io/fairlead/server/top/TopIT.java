package io.fairlead.server.top;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.faults.Await;
import io.fairlead.faults.Servers;
import io.fairlead.server.Launcher;
import io.fairlead.server.OpenLoad;
import io.fairlead.server.PseudoTerminal;
import io.fairlead.server.RunningFairlead;
import io.fairlead.testkit.FreePorts;
import io.fairlead.testkit.RawClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code top} in a terminal, and elsewhere, before a process with real memcached. */
class TopIT {
  private static final String LEAVE = "\033[?7h\033[?25h\033[?1049l";
  private static final String SERVER_UP = "cache-a +up .*";
  private static final int KEYS = 100;
  private static final int PER_SECOND = 1000;

  @RegisterExtension static final Servers SERVERS = new Servers(2);

  @TempDir private Path folder;
  private Launcher launcher;
  private RunningFairlead fairlead;
  private Path file;
  private String admin;
  private int port;

  @SuppressWarnings("NullAway.Init") // each test starts all
  TopIT() {}

  @BeforeEach
  void start() throws Exception {
    launcher = Launcher.sharedIn(folder);
    port = FreePorts.next();
    admin = "127.0.0.1:" + FreePorts.next();
    file =
        Files.writeString(
            folder.resolve("fairlead.yaml"),
            """
            listeners: [{ address: "127.0.0.1:%d", pool: main }]
            pools:
              main:
                servers:
                  - { name: cache-a, address: "127.0.0.1:%d" }
                  - { name: cache-b, address: "127.0.0.1:%d" }
                hot_keys: true
            admin: %s
            """
                .formatted(port, SERVERS.ports().get(0), SERVERS.ports().get(1), admin));
    serve();
  }

  private void serve() throws Exception {
    fairlead = launcher.start("serve", "--config", file.toString());
    fairlead.await("msg=\"ready\"");
  }

  @AfterEach
  void stop() throws Exception {
    fairlead.close();
  }

  private PseudoTerminal top(int width, int height, String... more) throws Exception {
    return top(width, height, Map.of(), more);
  }

  private PseudoTerminal top(int width, int height, Map<String, String> environment, String... more)
      throws Exception {
    List<String> args = new ArrayList<>(List.of("top", admin));
    args.addAll(List.of(more));
    return PseudoTerminal.run(launcher, width, height, environment, args.toArray(new String[0]));
  }

  private static void assertRestored(PseudoTerminal terminal) throws Exception {
    assertThat(terminal.after()).isEqualTo(terminal.before());
    assertThat(terminal.written())
        .startsWith("\033[?1049h\033[?25l\033[?7l")
        .containsOnlyOnce("\033[?1049h")
        .containsOnlyOnce(LEAVE)
        .endsWith(LEAVE);
  }

  @ParameterizedTest
  @CsvSource({"80, 24", "200, 50"})
  void fitsTheTerminalAndIsGoneAfterQ(int width, int height) throws Exception {
    try (OpenLoad load = OpenLoad.start(port, KEYS, PER_SECOND);
        PseudoTerminal terminal = top(width, height)) {
      terminal.await("(.* )?[1-9][\\d.k]* req/s .*");
      terminal.await(SERVER_UP);
      terminal.await("hot key .*");
      terminal.await("events, newest first");
      terminal.type("q");

      assertThat(terminal.awaitEnd()).isZero();
      assertRestored(terminal);
      assertThat(terminal.pictures())
          .allSatisfy(lines -> assertThat(lines).hasSizeLessThanOrEqualTo(height))
          .allSatisfy(
              lines ->
                  assertThat(lines).allSatisfy(l -> assertThat(l.length()).isLessThan(width + 1)));
      assertThat(load.wrong()).isEmpty();
    }
  }

  @Test
  void ctrlCEndsItAndTheTerminalIsAsBefore() throws Exception {
    try (PseudoTerminal terminal = top(80, 24)) {
      terminal.await(SERVER_UP);
      terminal.type("\\x03");

      assertThat(terminal.awaitEnd()).isZero();
      assertRestored(terminal);
    }
  }

  @Test
  void theTerminalIsAsBeforeWhenItIsTerminated() throws Exception {
    try (PseudoTerminal terminal = top(80, 24)) {
      terminal.await(SERVER_UP);
      terminal.terminate();

      assertThat(terminal.awaitEnd()).isEqualTo(143);
      assertRestored(terminal);
    }
  }

  @Test
  void theTerminalIsAsBeforeWhenWeHaveMadeAMistake() throws Exception {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            FailingTop.class.getName());
    try (PseudoTerminal terminal = PseudoTerminal.run(80, 24, Map.of(), command)) {
      assertThat(terminal.awaitEnd()).isEqualTo(1);
      assertThat(terminal.after()).isEqualTo(terminal.before());
      assertThat(terminal.written())
          .containsOnlyOnce(LEAVE)
          .containsPattern("\\Q" + LEAVE + "\\E(?s:.*)IllegalStateException: ours");
    }
  }

  @Test
  void followsTheSizeOfTheTerminal() throws Exception {
    try (PseudoTerminal terminal = top(80, 24)) {
      terminal.await("server +state .*in flight");
      terminal.resize(200, 50);
      terminal.await("server +state .*in flight +share +connections +address *");
      int before = terminal.pictures().size();
      terminal.resize(50, 10);
      List<String> small =
          terminal.await(
              "a small picture",
              before,
              lines -> lines.stream().allMatch(line -> line.length() <= 50));

      assertThat(small).hasSizeLessThanOrEqualTo(10).anyMatch(line -> line.matches(SERVER_UP));
      terminal.type("q");
      assertThat(terminal.awaitEnd()).isZero();
    }
  }

  @Test
  void showsWhyAServerIsOutInWordsAndInColour() throws Exception {
    try (OpenLoad load = OpenLoad.start(port, KEYS, PER_SECOND);
        PseudoTerminal terminal = top(120, 30)) {
      terminal.await(SERVER_UP);
      assertThat(terminal.written()).contains("\033[32mup\033[0m");
      SERVERS.kill(1);
      terminal.await("cache-b +(ejected|probing|failing): connect(ion)? (failed|lost).*");
      assertThat(terminal.written()).containsPattern("\033\\[3[13]m(ejected|probing|failing): ");
      SERVERS.reset();
      int before = terminal.pictures().size();
      terminal.await(
          "it is up again",
          before,
          lines -> lines.stream().anyMatch(line -> line.matches("cache-b +up .*")));
      assertThat(load.answered()).isPositive();
    }
  }

  @Test
  void hasNoColoursWhereSomebodyDoesNotWantThem() throws Exception {
    try (PseudoTerminal terminal = top(80, 24, Map.of("NO_COLOR", "1"))) {
      terminal.await(SERVER_UP);

      assertThat(terminal.written()).doesNotContainPattern("\033\\[\\d+m");
    }
  }

  @Test
  void saysThatTheProxyIsGoneAndGoesOnWhenItIsBack() throws Exception {
    try (PseudoTerminal terminal = top(100, 24)) {
      terminal.await(SERVER_UP);
      fairlead.terminate();
      fairlead.close();
      terminal.await("no answer for \\d+ s; what is shown is of \\d\\d:\\d\\d:\\d\\d");
      terminal.await("http://127.0.0.1:\\d+ does not answer: no connection .*");
      serve();
      int before = terminal.pictures().size();
      terminal.await(
          "an answer",
          before,
          lines -> lines.stream().noneMatch(line -> line.contains("no answer")));
    }
  }

  @Test
  void waitsForAProxyThatIsNotThereYet() throws Exception {
    fairlead.terminate();
    fairlead.close();
    try (PseudoTerminal terminal = top(100, 24)) {
      terminal.await("no answer yet, for \\d+ s");
      serve();
      terminal.await(SERVER_UP);
    }
  }

  @Test
  void endsByItselfAfterSoManyPictures() throws Exception {
    try (PseudoTerminal terminal = top(80, 24, "--count", "2")) {
      assertThat(terminal.awaitEnd()).isZero();
      assertRestored(terminal);
      assertThat(terminal.pictures()).hasSizeGreaterThanOrEqualTo(2);
    }
  }

  @Test
  void keysOfClientsCannotSteerTheTerminal() throws Exception {
    String key = "\033[2J\033]0;x\007\233";
    String name = Base64.getEncoder().encodeToString(key.getBytes(ISO_8859_1));
    try (RawClient client = RawClient.connect(port);
        PseudoTerminal terminal = top(120, 40)) {
      terminal.await(SERVER_UP);
      for (int i = 0; i < 100; i++) {
        client.send(("mg " + name + " b\r\n").repeat(100)).expect("EN\r\n".repeat(100));
      }
      terminal.await(".*\\[2J.*");

      assertThat(terminal.written()).doesNotContain("\033[2J", "\033]", "\007", "\u009b");
    }
  }

  @Test
  void writesLinesIntoAPipe() throws Exception {
    try (OpenLoad load = OpenLoad.start(port, KEYS, PER_SECOND)) {
      Await.until("answers", () -> load.answered() > PER_SECOND / 4);
      Launcher.Result result = launcher.run(Map.of(), "top", "http://" + admin, "--count", "2");

      assertThat(result.err()).isEmpty();
      assertThat(result.status()).isZero();
      assertThat(result.out().lines())
          .hasSize(3)
          .last()
          .asString()
          .matches(
              "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ +[1-9]\\d* +[\\d.]+% +\\d+\\.\\d+"
                  + " +\\d+\\.\\d+ +[\\d.]+ +4 +2/2");
    }
  }

  @Test
  void writesLinesOnATerminalThatIsAskedTo() throws Exception {
    try (PseudoTerminal terminal = top(100, 24, "--plain", "--count", "1")) {
      assertThat(terminal.awaitEnd()).isZero();
      assertThat(terminal.written())
          .startsWith("time  ")
          .doesNotContain("\033")
          .containsPattern("\n\\d{4}-.* 2/2\r");
      assertThat(terminal.after()).isEqualTo(terminal.before());
    }
  }

  @Test
  void aProxyThatNeverAnswersIsOneSentenceWhenPicturesAreCounted() throws Exception {
    fairlead.terminate();
    try (PseudoTerminal terminal = top(80, 24, "--count", "1")) {
      assertThat(terminal.awaitEnd()).isEqualTo(1);
      assertThat(terminal.written())
          .containsOnlyOnce(LEAVE)
          .containsPattern("\\Q" + LEAVE + "\\Efairlead: http://.* does not answer: ");
      assertThat(terminal.after()).isEqualTo(terminal.before());
    }
  }
}
