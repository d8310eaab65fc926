package io.fairlead.server.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.faults.Await;
import io.fairlead.faults.Servers;
import io.fairlead.server.Cli;
import io.fairlead.server.Launcher;
import io.fairlead.server.OpenLoad;
import io.fairlead.server.RunningFairlead;
import io.fairlead.testkit.FreePorts;
import io.fairlead.testkit.RawClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code drain} and {@code resume}, of a process with real memcached. */
class DrainIT {
  private static final String TOKEN = "0123456789abcdef0123456789abcdef";
  private static final int KEYS = 500;
  private static final int PER_SECOND = 1000;

  @RegisterExtension static final Servers SERVERS = new Servers(2);

  @TempDir private Path folder;
  private Launcher launcher;
  private RunningFairlead fairlead;
  private Path tokenFile;
  private int port;
  private String admin;

  @SuppressWarnings("NullAway.Init") // each test starts all
  DrainIT() {}

  @BeforeEach
  void start() throws Exception {
    launcher = Launcher.sharedIn(folder);
    tokenFile = Files.writeString(folder.resolve("token"), TOKEN + "\n");
    port = FreePorts.next();
    int adminPort = FreePorts.next();
    admin = "127.0.0.1:" + adminPort;
    Path file =
        Files.writeString(
            folder.resolve("fairlead.yaml"),
            """
            listeners: [{ address: "127.0.0.1:%d", pool: main }]
            pools:
              main:
                servers:
                  - { name: cache-a, address: "127.0.0.1:%d" }
                  - { name: cache-b, address: "127.0.0.1:%d" }
                timeout: 10s
              other:
                servers:
                  - { name: cache-a, address: "127.0.0.1:%d" }
            admin: { listen: "%s", token_file: "%s" }
            """
                .formatted(
                    port,
                    SERVERS.ports().get(0),
                    SERVERS.ports().get(1),
                    SERVERS.ports().get(1),
                    admin,
                    tokenFile));
    fairlead = launcher.start("serve", "--config", file.toString());
    fairlead.await("msg=\"?ready|Ctrl-C|admin listening");
    Await.until("it serves", () -> run("drain", "nobody", "--admin", admin).err().contains("has"));
  }

  @AfterEach
  void stop() throws IOException {
    fairlead.close();
  }

  private static Cli run(String... args) {
    return Cli.run(args);
  }

  private Cli with(String command, String server, String... more) {
    List<String> args = new ArrayList<>(List.of(command, server, "--admin", admin));
    args.addAll(List.of("--token-file", tokenFile.toString()));
    args.addAll(List.of(more));
    return Cli.run(args.toArray(new String[0]));
  }

  private static void awaitAnswers(OpenLoad load, int more) {
    int until = load.answered() + more;
    Await.until("more answers", () -> load.answered() >= until);
  }

  @Test
  void aServerIsDrainedStoppedStartedAndResumedUnderLoadWithoutAnError() throws Exception {
    try (OpenLoad load = OpenLoad.start(port, KEYS, PER_SECOND)) {
      awaitAnswers(load, PER_SECOND / 4);

      Cli drained = with("drain", "cache-b");
      assertThat(drained.err()).isEmpty();
      assertThat(drained.out()).isEqualTo("main/cache-b: drained, nothing is in flight\n");
      assertThat(drained.status()).isZero();
      SERVERS.kill(1);
      awaitAnswers(load, PER_SECOND / 2);
      SERVERS.reset();
      Cli resumed = with("resume", "127.0.0.1:" + SERVERS.ports().get(1), "--pool", "main");
      assertThat(resumed.err()).isEmpty();
      assertThat(resumed.out()).endsWith("main/cache-b: up\n");
      assertThat(resumed.status()).isZero();
      awaitAnswers(load, PER_SECOND / 4);

      assertThat(load.wrong()).isEmpty();
    }
  }

