package io.fairlead.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import io.fairlead.server.BillOfMaterials.Library;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Compares what fairlead.jar says is in it with what is: the jars are found again on the class path
 * by their hashes.
 */
class SupplyChainIT {
  private static final int MOST_JARS = 40;
  private static final Path TARGET = Launcher.CHECKOUT.resolve("proxy-server/target");

  private JarFile jar;
  private BillOfMaterials bill;

  @BeforeEach
  void open() throws IOException {
    jar = new JarFile(Launcher.JAR.toFile());
    bill = BillOfMaterials.within(jar);
  }

  @AfterEach
  void close() throws IOException {
    jar.close();
  }

  @Test
  void everyJarOfTheBillIsInsideAsAWhole() throws IOException {
    Set<Code> inside = codeOf(jar);
    Map<String, Path> byHash = jarsOfTheClassPath();

    for (Library library : bill.libraries()) {
      assertThat(inside).as(library.coordinates()).containsAll(codeOf(byHash, library));
    }
  }

  @Test
  void allCodeInsideIsOursOrOfAJarOfTheBill() throws IOException {
    Map<String, Path> byHash = jarsOfTheClassPath();
    Set<Code> explained = new HashSet<>(codeOf(serverJar()));
    for (Library library : bill.libraries()) {
      explained.addAll(codeOf(byHash, library));
    }

    assertThat(codeOf(jar)).hasSizeGreaterThan(1000).isSubsetOf(explained);
  }

  @Test
  void billIsTheSameBesideTheJarAndNamesNoMoment() throws IOException {
    assertThat(bill.content).isEqualTo(Files.readAllBytes(TARGET.resolve("fairlead.cdx.json")));
    assertThat(bill.root.at("serialNumber")).isNull();
    assertThat(bill.root.required("metadata").at("timestamp")).isNull();
  }

  @Test
  void billNamesEachJarOnce() {
    assertThat(bill.libraries()).extracting(Library::sha256).doesNotHaveDuplicates();
    assertThat(bill.libraries())
        .extracting(Library::coordinates)
        .noneMatch(name -> name.matches(".*(junit|assertj|testcontainers|annotations).*"));
  }

  @Test
  void consistsOfFewJars() {
    assertThat(bill.libraries()).hasSizeLessThanOrEqualTo(MOST_JARS);
  }

  @Test
  void thirdPartyFileNamesEveryLibraryOfTheBillAndItsLicence() throws IOException {
    List<String> lines = text("META-INF/THIRD-PARTY.txt").lines().toList();

    for (Library library :
        bill.libraries().stream().filter(Predicate.not(Library::isOurs)).toList()) {
      assertThat(lines)
          .as(library.coordinates())
          .anyMatch(line -> line.matches("\\Q" + library.coordinates() + "\\E +[A-Z].*"));
      assertThat(library.licences()).as(library.coordinates()).isNotEmpty().doesNotContain("");
    }
  }

  @Test
  void thirdPartyFileDoesNotNameUs() throws IOException {
    assertThat(text("META-INF/THIRD-PARTY.txt")).doesNotContain("io.fairlead");
  }

  /** A class or a native library: its name and the sum of its bytes. */
  private record Code(String name, long crc) {}

  private static Set<Code> codeOf(Map<String, Path> byHash, Library library) throws IOException {
    Path file = byHash.get(library.sha256());
    return codeOf(requireNonNull(file, () -> "no jar with the hash of " + library.coordinates()));
  }

  private static Set<Code> codeOf(Path file) throws IOException {
    try (JarFile opened = new JarFile(file.toFile())) {
      return codeOf(opened);
    }
  }

  private static Set<Code> codeOf(JarFile jar) {
    Set<Code> found = new HashSet<>();
    jar.stream()
        .filter(entry -> entry.getName().matches(".*\\.(class|so|jnilib|dll)"))
        .filter(entry -> !entry.getName().endsWith("module-info.class"))
        .forEach(entry -> found.add(new Code(entry.getName(), entry.getCrc())));
    return found;
  }

  private static Map<String, Path> jarsOfTheClassPath() throws IOException {
    Map<String, Path> byHash = new HashMap<>();
    String classPath = requireNonNull(System.getProperty("java.class.path"));
    for (String name : classPath.split(File.pathSeparator, -1)) {
      if (name.endsWith(".jar")) {
        Path path = Path.of(name);
        byHash.put(MoreFiles.asByteSource(path).hash(Hashing.sha256()).toString(), path);
      }
    }
    return byHash;
  }

  /** What was compiled here, before the libraries were added. */
  private static Path serverJar() throws IOException {
    List<Path> found = new ArrayList<>();
    try (var files = Files.newDirectoryStream(TARGET, "proxy-server-*.jar")) {
      files.forEach(found::add);
    }
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private String text(String name) throws IOException {
    ZipEntry entry = jar.getEntry(name);
    try (InputStream in = jar.getInputStream(entry)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
