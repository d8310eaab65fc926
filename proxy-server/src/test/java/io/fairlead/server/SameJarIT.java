package io.fairlead.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The comparison by which {@code build-tools/reproducible} fails. */
class SameJarIT {
  private static final LocalDateTime NOVEMBER = LocalDateTime.of(2026, 11, 1, 0, 0);

  @TempDir Path folder;

  private Path first;

  @BeforeEach
  void writeFirst() throws IOException {
    first = jar("first.jar", NOVEMBER, "a.txt=one", "b.txt=two");
  }

  @Test
  void equalBytesPass() throws Exception {
    Launcher.Result result = compare(jar("second.jar", NOVEMBER, "a.txt=one", "b.txt=two"));

    assertThat(result.status()).isZero();
    assertThat(result.out()).matches("same bytes, sha256 [0-9a-f]{64}\n");
  }

  @Test
  void namesTheFileWithOtherContent() throws Exception {
    Launcher.Result result = compare(jar("second.jar", NOVEMBER, "a.txt=one", "b.txt=six"));

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.out()).contains("Files first/b.txt and second/b.txt differ");
  }

  @Test
  void namesTheFileThatIsInOneOnly() throws Exception {
    Launcher.Result result = compare(jar("second.jar", NOVEMBER, "a.txt=one"));

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.out()).contains("Only in first: b.txt");
  }

  @Test
  void anotherOrderOrTimeIsADifference() throws Exception {
    List<Path> others =
        List.of(
            jar("order.jar", NOVEMBER, "b.txt=two", "a.txt=one"),
            jar("time.jar", NOVEMBER.plusHours(1), "a.txt=one", "b.txt=two"));

    for (Path other : others) {
      Launcher.Result result = compare(other);
      assertThat(result.status()).as(other.toString()).isEqualTo(1);
      assertThat(result.out()).contains("The files inside are the same").contains("a.txt");
    }
  }

  @Test
  void missingFileIsAnError() throws Exception {
    Launcher.Result result = compare(folder.resolve("none.jar"));

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).contains("no such file");
  }

  private Launcher.Result compare(Path second) throws Exception {
    Path script = Launcher.CHECKOUT.resolve("build-tools/same-jar");
    return Launcher.run(script.toString(), folder, Map.of(), first.toString(), second.toString());
  }

  private Path jar(String name, LocalDateTime time, String... files) throws IOException {
    Path path = folder.resolve(name);
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(path))) {
      for (String file : files) {
        ZipEntry entry = new ZipEntry(file.substring(0, file.indexOf('=')));
        entry.setTimeLocal(time);
        out.putNextEntry(entry);
        out.write(file.substring(file.indexOf('=') + 1).getBytes(UTF_8));
        out.closeEntry();
      }
    }
    return path;
  }
}
