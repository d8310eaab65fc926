package io.fairlead.hotkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fairlead.config.HotKeySettings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeySamplerTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final int MANY_KEYS = 100_000;
  private static final ZipfKeys ZIPF = new ZipfKeys(MANY_KEYS, 0.99);

  private final KeySampler sampler = new KeySampler(4711);
  private long now = 5 * SECOND;

  @ParameterizedTest(name = "seed {0}, {1} requests/s for {2} s")
  @CsvSource({
    "1, 100000, 10",
    "2, 100000, 10",
    "3, 100000, 10",
    "4, 400000, 5",
    "5, 400000, 5",
    "6, 20000, 20"
  })
  void findsTheTwentyHottestOfManyKeys(long seed, int perSecond, int seconds) {
    Random random = new Random(seed);
    ask(perSecond, seconds, i -> ZipfKeys.key(ZIPF.next(random)));

    List<HotKey> hot = hotKeys();
    List<String> expected = IntStream.range(0, 20).mapToObj(i -> "user:" + i).toList();
    List<String> found = hot.stream().map(HotKey::key).toList();
    double recall = found.stream().filter(expected::contains).count() / 20.0;
    System.out.printf("seed %d, %d/s: recall %.2f%n", seed, perSecond, recall);

    assertThat(found).hasSize(20);
    assertThat(recall).isGreaterThanOrEqualTo(0.9);
    assertThat(hot.stream().mapToDouble(HotKey::share).boxed().toList())
        .isSortedAccordingTo((a, b) -> Double.compare(b, a));
    for (HotKey key : hot) {
      double share = ZIPF.share(Integer.parseInt(key.key().substring("user:".length())));
      double chance = 5 * Math.sqrt(share / (perSecond < 50_000 ? 80_000 : 30_000));
      assertThat(key.share()).as(key.key()).isBetween(share - key.error() - chance, share + chance);
      assertThat(key.perSecond()).isCloseTo(key.share() * perSecond, within(0.1 * perSecond));
    }
  }

  @Test
  void aKeyThatBecomesPopularIsFirstWithinSeconds() {
    Random random = new Random(7);
    ask(100_000, 10, i -> ZipfKeys.key(ZIPF.next(random)));
    assertThat(hotKeys().get(0).key()).isEqualTo("user:0");

    ask(100_000, 1, i -> i % 4 == 0 ? text("new") : ZipfKeys.key(ZIPF.next(random)));
    assertThat(hotKeys().stream().map(HotKey::key).limit(3)).contains("new");

    ask(100_000, 2, i -> i % 4 == 0 ? text("new") : ZipfKeys.key(ZIPF.next(random)));
    assertThat(hotKeys().get(0).key()).isEqualTo("new");

    ask(100_000, 20, i -> ZipfKeys.key(ZIPF.next(random)));
    assertThat(hotKeys().get(0).key()).isEqualTo("user:0");
  }

  @Test
  void keysOfTrafficWithARhythmAreSeenAsOftenAsTheyCome() {
    ask(100_000, 5, i -> text("beat-" + i % 16));

    assertThat(hotKeys()).hasSize(16);
    assertThat(hotKeys())
        .allSatisfy(key -> assertThat(key.share()).isCloseTo(1 / 16.0, within(0.01)));
  }

  @Test
  void evenlySpreadKeysAreNotHot() {
    Random random = new Random(3);
    ask(100_000, 10, i -> ZipfKeys.key(random.nextInt(MANY_KEYS)));

    assertThat(hotKeys()).allSatisfy(key -> assertThat(key.share()).isLessThan(0.001));
  }

  @Test
  void countsEveryKeyOfLittleTraffic() {
    ask(10, 2, i -> text(i % 5 == 0 ? "often" : "other-" + i));

    HotKey first = hotKeys().get(0);
    assertThat(first.key()).isEqualTo("often");
    assertThat(first.share()).isCloseTo(0.2, within(0.02));
    assertThat(first.perSecond()).isCloseTo(2, within(0.5));
  }

  @Test
  void followsTrafficThatSwellsAndEbbs() {
    ask(100, 5, i -> text("few"));
    ask(1_000_000, 1, i -> text("many"));
    assertThat(hotKeys().get(0).key()).isEqualTo("many");
    assertThat(hotKeys().get(0).share()).isGreaterThan(0.99);

    ask(100, 120, i -> text("few"));
    assertThat(hotKeys().get(0).key()).isEqualTo("few");
    assertThat(hotKeys().get(0).perSecond()).isCloseTo(100, within(5.0));
  }

  @Test
  void whatWasAskedLongAgoIsForgotten() {
    ask(1000, 1, i -> text("old"));
    assertThat(hotKeys()).isNotEmpty();

    now += 600 * SECOND;
    assertThat(hotKeys()).isEmpty();

    now += 100_000 * SECOND;
    ask(1000, 1, i -> text("young"));
    assertThat(hotKeys()).extracting(HotKey::key).containsExactly("young");
  }

  @Test
  void tellsLongAndBinaryKeysApart() {
    byte[] longest = "k".repeat(250).getBytes(StandardCharsets.US_ASCII);
    byte[] other = "k".repeat(250).getBytes(StandardCharsets.US_ASCII);
    other[249] = (byte) 0xff;
    byte[] zero = {0, '\\', 'a', (byte) 0x80};
    List<byte[]> keys = List.of(longest, other, zero);
    ask(1000, 2, i -> keys.get(i % 3));

    assertThat(hotKeys())
        .extracting(HotKey::key)
        .containsExactlyInAnyOrder("k".repeat(250), "k".repeat(249) + "\\xff", "\\x00\\\\a\\x80");
  }

  @Test
  void nothingWasAskedOfAPoolWithoutTraffic() {
    assertThat(hotKeys()).isEmpty();
  }

  @Test
  void joinsWhatSeveralLoopsHaveSeen() {
    KeySampler second = new KeySampler(0);
    ask(1000, 5, i -> text(i % 2 == 0 ? "both" : "one"));
    byte[] both = text("both");
    for (int i = 0; i < 5000; i++) {
      if (second.isDue()) {
        second.take(both, both.length, now - 5 * SECOND + i * SECOND / 1000);
      }
    }

    List<HotKey> hot =
        HotKeys.of(
            "main", HotKeySettings.DEFAULT, List.of(sampler.snapshot(now), second.snapshot(now)));

    assertThat(hot).extracting(HotKey::key).containsExactly("both", "one");
    assertThat(hot.get(0).share()).isCloseTo(0.75, within(0.01));
    assertThat(hot.get(0).perSecond()).isCloseTo(1500, within(100.0));
    assertThat(hot.get(0).pool()).isEqualTo("main");
  }

  @Test
  void showsAsManyKeysAsAreWantedAndAsMuchOfEach() {
    ask(1000, 2, i -> text("customer:" + i % 10));

    assertThat(shown(3, HotKeySettings.Show.SHORT)).hasSize(3).containsOnly("customer...");
    assertThat(shown(1, HotKeySettings.Show.HASH)).hasSize(1).allMatch(k -> k.length() == 16);
  }

  private List<String> shown(int keys, HotKeySettings.Show show) {
    HotKeySettings settings = new HotKeySettings(true, keys, show);
    return HotKeys.of("main", settings, List.of(sampler.snapshot(now))).stream()
        .map(HotKey::key)
        .toList();
  }

  private void ask(int perSecond, int seconds, IntFunction<byte[]> keys) {
    long start = now;
    for (int i = 0; i < perSecond * seconds; i++) {
      byte[] key = keys.apply(i);
      now = start + i * SECOND / perSecond;
      if (sampler.isDue()) {
        sampler.take(key, key.length, now);
      }
    }
    now = start + seconds * SECOND;
  }

  private List<HotKey> hotKeys() {
    return new ArrayList<>(
        HotKeys.of("main", HotKeySettings.DEFAULT, List.of(sampler.snapshot(now))));
  }

  private static byte[] text(String key) {
    return key.getBytes(StandardCharsets.US_ASCII);
  }
}