  @Test
  void saysWhatIsInFlightWhenTheTimeIsOver() throws Exception {
    try (RawClient client = RawClient.connect(port)) {
      for (int i = 0; i < 20; i++) {
        client.send("get " + i + "\r\n").expect("END\r\n");
      }
      SERVERS.freeze(1);
      try {
        for (int i = 0; i < 20; i++) {
          client.send("get " + i + "\r\n");
        }
        Cli drained = with("drain", "cache-b", "--timeout", "300ms");

        assertThat(drained.err())
            .matches(
                "fairlead: main/cache-b is not drained after 300ms, [1-9]\\d* in flight\\. It stays"
                    + " out: .*, or fairlead resume cache-b\\.\n");
        assertThat(drained.status()).isEqualTo(1);
      } finally {
        SERVERS.thaw(1);
      }
      assertThat(with("drain", "cache-b").status()).isZero();
    }
  }

  @Test
  void aServerThatIsGoneIsNotUpInTime() throws Exception {
    assertThat(with("drain", "cache-b").status()).isZero();
    SERVERS.kill(1);
    try {
      Cli resumed = with("resume", "cache-b", "--timeout", "300ms");

      assertThat(resumed.err()).contains("main/cache-b is not up after 300ms, but ");
      assertThat(resumed.status()).isEqualTo(1);
    } finally {
      SERVERS.reset();
    }
  }

  @Test
  void namesThatAreNotOneServerGetOneSentence() {
    assertThat(with("drain", "cache-c").err())
        .isEqualTo(
            "fairlead: cache-c: http://" + admin + " has no such server; did you mean cache-a?\n");
    assertThat(with("drain", "something-else").err())
        .isEqualTo(
            "fairlead: something-else: http://"
                + admin
                + " has no such server (its page /servers has all).\n");
    assertThat(with("drain", "cache-a").err())
        .isEqualTo(
            "fairlead: cache-a: main/cache-a, other/cache-a are meant (expected: one; choose it"
                + " with --pool and its name).\n");
    assertThat(with("resume", "cache-a", "--pool", "mian").err())
        .contains("--pool: mian: ", " has no such pool; did you mean main?");
    assertThat(with("drain", "cache-a", "--pool", "other"))
        .satisfies(last -> assertThat(last.status()).isZero())
        .satisfies(
            last ->
                assertThat(last.err())
                    .startsWith("fairlead: warning: no server of pool other takes requests now"));
  }

  @Test
  void withoutTheTokenNothingIsDone() throws Exception {
    Cli without = run("drain", "cache-b", "--admin", admin);
    assertThat(without.err())
        .isEqualTo(
            "fairlead: http://"
                + admin
                + " refuses: Authorization: missing (expected: Bearer and the token); give the"
                + " token with --token-file FILE or in FAIRLEAD_ADMIN_TOKEN.\n");
    assertThat(without.status()).isEqualTo(1);
    Launcher.Result other =
        launcher.run(
            Map.of("FAIRLEAD_ADMIN_TOKEN", "another-token-of-somebody"),
            "drain",
            "cache-b",
            "--admin",
            admin);
    assertThat(other.err()).contains("refuses: Authorization: not the token");

    Launcher.Result result =
        launcher.run(
            Map.of("FAIRLEAD_ADMIN_TOKEN", TOKEN),
            "drain",
            "cache-b",
            "--admin",
            "http://" + admin);
    assertThat(result.out()).isEqualTo("main/cache-b: drained, nothing is in flight\n");
    assertThat(result.status()).isZero();
  }

  @Test
  void aProxyThatIsNotThereIsOneSentence() {
    Cli cli = run("drain", "cache-a", "--admin", "127.0.0.1:" + FreePorts.next());

    assertThat(cli.err())
        .matches("fairlead: http://127.0.0.1:\\d+ does not answer: no connection \\(is .*\n");
    assertThat(cli.status()).isEqualTo(1);
    assertThat(run("drain", "cache-a", "--admin", "127.0.0.1:" + SERVERS.ports().get(0)).err())
        .matches("fairlead: http://127.0.0.1:\\d+ .*\\.\n");
  }
}
