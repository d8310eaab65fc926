package io.fairlead.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.server.Launcher.Result;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherIT {
  @TempDir private Path folder;
  private Launcher launcher;

  @BeforeEach
  void copy() throws IOException {
    launcher = Launcher.copiedTo(folder.resolve("a checkout"));
  }

  @Test
  void runsFromAFolderWithASpaceInItsName() throws Exception {
    Result result = launcher.run(Map.of(), "--version");

    assertThat(result.out()).startsWith("fairlead ").contains("(Java " + Runtime.version() + ")");
    assertThat(result.err()).isEmpty();
    assertThat(result.status()).isZero();
  }

  @Test
  void runsFromElsewhereAndThroughALink() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("a checkout/fairlead"));

    Result result = Launcher.run(link.toString(), Path.of("/"), Map.of(), "--version");

    assertThat(result.out()).startsWith("fairlead ");
    assertThat(result.status()).isZero();
  }

  @Test
  void passesArgumentsAndExitStatusOn() throws Exception {
    Result result = launcher.run(Map.of(), "serve", "--server", "a b:1");

    assertThat(result.err()).startsWith("fairlead: --server: a b:1 (expected: ");
    assertThat(result.status()).isEqualTo(2);
  }

  @Test
  void addsOptionsForJava() throws Exception {
    Result result =
        launcher.run(Map.of("FAIRLEAD_JAVA_OPTS", "-Xmx77m -XX:+UseParallelGC -showversion"), "-V");

    assertThat(result.err()).contains("Runtime Environment");
    assertThat(result.status()).isZero();
  }

  @Test
  void findsAJavaWithoutJavaHome() throws Exception {
    Result result = launcher.run(Map.of("JAVA_HOME", "/nowhere"), "--version");

    assertThat(result.out()).startsWith("fairlead ");
  }

  @Test
  void looksFurtherWhenJavaHomeIsTooOld() throws Exception {
    Path old = folder.resolve("old java");
    script(old.resolve("bin/java"), "exit 9");
    Files.writeString(old.resolve("release"), "JAVA_VERSION=\"11.0.2\"\n");

    Result result = launcher.run(Map.of("JAVA_HOME", old.toString()), "--version");

    assertThat(result.out()).startsWith("fairlead ");
  }

  @Test
  void buildsWhenTheJarIsOlderThanItsSources() throws Exception {
    Path programs = folder.resolve("programs");
    script(programs.resolve("mvn"), "echo \"$@\" >'" + folder.resolve("built") + "'");
    Path sources = Files.createDirectories(launcher.root.resolve("proxy-server/src/main"));
    Files.setLastModifiedTime(sources, FileTime.from(Instant.now().plusSeconds(5)));
    Map<String, String> environment = Map.of("PATH", programs + ":" + System.getenv("PATH"));

    Result result = launcher.run(environment, "--version");

    assertThat(result.err()).startsWith("fairlead: building ").hasLineCount(1);
    assertThat(result.out()).startsWith("fairlead ");
    // What the launcher tells Maven: a person who starts the proxy does not wait for its tests.
    assertThat(folder.resolve("built"))
        .hasContent("-q -B -ntp -DskipTests -P!checks package -pl proxy-server -am");
  }

  @Test
  void saysThatTheBuildFailed() throws Exception {
    Path programs = folder.resolve("programs");
    script(programs.resolve("mvn"), "exit 1");
    Files.delete(launcher.root.resolve("proxy-server/target/fairlead.jar"));

    Result result =
        launcher.run(Map.of("PATH", programs + ":" + System.getenv("PATH")), "--version");

    assertThat(result.err()).endsWith("fairlead: the build failed, see above.\n");
    assertThat(result.status()).isEqualTo(1);
  }

  @Test
  void demoOffersAnotherPortWhenItsOwnIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Result result =
          launcher.run(Map.of(), "demo", "--port", String.valueOf(taken.getLocalPort()));

      assertThat(result.err())
          .startsWith("fairlead: port " + taken.getLocalPort() + " is in use by another program.")
          .containsPattern("Port \\d+ is free: '.*/a checkout/fairlead' demo --port \\d+\n")
          .hasLineCount(1);
      assertThat(result.status()).isEqualTo(1);
    }
  }

  @Test
  void serveSaysWhichPortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String admin = "127.0.0.1:" + taken.getLocalPort();

      Result result = launcher.run(Map.of(), "serve", "--server", "a", "--admin", admin);

      assertThat(result.err())
          .startsWith("fairlead: admin " + admin + ": ")
          .contains("Another program listens there")
          .hasLineCount(1);
      assertThat(result.status()).isEqualTo(1);
    }
  }

  @Test
  void whereTakesAMillionKeysFromAPipe() throws Exception {
    Path config = folder.resolve("f.yaml");
    Files.writeString(config, "pools: { main: { servers: [a, b, { address: c, weight: 2 }] } }");
    Path keys = folder.resolve("keys");
    try (PrintStream lines = new PrintStream(Files.newOutputStream(keys), false, UTF_8)) {
      IntStream.range(0, 1_000_000).forEach(i -> lines.print("user:" + i + "\n"));
    }
    Path script = folder.resolve("run");
    script(
        script,
        "'%1$s' where --config '%2$s' --file - <'%3$s' | awk 'NR > 1 { print $NF }' | cmp - '%3$s'"
            .formatted(launcher.root.resolve("fairlead"), config, keys));

    Result result = Launcher.run(script.toString(), folder, Map.of());

    assertThat(result).isEqualTo(new Result(0, "", ""));
  }

  @Test
  void whereEndsQuietlyWhenItsReaderHasSeenEnough() throws Exception {
    Path config = folder.resolve("f.yaml");
    Files.writeString(config, "pools: { main: { servers: [a, b] } }");
    Path script = folder.resolve("run");
    script(
        script,
        "yes key | '%s' where --config '%s' --file - | head -n 2"
            .formatted(launcher.root.resolve("fairlead"), config));

    Result result = Launcher.run(script.toString(), folder, Map.of());

    assertThat(result.err()).isEmpty();
    assertThat(result.out()).hasLineCount(2).endsWith(" key\n");
  }

  private static void script(Path file, String body) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    file.toFile().setExecutable(true);
  }
}
