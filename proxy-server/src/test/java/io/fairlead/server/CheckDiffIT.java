package io.fairlead.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.faults.Await;
import io.fairlead.testkit.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code check --diff running}, of a process that serves. */
class CheckDiffIT {
  @TempDir private Path folder;
  private RunningFairlead fairlead;
  private String admin;
  private Path served;

  @SuppressWarnings("NullAway.Init") // each test starts all
  CheckDiffIT() {}

  @BeforeEach
  void start() throws Exception {
    admin = "127.0.0.1:" + FreePorts.next();
    served =
        Files.writeString(
            folder.resolve("served.yaml"),
            """
            listeners:
              - { address: "127.0.0.1:%d", pool: main }
              - { address: "unix:%s/old", pool: old }
            pools:
              main: { servers: [10.0.0.1, 10.0.0.2], preconnect: false }
              old: { servers: [10.0.1.1], preconnect: false }
            admin: "%s"
            reload: false
            """
                .formatted(FreePorts.next(), folder, admin));
    fairlead = Launcher.sharedIn(folder).start("serve", "--config", served.toString());
    fairlead.await("msg=\"?ready");
    Await.until("it serves", () -> diff(served).status() == 0);
  }

  @AfterEach
  void stop() throws IOException {
    fairlead.close();
  }

  private Cli diff(Path file, String... more) {
    String[] words = {"check", file.toString(), "--diff", "running", "--admin", admin};
    return Cli.run(Stream.concat(Arrays.stream(words), Arrays.stream(more)).toArray(String[]::new));
  }

  private Path changed(String... changes) throws IOException {
    String text = Files.readString(served);
    for (int i = 0; i < changes.length; i += 2) {
      assertThat(text).contains(changes[i]);
      text = text.replace(changes[i], changes[i + 1]);
    }
    return Files.writeString(folder.resolve("next.yaml"), text);
  }

  @Test
  void nothingMovesWithTheFileThatIsServed() {
    assertThat(diff(served).out())
        .contains("pool main: 0 of 100000 keys move\n")
        .endsWith(served + ", in place of what http://" + admin + " serves, moves no keys\n");
  }

  @Test
  void tellsWhatMovesWhatComesAndGoesAndWhatTakesARestart() throws IOException {
    Path next =
        changed(
            "10.0.0.2]",
            "10.0.0.3]",
            "old:",
            "new:",
            "pool: old",
            "pool: new",
            "reload: false",
            "version: 1.6.30");

    Cli diff = diff(next);

    assertThat(diff.err().lines()).allMatch(line -> line.startsWith("  warning: "));
    assertThat(diff.status()).isZero();
    assertThat(diff.out())
        .containsPattern("pool main: \\d+ of 100000 keys move \\(\\d\\d\\.\\d %\\)\n")
        .containsPattern("10.0.0.2 +10.0.0.2:11211 +10.0.0.3 +10.0.0.3:11211 +\\d+ .* server\n")
        .containsPattern(
            "next.yaml, in place of what http://"
                + admin
                + " serves, moves \\d+ of 100000 keys \\(\\d\\d\\.\\d %\\); adds pool new; removes"
                + " pool old; needs a restart for version, reload\n$");
  }

  @Test
  void saysSoWhenNoPoolStays() throws IOException {
    Path next = changed("main", "more", "old:", "new:", "pool: old", "pool: new");

    assertThat(diff(next).out())
        .endsWith(
            " serves, has no pool of the same name, so that all keys move; adds pools more, new;"
                + " removes pools main, old\n");
  }

  @Test
  void saysTheSameAsJson() throws IOException {
    Path next = changed("10.0.1.1", "10.0.1.2", "main", "more");

    Cli diff = diff(next, "--format", "json");

    assertThat(diff.out())
        .hasLineCount(1)
        .startsWith("{\"file\":\"" + next + "\",\"ok\":true,")
        .contains(
            "\"diff\":{\"proxy\":\"http://"
                + admin
                + "\",\"keys\":100000,\"moved\":100000,\"percent\":100.0,\"pools\":[{\"pool\":\"old\",")
        .endsWith("\"added\":[\"more\"],\"removed\":[\"main\"],\"take_restart\":[]}}\n");
  }

  @Test
  void aProxyThatDoesNotAnswerIsASentence() {
    admin = "127.0.0.1:" + FreePorts.next();

    Cli diff = diff(served);

    assertThat(diff.err())
        .isEqualTo(
            "fairlead: http://"
                + admin
                + " does not answer: no connection (is it running, with that admin port?).\n");
    assertThat(diff.status()).isEqualTo(1);
  }
}
