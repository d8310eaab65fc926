package io.fairlead.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The Java runtime of the image has the modules that the program needs. */
class ModulesIT {
  private static final Path JDK = Path.of(System.getProperty("java.home"), "bin");
  private static final Path HOME = Image.MODULE.resolve("target/rootfs/opt/fairlead");

  /** Named by classes that are never loaded, with whose they are. */
  private static final Map<String, String> NOT_NEEDED =
      Map.of(
          "java.desktop", "SnakeYAML's beans, and Micrometer's for Log4j",
          "java.sql", "Micrometer's meters of databases",
          "jdk.httpserver", "the API server of the testkit");

  /** What no class names: elliptic curves, jcmd, and what it and others require. */
  private static final Set<String> FOR_OTHER_REASONS =
      Set.of(
          "jdk.crypto.ec", "jdk.jcmd", "jdk.attach", "jdk.internal.jvmstat", "java.security.sasl");

  @Test
  void allThatClassesNameIsThereAndNothingElse() throws Exception {
    Set<String> expected = new TreeSet<>(named());
    assertThat(expected).containsAll(NOT_NEEDED.keySet());
    expected.removeAll(NOT_NEEDED.keySet());
    expected.addAll(FOR_OTHER_REASONS);

    assertThat(present()).containsExactlyInAnyOrderElementsOf(expected);
  }

  private static List<String> named() throws Exception {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(JDK.resolve("jdeps").toString(), "--multi-release", "25"));
    command.addAll(List.of("--ignore-missing-deps", "--list-deps"));
    command.add(HOME.resolve("fairlead.jar").toString());
    return Ended.of(command)
        .requireSuccess()
        .output()
        .lines()
        .map(line -> line.strip().replaceAll("/.*", ""))
        .distinct()
        .toList();
  }

  private static List<String> present() throws Exception {
    String java = HOME.resolve("bin/java").toString();
    return Ended.of(List.of(java, "--list-modules"))
        .requireSuccess()
        .output()
        .lines()
        .map(line -> line.replaceAll("@.*", ""))
        .toList();
  }
}
