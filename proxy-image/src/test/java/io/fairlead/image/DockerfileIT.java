package io.fairlead.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.image.Dockerfile.Instruction;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Dockerfile makes the same image as the build. */
class DockerfileIT {
  private Dockerfile file;

  @BeforeEach
  void read() throws Exception {
    file = Dockerfile.read();
  }

  @Test
  void lastStageBeginsWithNothingAndTakesTheRootFileSystem() {
    assertThat(file.stages()).isEqualTo(2);
    assertThat(file.last())
        .filteredOn(line -> line.name().equals("FROM"))
        .containsExactly(new Instruction("FROM", "scratch"));
    assertThat(file.word("COPY")).isEqualTo("--from=build /src/proxy-image/target/rootfs/ /");
    assertThat(file.last()).extracting(Instruction::name).doesNotContain("RUN", "ADD", "SHELL");
  }

  @Test
  void saysOfTheImageWhatTheBuildSays(@TempDir Path folder) throws Exception {
    Image image = Image.unpackedTo(folder);

    assertThat(file.settings("ENV")).isEqualTo(image.environment());
    assertThat(file.settings("LABEL")).isEqualTo(image.labels());
    assertThat(file.word("USER")).isEqualTo(image.user());
    assertThat(file.word("EXPOSE").split(" ", -1))
        .containsExactlyInAnyOrderElementsOf(image.ports());
    assertThat(file.arguments("ENTRYPOINT")).isEqualTo(image.entrypoint());
    assertThat(file.arguments("CMD")).isEqualTo(image.command());
  }

  @Test
  void imagesAreNamedWithoutARegistry() throws Exception {
    assertThat(Files.readString(Dockerfile.CHECKOUT.resolve("Dockerfile")))
        .containsPattern("\nARG BUILD_IMAGE=[a-z]+:[\\w.-]+\n")
        .contains("\nFROM ${BUILD_IMAGE} AS build\n")
        .doesNotContainPattern("(?i)\\b(docker\\.io|ghcr|quay|gcr|localhost)\\b");
  }

  @Test
  void buildStageHasAllThatItsBuildReads() throws Exception {
    String ignored = Files.readString(Dockerfile.CHECKOUT.resolve(".dockerignore"));

    assertThat(file.stage(0)).contains(new Instruction("COPY", ". ."));
    assertThat(ignored.lines().filter(line -> !line.startsWith("#")))
        .doesNotContain("pom.xml", "build-tools", "fairlead", "LICENSE")
        .noneMatch(line -> line.startsWith("proxy-"))
        .contains(".git", "**/target");
  }
}
