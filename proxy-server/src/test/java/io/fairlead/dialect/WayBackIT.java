package io.fairlead.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.ConfigException;
import io.fairlead.config.ConfigLoader;
import io.fairlead.config.ConfigWriter;
import io.fairlead.config.ListenerSettings;
import io.fairlead.config.NutcrackerExport;
import io.fairlead.config.ProxySettings;
import io.fairlead.it.LeakCheck;
import io.fairlead.runtime.Proxy;
import io.fairlead.testkit.Memcached;
import io.fairlead.testkit.MemcachedServer;
import io.fairlead.testkit.NutcrackerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What we write for nutcracker, before the installed one. */
@ExtendWith(LeakCheck.class)
class WayBackIT {
  private static final int RANDOM_FILES = Integer.getInteger("test.files", 1000);
  private static final int KEYS = 20_000;

  @TempDir private Path folder;

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void nutcrackerAcceptsWhatItAcceptedBefore(NutcrackerRow row) throws IOException {
    ProxySettings settings = ConfigLoader.parse(row.yaml(), "f.yml");

    requireSame(settings, row.toString());
  }

  static Stream<NutcrackerRow> rows() throws IOException {
    return NutcrackerRow.all().filter(row -> row.isAcceptedThere() && row.isAcceptedHere());
  }

  @Test
  void randomFilesComeBackAsTheyWere() throws IOException {
    long seed = Long.getLong("test.seed", System.nanoTime());
    int accepted = 0;
    for (long i = seed; i < seed + RANDOM_FILES; i++) {
      String yaml = new RandomNutcrackerFile(i).text();
      if (NutcrackerProcess.accepts(written("given.yml", yaml))) {
        ProxySettings settings = ConfigLoader.parse(yaml, "f.yml");
        if (canStart(settings)) {
          accepted++;
          requireSame(settings, "-Dtest.seed=" + i + ":\n" + yaml);
        }
      }
    }

    assertThat(accepted).as("-Dtest.seed=%d", seed).isGreaterThan(RANDOM_FILES / 20);
  }

  /** With -t, nutcracker takes one socket for two pools when they are written in two ways. */
  private static boolean canStart(ProxySettings settings) {
    return settings.listeners().stream().map(ListenerSettings::address).distinct().count()
        == settings.listeners().size();
  }

  /** Through our own form where that can say it: not all names can stand there. */
  private void requireSame(ProxySettings settings, String given) throws IOException {
    NutcrackerExport export = NutcrackerExport.of(throughOurForm(settings));

    assertThat(export.lost()).as(given).allMatch(line -> line.endsWith("].reuse_port: true"));
    assertThat(NutcrackerProcess.accepts(written("back.yml", export.yaml()))).as(given).isTrue();
    ProxySettings back = ConfigLoader.parse(export.yaml(), "back.yml");
    if (export.lost().isEmpty()) {
      assertThat(back).as(given).isEqualTo(settings);
    }
  }

  private static ProxySettings throughOurForm(ProxySettings settings) {
    try {
      return ConfigLoader.parse(ConfigWriter.render(settings), "ours.yaml");
    } catch (ConfigException e) {
      return settings;
    }
  }

  private Path written(String name, String yaml) throws IOException {
    return Files.writeString(folder.resolve(name), yaml);
  }

  @Test
  void nutcrackerFindsEveryKeyThatWeHavePlaced() throws Exception {
    List<MemcachedServer> servers = Memcached.startAll(3, "-m", "128");
    List<String> keys = PlacementKeys.make(KEYS, new Random(1));
    ProxySettings settings = ConfigLoader.parse(own(servers), "f.yaml");
    NutcrackerExport export = NutcrackerExport.of(settings);
    try (Proxy ours = Proxy.start(settings);
        NutcrackerProcess theirs =
            NutcrackerProcess.start(
                export.yaml().replaceAll("listen: .*", "listen: 127.0.0.1:0"))) {
      assertThat(theirs.addresses()).hasSameSizeAs(ours.addresses()).hasSize(2);
      for (int pool = 0; pool < 2; pool++) {
        PlacementKeys.store(ours.addresses().get(pool), keys, "o");
        assertThat(PlacementKeys.missing(theirs.addresses().get(pool), keys, "o")).isEmpty();
        PlacementKeys.store(theirs.addresses().get(pool), keys, "t");
        assertThat(PlacementKeys.missing(ours.addresses().get(pool), keys, "t")).isEmpty();
      }
    } finally {
      servers.forEach(MemcachedServer::close);
    }
  }

  private String own(List<MemcachedServer> servers) {
    String yaml =
        """
        listeners:
          - { address: unix:FOLDER/ring, pool: ring }
          - { address: unix:FOLDER/table, pool: table }
        pools:
          ring:
            timeout: 20s
            servers: [127.0.0.1:P0, { name: b, address: 127.0.0.1:P1, weight: 3 }, 127.0.0.1:P2]
          table:
            timeout: 20s
            hash: murmur
            distribution: modula
            hash_tag: "{}"
            servers: [{ name: zz, address: 127.0.0.1:P0, weight: 2 }, 127.0.0.1:P1, 127.0.0.1:P2]
        """;
    for (int i = 0; i < servers.size(); i++) {
      yaml = yaml.replace("P" + i, Integer.toString(servers.get(i).port()));
    }
    return yaml.replace("FOLDER", folder.toString());
  }
}
