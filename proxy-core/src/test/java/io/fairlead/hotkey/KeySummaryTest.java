package io.fairlead.hotkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeySummaryTest {
  private static final int SLOTS = 64;
  private static final int ADDED = 50_000;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void neverLosesAKeyThatComesOftenAndKnowsHowWrongItIs(long seed) {
    Random random = new Random(seed);
    ZipfKeys zipf = new ZipfKeys(5_000, 0.9 + random.nextDouble());
    KeySummary summary = new KeySummary(SLOTS);
    Map<String, Double> truth = new HashMap<>();
    double total = 0;
    for (int i = 0; i < ADDED; i++) {
      byte[] key = ZipfKeys.key(zipf.next(random));
      double weight = 1 + random.nextInt(4);
      summary.add(key, key.length, weight);
      truth.merge(text(key), weight, Double::sum);
      total += weight;
      if (i % 10_000 == 9_999) {
        summary.scale(0.5);
        truth.replaceAll((k, count) -> count / 2);
        total /= 2;
      }
    }

    Map<String, Double> counts = new HashMap<>();
    summary.forEachSlot(
        slot -> {
          String key = text(summary.key(slot));
          double count = truth.getOrDefault(key, 0.0);
          counts.put(key, summary.count(slot));
          assertThat(summary.count(slot)).as(key).isGreaterThanOrEqualTo(count - 1e-6);
          assertThat(summary.count(slot) - summary.error(slot))
              .as(key)
              .isLessThanOrEqualTo(count + 1e-6);
        });
    double most = total;
    assertThat(counts).hasSize(SLOTS);
    assertThat(counts.values().stream().mapToDouble(d -> d).sum()).isCloseTo(most, within(1e-3));
    truth.forEach(
        (key, count) -> {
          if (count > most / SLOTS) {
            assertThat(counts).containsKey(key);
          }
        });
  }

  private static String text(byte[] key) {
    return new String(key, StandardCharsets.US_ASCII);
  }
}
