package io.fairlead.server.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fairlead.config.ConfigException;
import io.fairlead.config.ProxySettings;
import io.fairlead.server.mcrouter.JsonLoader;
import io.fairlead.server.mcrouter.McrouterArguments;
import io.fairlead.server.mcrouter.McrouterMistake;
import io.fairlead.server.mcrouter.McrouterOptions;
import io.fairlead.server.watch.SeenFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Copies of the last good configuration, and starts with them. */
class McrouterSourceTest {
  private static final String GOOD =
      "{\"pools\": \"@import(file:pools.json)\", \"route\": \"PoolRoute|A\"}";
  private static final String POOLS = "{\"A\": {\"servers\": [\"10.0.0.1:11211\"]}}";

  @TempDir private Path folder;
  private Path config;
  private Path pools;
  private Path copies;

  @BeforeEach
  void write() throws IOException {
    config = folder.resolve("config.json");
    pools = folder.resolve("pools.json");
    copies = folder.resolve("copies");
    Files.writeString(config, GOOD.replace("file:", "file:" + folder + "/"));
    Files.writeString(pools, POOLS);
  }

  private McrouterSource source(String... more) throws McrouterMistake {
    List<String> line =
        new ArrayList<>(
            List.of("-p", "7000", "-f", config.toString(), "--config-dump-root=" + copies));
    line.addAll(List.of(more));
    return new McrouterSource(McrouterOptions.of(McrouterArguments.read(line)), new JsonLoader());
  }

  private ProxySettings start(String... more) throws McrouterMistake {
    return source(more).readForStart(new SeenFiles());
  }

  private List<Path> kept() throws IOException {
    Path place = copies.resolve("mcrouter/7000");
    if (!Files.exists(place)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(place)) {
      return files.sorted().toList();
    }
  }

  @Test
  void everyFileOfAGoodConfigurationIsCopiedAsItIs() throws Exception {
    start();

    assertThat(kept()).hasSize(2);
    assertThat(kept().get(0).getFileName())
        .hasToString("file-" + config.toString().replace("/", "%2F"));
    assertThat(kept().get(0)).hasSameTextualContentAs(config);
    assertThat(kept().get(1)).hasSameTextualContentAs(pools);
  }

  @ParameterizedTest
  @ValueSource(strings = {"no json", "{\"route\": \"PoolRoute|B\"}", "", "-"})
  void aStartWithABadFileTakesTheCopy(String bad) throws Exception {
    ProxySettings good = start();
    if (bad.equals("-")) {
      Files.delete(config);
    } else {
      Files.writeString(config, bad);
    }

    assertThat(start()).isEqualTo(good);
  }

  @Test
  void aStartWithABadImportTakesTheCopies() throws Exception {
    ProxySettings good = start();
    Files.writeString(pools, "{");

    assertThat(start()).isEqualTo(good);
  }

  @Test
  void aBadFileIsNotCopied() throws Exception {
    start();
    String before = Files.readString(kept().get(0));
    Files.writeString(config, "no json");

    start();
    assertThatThrownBy(() -> source().read(new SeenFiles())).isInstanceOf(ConfigException.class);

    assertThat(kept().get(0)).hasContent(before);
  }

  @Test
  void withoutAYoungCopyTheMistakeOfTheFileIsTold() throws Exception {
    start();
    Files.writeString(config, "no json");
    assertThatThrownBy(() -> start("--max-dumped-config-age=0"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("config.json:1:1");

    Files.setLastModifiedTime(kept().get(0), FileTime.from(Instant.now().minusSeconds(100)));

    assertThat(start("--max-dumped-config-age=200").pools()).hasSize(1);
    ConfigException e =
        catchThrowableOfType(ConfigException.class, () -> start("--max-dumped-config-age=99"));
    assertThat(e).hasMessageContaining("config.json:1:1");
  }

  @Test
  void aFolderThatCannotBeWrittenIsNoReasonNotToStart() throws Exception {
    Files.writeString(copies, "a file");

    assertThat(start().pools()).hasSize(1);
  }

  @Test
  void nothingIsCopiedWithoutAFolder() throws Exception {
    start("--config-dump-root=");

    assertThat(kept()).isEmpty();
  }

  @Test
  void aConfigurationOfTheCommandLineIsNotCopied() throws Exception {
    String json = "{\"route\": \"NullRoute\"}";
    McrouterOptions options =
        McrouterOptions.of(
            McrouterArguments.read(
                List.of("-p", "7000", "--config-str", json, "--config-dump-root=" + copies)));

    new McrouterSource(options, new JsonLoader()).readForStart(new SeenFiles());

    assertThat(kept()).isEmpty();
  }
}
