package io.fairlead.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.LoadOptions;
import io.fairlead.config.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileReviewTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          servers: [a, b], hash: crc32            | 4:34: pools.main.hash: crc32 | 15 bits
          servers: [a, b], hash: crc16            | 4:34: pools.main.hash: crc16 | of a short key
          servers: [a, b, c, d, e], hash: fnv1_64 | 4:43: pools.main.hash: fnv1_64 | a hash that spreads keys like k0, such as murmur:
          servers: [a, { name: z, address: b, weight: 100000 }] | 4:21: pools.main.servers[0]: a with weight 1 | no point on the ring
          servers: [a, b], timeout: 9ms           | 4:37: pools.main.timeout: 9ms | 10ms or more
          servers: [a, b], timeout: 6s            | 4:37: pools.main.timeout: 6s | 5s or less
          servers: [a, b], connect_timeout: 1m    | 4:45: pools.main.connect_timeout: 1m | 5s or less
          servers: [a, b], distribution: random   | 4:42: pools.main.distribution: random | looked for on another
          servers: [a], eject: { time: 30s }      | 4:40: pools.main.eject.time: 30s | one server
          servers: [a, b], distribution: weighted_ch3, weights: [0.001, 0.01] | 4:65: pools.main.weights: so small on the whole | 32 draws do not find a server for all keys like k0
          servers: [a, b, c], distribution: modula, hash: murmur | 4:9: pools.main.eject.then: rehash | % of the keys of the other servers move
          """)
  void warnsOfATrapAtTheLineThatSetsIt(String pool, String place, String reason)
      throws IOException {
    FileReview review = review(pool);

    assertThat(review.problems()).isEmpty();
    assertThat(review.warnings())
        .extracting(Problem::toString)
        .singleElement()
        .asString()
        .startsWith(folder.resolve("f.yaml") + ":" + place)
        .contains(reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "servers: [a]",
        "servers: [a, b, c]",
        "servers: [a, { address: b, weight: 2 }, { address: c, weight: 3 }], hash: murmur",
        "servers: [a, b], timeout: 10ms, connect_timeout: 5s",
        "servers: [a, b], mode: replicated, distribution: random, hash: crc32",
        "servers: [a, b, c], distribution: modula, hash: murmur, eject: { then: error }",
        "servers: [a, b, c], distribution: modula, hash: crc32, eject: false",
        "servers: [a, b, c], distribution: ch3",
        "servers: [a, b, c], distribution: crc32",
        "servers: [a, b, c], distribution: const_shard",
        "servers: [a, b, c], distribution: rendezvous",
        "servers: [a, b, c], distribution: weighted_rendezvous, weights: [0.01, 0.01, 0.02]",
        "servers: [a, b, c], distribution: weighted_ch3, weights: [1, 0.1, 0]",
        "servers: [a], eject: { then: error }",
      })
  void hasNothingToSayOfWhatIsFine(String pool) throws IOException {
    assertThat(review(pool).warnings()).isEmpty();
  }

  @Test
  void warnsOfEveryEjectionOfAnOnlyServerThatANutcrackerFileAsksFor() throws IOException {
    Path file = folder.resolve("nutcracker.yml");
    Files.writeString(
        file,
        """
        main:
          listen: 127.0.0.1:22121
          timeout: 400
          auto_eject_hosts: true
          server_retry_timeout: 2000
          servers:
           - 10.0.0.1:11211:1
        """);

    assertThat(FileReview.of(file, LoadOptions.NONE).warnings())
        .extracting(Problem::toString)
        .singleElement()
        .asString()
        .startsWith(file + ":4:21: main.auto_eject_hosts: true")
        .contains("one server");
  }

  @Test
  void warnsOfWeightsThatAreIgnored() throws IOException {
    FileReview review = review("servers: [a, { address: b, weight: 2 }], distribution: random");

    assertThat(review.warnings())
        .extracting(Problem::value)
        .containsExactlyInAnyOrder("random", "weight 2");
  }

  @Test
  void listsWarningsInTheOrderOfTheFile() throws IOException {
    FileReview review =
        review("timeout: 9ms, servers: [a, b], distribution: random, connect_timeout: 6s");

    assertThat(review.warnings()).extracting(Problem::value).containsExactly("9ms", "random", "6s");
  }

  @Test
  void listsEveryProblem() throws IOException {
    FileReview review = review("servers: [a, a], hahs: md5, timeout: 1");

    assertThat(review.settings()).isNull();
    assertThat(review.problems()).hasSize(3);
    assertThat(review.shares()).isEmpty();
  }

  @Test
  void measuresPoolsInWhichTheHashDecides() throws IOException {
    assertThat(review("servers: [a, b]").shares()).hasSize(1);
    assertThat(review("servers: [a]").shares()).isEmpty();
    assertThat(review("servers: [a, b], mode: replicated").shares()).isEmpty();
  }

  @Test
  void pointsAtTheWordsOfANutcrackerYml() throws IOException {
    Path file = folder.resolve("nutcracker.yml");
    Files.writeString(
        file,
        """
        "the pool":
          listen: 127.0.0.1:1
          hash: crc32
          timeout: 5
          auto_eject_hosts: true
          servers:
            - 10.0.0.1:11211:1
            - 10.0.0.2:11211:1
        sole:
          listen: 127.0.0.1:2
          timeout: 500
          auto_eject_hosts: true
          servers:
            - 10.0.0.1:11211:1
        """);

    FileReview review = FileReview.of(file, LoadOptions.NONE);

    assertThat(review.warnings())
        .extracting(warning -> warning.line() + " " + warning.path() + " " + warning.value())
        .containsExactly(
            "3 \"the pool\".hash crc32",
            "4 \"the pool\".timeout 5",
            "12 sole.auto_eject_hosts true");
  }

  private FileReview review(String pool) throws IOException {
    Path file = folder.resolve("f.yaml");
    return FileReview.of(
        Files.writeString(file, "admin: false\n\npools:\n  main: { " + pool + " }\n"),
        LoadOptions.NONE);
  }
}
