package io.fairlead.placement;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.hashing.HashTag;
import io.fairlead.placement.PoolPlacement.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PoolPlacementTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          servers: []                                          ; NONE  ; -1
          servers: [a]                                         ; ONLY  ; 0
          servers: [a, b]                                      ; RING  ; 1
          servers: [a, b], distribution: modula                ; SLOT  ; 0
          servers: [a, b], distribution: random                ; ANY   ; -1
          servers: [a], distribution: ch3                      ; ONLY  ; 0
          servers: [a, b], distribution: ch3                   ; FUNCTION ; 1
          servers: [a, b], distribution: rendezvous            ; FUNCTION ; 1
          servers: [a, b], distribution: crc32                 ; FUNCTION ; 0
          servers: [a, b], mode: replicated                    ; EVERY ; 0
          servers: [a, b], mode: replicated, distribution: random ; EVERY ; 0
          """)
  void findsTheServerByTheRuleOfThePool(String yaml, Rule rule, int server) {
    PoolPlacement placement = Pools.placement(yaml);

    assertThat(placement.rule()).isEqualTo(rule);
    assertThat(serverOf(placement, "user:42")).isEqualTo(server);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ketama", "modula"})
  void theSpareServerIsTheOneOfThePoolWithoutTheEjectedOne(String distribution) {
    requireSpares("servers: [a, b, { address: c, weight: 3 }, d], distribution: " + distribution);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rendezvous", "weighted_rendezvous, weights: [1, 0.5, 0.1, 1]"})
  void theSpareServerIsTheOneWithTheNextLowerScore(String distribution) {
    requireSpares("servers: [a, b, c, d], distribution: " + distribution);
  }

  private static void requireSpares(String yaml) {
    PoolPlacement placement = Pools.placement(yaml);

    for (int number = 0; number < 1_000; number++) {
      byte[] key = ("k" + number).getBytes(US_ASCII);
      long hash = placement.hash(key, 0, key.length);
      int owner = placement.serverOf(hash, key, 0, key.length);
      int spare = placement.spareOf(hash, key, 0, key.length, owner);
      assertThat(spare)
          .isEqualTo(placement.without(owner).serverOf(hash, key, 0, key.length))
          .isNotEqualTo(owner);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "servers: [a]",
        "servers: [a, b], eject: false",
        "servers: [a, b], eject: { then: error }",
        "servers: [a, b], distribution: modula, eject: { then: error }",
        "servers: [a, b], distribution: ch3",
        "servers: [a, b], distribution: rendezvous, eject: { then: error }",
      })
  void nothingTakesTheKeysOverWhereTheyFail(String yaml) {
    PoolPlacement placement = Pools.placement(yaml);

    assertThat(spareOf(placement, "user:42", serverOf(placement, "user:42"))).isEqualTo(-1);
  }

  @Test
  void replicasAreReadInTheirOrder() {
    PoolPlacement placement = Pools.placement("servers: [a, b, c], mode: replicated");

    assertThat(spareOf(placement, "a", 0)).isEqualTo(1);
    assertThat(spareOf(placement, "a", 1)).isEqualTo(2);
    assertThat(spareOf(placement, "a", 2)).isEqualTo(-1);
  }

  @Test
  void hashesTheTaggedPartOnly() {
    PoolPlacement placement = Pools.placement("servers: [a, b], hash_tag: '{}'");
    byte[] key = "user:{42}:name".getBytes(US_ASCII);
    long range = placement.hashedPart(key, 0, key.length);

    assertThat(placement.hash(key, 0, key.length)).isEqualTo(hash(placement, "42"));
    assertThat(new String(key, HashTag.startOf(range), HashTag.lengthOf(range), US_ASCII))
        .isEqualTo("42");
  }

  @Test
  void hashesWhatStandsBeforeTheHashStop() {
    PoolPlacement placement = Pools.placement("servers: [a, b], distribution: ch3");
    byte[] key = "user:42|#|name".getBytes(US_ASCII);
    long range = placement.hashedPart(key, 0, key.length);

    assertThat(placement.hash(key, 0, key.length)).isEqualTo(hash(placement, "user:42"));
    assertThat(new String(key, HashTag.startOf(range), HashTag.lengthOf(range), US_ASCII))
        .isEqualTo("user:42");
  }

  @Test
  void takesTheBytesOfAKeyAsThePoolDoes() {
    byte[] key = "é".getBytes(UTF_8);

    assertThat(Pools.placement("servers: [a, b]").hash(key, 0, key.length)).isEqualTo(0xb4cc3001L);
    assertThat(Pools.placement("servers: [a, b], key_bytes: unsigned").hash(key, 0, key.length))
        .isEqualTo(0xb7181e01L);
  }

  @Test
  void aPointOfTheRingIsNotBelowItsHashes() {
    PoolPlacement placement = Pools.placement("servers: [a, b]");
    long hash = hash(placement, "user:42");
    long point = placement.positionOf(hash);

    assertThat(placement.positions()).isEqualTo(320);
    assertThat(Integer.toUnsignedLong(placement.pointAt(point))).isGreaterThanOrEqualTo(hash);
    assertThat(Integer.toUnsignedLong(placement.pointAt(point - 1))).isLessThan(hash);
  }

  @Test
  void aSlotIsTheRemainderOfTheHash() {
    PoolPlacement placement =
        Pools.placement("servers: [a, { address: b, weight: 9 }], distribution: modula");
    long hash = hash(placement, "user:42");

    assertThat(placement.positions()).isEqualTo(10);
    assertThat(placement.positionOf(hash)).isEqualTo(hash % 10);
  }

  private static long hash(PoolPlacement placement, String key) {
    return placement.hash(key.getBytes(US_ASCII), 0, key.length());
  }

  private static int serverOf(PoolPlacement placement, String key) {
    byte[] bytes = key.getBytes(US_ASCII);
    return placement.serverOf(hash(placement, key), bytes, 0, bytes.length);
  }

  private static int spareOf(PoolPlacement placement, String key, int ejected) {
    byte[] bytes = key.getBytes(US_ASCII);
    return placement.spareOf(hash(placement, key), bytes, 0, bytes.length, ejected);
  }
}
