package io.fairlead.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** What is in the tar that the build leaves. */
@TestInstance(Lifecycle.PER_CLASS)
class ImageIT {
  private static final long MOST_PACKED = 53_000_000;
  private static final long MOST_UNPACKED = 107_000_000;

  private Image image;

  @BeforeAll
  void unpack(@TempDir Path folder) throws Exception {
    image = Image.unpackedTo(folder);
  }

  @Test
  void runsFairleadAsNobodyFromTheBeginningOfTime() {
    assertThat(image.user()).isEqualTo("65532:65532");
    assertThat(image.entrypoint())
        .containsExactly("/opt/fairlead/bin/java", "-jar", "/opt/fairlead/fairlead.jar");
    assertThat(image.command()).containsExactly("serve", "--config", "/etc/fairlead/fairlead.yaml");
    assertThat(image.ports()).containsExactlyInAnyOrder("5000", "9090");
    assertThat(image.created()).isEqualTo("1970-01-01T00:00:00Z");
  }

  @Test
  void environmentIsWhatFairleadAndTheCLibraryRead() {
    assertThat(image.environment())
        .containsEntry("PATH", "/opt/fairlead/bin")
        .containsEntry("LANG", "C.UTF-8")
        .containsEntry("MALLOC_ARENA_MAX", "1")
        .containsEntry("FAIRLEAD_LISTEN", "0.0.0.0:5000")
        .containsEntry("FAIRLEAD_ADMIN", "0.0.0.0:9090")
        .hasSize(5);
  }

  @Test
  void isNamedAsTheChartNamesIt() {
    String version = image.labels().getOrDefault("org.opencontainers.image.version", "");

    assertThat(image.name()).isEqualTo("fairlead/fairlead:" + version.replace("-SNAPSHOT", ""));
  }

  @Test
  void labelsSayWhatItIs() {
    String prefix = "org.opencontainers.image.";
    assertThat(image.labels())
        .containsEntry(prefix + "title", "Fairlead")
        .hasEntrySatisfying(prefix + "version", value -> assertThat(value).matches("\\d+\\..*"))
        .hasEntrySatisfying(
            prefix + "licenses", value -> assertThat(value).startsWith("Apache-2.0 AND "))
        .doesNotContainKey(prefix + "source");
  }

  @Test
  void onlyRootOwnsAndNobodyElseWritesButToTmp() {
    assertThat(image.files().stream().filter(file -> file.path().equals("tmp")))
        .extracting(ImageFile::mode)
        .containsExactly("drwxrwxrwx");
    assertThat(image.files().stream().filter(file -> !file.path().equals("tmp")))
        .hasSizeGreaterThan(100)
        .allSatisfy(
            file -> {
              assertThat(file.owner()).isEqualTo("0/0");
              assertThat(file.mode()).matches("drwxr-xr-x|-rwxr-xr-x|-rw-r--r--");
            });
  }

  @Test
  void programsAreThoseOfJavaAndTheLoader() {
    assertThat(image.files().stream().filter(ImageFile::isProgram))
        .extracting(ImageFile::path)
        .contains("opt/fairlead/bin/java", "opt/fairlead/bin/jcmd")
        .allMatch(path -> path.matches("opt/fairlead/(bin/\\w+|lib/jspawnhelper)|lib.*/ld-.*"));
    assertThat(image.files())
        .extracting(ImageFile::name)
        .doesNotContain("sh", "bash", "dash", "busybox");
  }

  @Test
  void changesOfTheProgramAreInTheLastTwoLayers() {
    List<Layer> layers = image.layers();

    assertThat(layers).hasSize(3);
    assertThat(contentOf(layers.get(0)))
        .contains("opt/fairlead/lib/modules", "etc/passwd", "etc/nsswitch.conf")
        .doesNotContain("opt/fairlead/fairlead.jar", "opt/fairlead/lib/fairlead.jsa");
    assertThat(contentOf(layers.get(1))).containsExactly("opt/fairlead/fairlead.jar");
    assertThat(contentOf(layers.get(2))).containsExactly("opt/fairlead/lib/fairlead.jsa");
  }

  private static List<String> contentOf(Layer layer) {
    return layer.files().stream().filter(file -> !file.isFolder()).map(ImageFile::path).toList();
  }

  @Test
  void licencesOfOthersAreThere() {
    assertThat(image.files())
        .extracting(ImageFile::path)
        .contains("opt/fairlead/legal/java.base/LICENSE")
        .anyMatch(path -> path.matches("usr/share/doc/libc6/copyright"));
  }

  @Test
  void placesToMountAreThere() {
    assertThat(image.files().stream().filter(ImageFile::isFolder))
        .extracting(ImageFile::path)
        .contains("etc/fairlead", "dev", "proc", "sys", "tmp");
  }

  @Test
  void isNoLargerThanItWas() {
    assertThat(image.layers().stream().mapToLong(Layer::packedBytes).sum()).isLessThan(MOST_PACKED);
    assertThat(image.files().stream().mapToLong(ImageFile::bytes).sum()).isLessThan(MOST_UNPACKED);
  }
}
