package io.fairlead.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.fairlead.testkit.MemcachedProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Debian package as the build makes it, unpacked into a folder. */
class DebianPackageIT {
  private static final Path PACKAGE = Launcher.JAR.resolveSibling("fairlead.deb");
  private static final Pattern EXPOSURE = Pattern.compile("Overall exposure level .*: ([0-9.]+) ");

  @TempDir private static Path root;

  @BeforeAll
  static void unpack() throws IOException, InterruptedException {
    assertThat(run("dpkg-deb", "-x", PACKAGE.toString(), root.toString()).status()).isZero();
  }

  @Test
  void filesBelongToRootAndNobodyElseMayWriteThem() throws IOException, InterruptedException {
    List<String> files = run("dpkg-deb", "-c", PACKAGE.toString()).out().lines().toList();

    assertThat(files)
        .hasSizeGreaterThan(30)
        .allMatch(line -> line.matches("(drwxr-xr-x|-rwxr-xr-x|-rw-r--r--) root/root .*"), "modes");
    assertThat(files.stream().filter(line -> line.startsWith("-rwx")))
        .singleElement()
        .asString()
        .endsWith("./usr/bin/fairlead");
  }

  @Test
  void controlSaysWhatItIsAndNeeds() throws IOException, InterruptedException {
    assertThat(run("dpkg-deb", "-f", PACKAGE.toString()).out())
        .contains("Package: fairlead\n")
        .containsPattern("Version: [0-9]+\\.[0-9]+\\.[0-9]+(~SNAPSHOT)?\n")
        .contains("Architecture: all\n")
        .contains("java17-runtime-headless")
        .contains("Description: memcached proxy");
  }

  @Test
  void whatAnAdministratorChangesIsKept() throws IOException, InterruptedException {
    Path control = Files.createDirectory(root.resolve("control"));
    assertThat(run("dpkg-deb", "-e", PACKAGE.toString(), control.toString()).status()).isZero();

    assertThat(Files.readAllLines(control.resolve("conffiles")))
        .containsExactly("/etc/fairlead/fairlead.yaml", "/etc/default/fairlead")
        .allSatisfy(file -> assertThat(root.resolve(file.substring(1))).isRegularFile());
    for (String script : List.of("postinst", "prerm", "postrm")) {
      assertThat(run("sh", "-n", control.resolve(script).toString()).status()).isZero();
    }
  }

  @Test
  void hasTheManualAndCompletion() {
    assertThat(
            List.of(
                "usr/share/man/man1/fairlead.1",
                "usr/share/man/man1/fairlead-serve.1",
                "usr/share/bash-completion/completions/fairlead",
                "usr/share/zsh/vendor-completions/_fairlead"))
        .allSatisfy(file -> assertThat(root.resolve(file)).isNotEmptyFile());
  }

  @Test
  void itsConfigurationIsValidWithoutAWarning() throws IOException, InterruptedException {
    Launcher.Result result =
        installed()
            .run(
                Map.of(),
                "check",
                "--strict",
                root.resolve("etc/fairlead/fairlead.yaml").toString());

    assertThat(result.status()).as(result.out() + result.err()).isZero();
  }

  @Test
  void servesFromWhereItIsInstalled() throws IOException, InterruptedException {
    Files.createDirectories(root.resolve("var/cache/fairlead")); // as the installation does
    try (MemcachedProcess memcached = MemcachedProcess.start()) {
      try (RunningFairlead fairlead =
          installed()
              .start(
                  "serve",
                  "--server",
                  "127.0.0.1:" + memcached.port(),
                  "--listen",
                  "127.0.0.1:0",
                  "--admin",
                  "off")) {
        int port = fairlead.awaitPort("msg=\"listening\" address=\"127.0.0.1:(\\d+)\"");
        assertThat(Conversation.with(port, "set a 0 0 1\r\n1\r\nget a\r\nquit\r\n"))
            .isEqualTo("STORED\r\nVALUE a 0 1\r\n1\r\nEND\r\n");
        assertThat(fairlead.terminate()).isZero();
      }
    }
    assertThat(archives()).hasSize(1).allMatch(file -> size(file) > 1 << 20);
  }

  /** The classes that a start needs, as the installation has them made as well. */
  private static List<Path> archives() throws IOException {
    try (var files = Files.list(root.resolve("var/cache/fairlead"))) {
      return files.filter(file -> file.toString().endsWith(".jsa")).toList();
    }
  }

  private static long size(Path file) {
    return file.toFile().length();
  }

  @Test
  void unitIsOneThatSystemdUnderstandsAndShutsIn() throws IOException, InterruptedException {
    assumeThat(Path.of("/usr/bin/systemd-analyze")).as("systemd").isExecutable();
    String unit = Files.readString(root.resolve("lib/systemd/system/fairlead.service"));
    Path here = root.resolve("fairlead.service");
    Files.writeString(here, unit.replace("/usr/bin/fairlead", program().toString()));

    Launcher.Result verified = run("systemd-analyze", "verify", "--man=no", here.toString());
    assertThat(verified.out() + verified.err()).doesNotContain("fairlead");
    assertThat(verified.status()).isZero();

    Matcher exposure =
        EXPOSURE.matcher(
            run("systemd-analyze", "security", "--offline=true", here.toString()).out());
    assertThat(exposure.find()).isTrue();
    assertThat(Double.parseDouble(exposure.group(1))).isLessThanOrEqualTo(2.0);
  }

  private static Path program() {
    return root.resolve("usr/bin/fairlead");
  }

  private static Launcher installed() {
    return Launcher.installedIn(root.resolve("usr/bin"));
  }

  private static Launcher.Result run(String program, String... arguments)
      throws IOException, InterruptedException {
    return Launcher.run(program, root, Map.of(), arguments);
  }
}
