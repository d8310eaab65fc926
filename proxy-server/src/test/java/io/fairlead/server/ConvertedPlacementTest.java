package io.fairlead.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.ConfigLoader;
import io.fairlead.config.PoolSettings;
import io.fairlead.placement.PoolPlacement;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A converted nutcracker.yml places every key where nutcracker 0.5.0 was seen to send it. */
class ConvertedPlacementTest {
  private static final Path RECORDED =
      Path.of(System.getProperty("basedir", "."))
          .resolve("../proxy-core/src/test/resources/placement/twemproxy-placement.tsv.gz");

  @TempDir private Path folder;

  /** One row of the table: where nutcracker, configured so, sent a key. */
  private record Row(String configuration, String key, String server) {
    static Row of(String line) {
      String[] cells = line.split("\t", -1);
      StringBuilder pool = new StringBuilder();
      pool.append("  hash: " + cells[0] + "\n  distribution: " + cells[1] + "\n");
      pool.append(cells[2].isEmpty() ? "" : "  hash_tag: \"" + cells[2] + "\"\n");
      pool.append("  timeout: 400\n  servers:\n    - ");
      pool.append(cells[3].replace("|", "\n    - ")).append('\n');
      return new Row(pool.toString(), cells[4], cells[5]);
    }
  }

  @Test
  void isAsRecordedForEveryListOfServers() throws IOException {
    Map<String, List<Row>> pools = new LinkedHashMap<>();
    for (Row row : rows()) {
      pools.computeIfAbsent(row.configuration(), key -> new ArrayList<>()).add(row);
    }
    Path nutcracker = Files.writeString(folder.resolve("nutcracker.yml"), yaml(pools));
    Path converted = folder.resolve("fairlead.yaml");

    Cli convert = Cli.run("convert", nutcracker.toString(), "-o", converted.toString());

    assertThat(convert).isEqualTo(new Cli(0, "", ""));
    List<PoolSettings> settings = ConfigLoader.load(converted).pools();
    assertThat(settings).hasSameSizeAs(pools.keySet());
    int pool = 0;
    for (List<Row> rows : pools.values()) {
      requirePlaced(PoolPlacement.of(settings.get(pool++)), rows);
    }
  }

  private static void requirePlaced(PoolPlacement placement, List<Row> rows) {
    for (Row row : rows) {
      byte[] key = key(row.key());
      long hash = placement.hash(key, 0, key.length);
      int server = placement.serverOf(hash, key, 0, key.length);
      assertThat(placement.server(server).name()).as(row.toString()).isEqualTo(row.server());
    }
  }

  private static String yaml(Map<String, List<Row>> pools) {
    StringBuilder yaml = new StringBuilder();
    int number = 0;
    for (String pool : pools.keySet()) {
      yaml.append("p" + number + ":\n  listen: 127.0.0.1:" + (20_000 + number) + "\n" + pool);
      number++;
    }
    return yaml.toString();
  }

  private static List<Row> rows() throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(new GZIPInputStream(Files.newInputStream(RECORDED)), UTF_8))) {
      List<Row> rows = lines.lines().skip(1).map(Row::of).toList();
      assertThat(rows).hasSize(5712);
      return rows;
    }
  }

  /** Unprintable bytes and backslashes are written {@code \\xHH}. */
  private static byte[] key(String escaped) {
    StringBuilder bytes = new StringBuilder();
    for (int i = 0; i < escaped.length(); i++) {
      boolean isEscape = escaped.charAt(i) == '\\';
      bytes.append(
          isEscape ? (char) Integer.parseInt(escaped, i + 2, i + 4, 16) : escaped.charAt(i));
      i += isEscape ? 3 : 0;
    }
    return bytes.toString().getBytes(ISO_8859_1);
  }
}
