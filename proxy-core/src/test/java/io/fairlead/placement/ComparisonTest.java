package io.fairlead.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.placement.Comparison.Change;
import io.fairlead.placement.Comparison.Move;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonTest {
  private static final int KEYS = 10_000;

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          servers: [a, b]                   ; servers: [b, a]
          servers: [a, b]                   ; servers: [{ name: a, address: a }, b], timeout: 1s
          servers: [a, b], mode: replicated ; servers: [c, a], mode: replicated
          servers: [a, b]                   ; servers: [c, a, b], mode: replicated
          servers: [a, b], mode: replicated ; servers: [a, b]
          servers: [a, b], distribution: random ; servers: [a, b], distribution: random
          servers: [a, b, c], distribution: rendezvous ; servers: [c, a, b], distribution: rendezvous
          servers: [a, b], distribution: ch3   ; servers: [a, b], distribution: const_shard
          """)
  void noKeyMovesWhereEachFindsItsServer(String before, String after) {
    Comparison comparison = compare(before, after);

    assertThat(comparison.keys()).isEqualTo(KEYS);
    assertThat(comparison.moved()).isZero();
    assertThat(comparison.moves()).isEmpty();
  }

  @Test
  void aNewServerTakesItsShareFromEachOfTheOthers() {
    Comparison comparison =
        compare("servers: [a, b, c], hash: murmur", "servers: [a, b, c, d], hash: murmur");

    assertThat(comparison.moved()).isBetween(KEYS / 5L, KEYS / 3L);
    assertThat(comparison.moves()).hasSize(3).allMatch(move -> move.change() == Change.SERVER);
    assertThat(comparison.moves())
        .allSatisfy(move -> assertThat(move.to()).extracting("name").isEqualTo("d"));
    assertThat(comparison.moves())
        .extracting(Move::keys)
        .isSortedAccordingTo((x, y) -> (int) (y - x));
  }

  @Test
  void betweenARingAndAHashOfMcrouterAKeyStaysByChanceOnly() {
    Comparison comparison =
        compare("servers: [a, b, c, d]", "servers: [a, b, c, d], distribution: ch3");

    assertThat(comparison.moved()).isBetween(KEYS * 7 / 10L, KEYS * 8 / 10L);
    assertThat(comparison.moves()).hasSize(12);
  }

  @Test
  void aServerMoreAtTheEndMovesKeysToItselfOnlyWithCh3() {
    Comparison comparison =
        compare(
            "servers: [a, b, c], distribution: ch3", "servers: [a, b, c, d], distribution: ch3");

    assertThat(comparison.moved()).isBetween(KEYS / 5L, KEYS / 3L);
    assertThat(comparison.moves())
        .allSatisfy(move -> assertThat(move.to()).extracting("name").isEqualTo("d"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          servers: [{ name: x, address: a }] ; servers: [{ name: x, address: b }] ; ADDRESS
          servers: [{ name: x, address: a }] ; servers: [{ name: y, address: a }] ; NAME
          servers: [{ name: x, address: a }] ; servers: [{ name: y, address: b }] ; SERVER
          servers: [a]                       ; servers: []                        ; SERVER
          servers: [a, b], mode: replicated  ; servers: [c]                       ; SERVER
          """)
  void tellsWhatChangesForAKey(String before, String after, Change change) {
    Comparison comparison = compare(before, after);

    assertThat(comparison.moves()).extracting(Move::change).containsExactly(change);
    assertThat(comparison.moved()).isEqualTo(KEYS);
  }

  private static Comparison compare(String before, String after) {
    Comparison comparison = new Comparison(Pools.placement(before), Pools.placement(after));
    for (int number = 0; number < KEYS; number++) {
      byte[] key = KeyShape.UUIDS.key(number);
      comparison.add(key, 0, key.length);
    }
    return comparison;
  }
}
