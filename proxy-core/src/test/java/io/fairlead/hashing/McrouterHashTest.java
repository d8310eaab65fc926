package io.fairlead.hashing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Collections;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class McrouterHashTest {
  @ParameterizedTest
  @EnumSource
  void isFoundByTheNameThatMcrouterHas(McrouterHash hash) {
    assertThat(McrouterHash.ofMcrouter(hash.mcrouterName())).contains(hash);
    assertThat(McrouterHash.ofMcrouter(hash.configName())).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void hashesOnlyWhatStandsBeforeTheHashStop(McrouterHash hash) {
    Placement placement = over(hash, "", 100);

    assertThat(serverOf(placement, "user:42|#|name")).isEqualTo(serverOf(placement, "user:42"));
    assertThat(serverOf(placement, "user:42|#|a|#|b")).isEqualTo(serverOf(placement, "user:42"));
    assertThat(serverOf(placement, "|#|name")).isEqualTo(serverOf(placement, ""));
    assertThat(hash(placement, "user:42|#|name")).isEqualTo(hash(placement, "user:42"));
    assertThat(hash(placement, "user:42|#name")).isNotEqualTo(hash(placement, "user:42"));
  }

  @ParameterizedTest
  @EnumSource
  void putsTheSaltBehindWhatIsHashed(McrouterHash hash) {
    Placement salted = over(hash, ":42", 100);

    assertThat(hash(salted, "user|#|name")).isEqualTo(hash(over(hash, "", 100), "user:42"));
    assertThat(serverOf(salted, "user|#|name")).isEqualTo(serverOf(over(hash, "", 100), "user:42"));
  }

  @ParameterizedTest
  @EnumSource
  void oneServerHasAllKeysAndStillTellsThemApart(McrouterHash hash) {
    Placement placement = over(hash, "", 1);

    assertThat(serversOf(placement)).containsOnly(0);
    assertThat(hash(placement, "a")).isNotEqualTo(hash(placement, "b"));
  }

  @ParameterizedTest
  @EnumSource
  void withoutServersNoneHasTheKey(McrouterHash hash) {
    assertThat(serverOf(over(hash, "", 0), "a")).isEqualTo(-1);
  }

  @ParameterizedTest
  @EnumSource
  void findsTheKeyWhereverItLiesInTheArray(McrouterHash hash) {
    Placement placement = over(hash, "salt", 1000);
    byte[] bytes = "before:user:42|#|name|#|behind".getBytes(UTF_8);

    long hashed = placement.hash(bytes, 7, 14);

    assertThat(hashed).isEqualTo(hash(placement, "user:42|#|name"));
    assertThat(placement.serverOf(hashed, bytes, 7, 14))
        .isEqualTo(serverOf(placement, "user:42|#|name"));
  }

  @ParameterizedTest
  @EnumSource(
      names = {"RENDEZVOUS", "WEIGHTED_RENDEZVOUS"},
      mode = EnumSource.Mode.EXCLUDE)
  void aServerThatIsOutKeepsItsKeys(McrouterHash hash) {
    Placement all = over(hash, "", 10);
    Placement without = over(hash, "", 10, index -> index != 3);

    assertThat(serversOf(without)).isEqualTo(serversOf(all));
  }

  @ParameterizedTest
  @EnumSource
  void allocatesNothing(McrouterHash hash) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Placement placement = over(hash, "salt", 50);
    byte[] key = "user:7000:".repeat(25).getBytes(UTF_8);
    int rounds = 10_000;
    int sum = placement.serverOf(placement.hash(key, 0, 250), key, 0, 250);
    long before = threads.getCurrentThreadAllocatedBytes();

    for (int i = 0; i < rounds; i++) {
      int length = 1 + i % key.length;
      sum += placement.serverOf(placement.hash(key, 0, length), key, 0, length);
    }

    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(allocated).as("bytes, with the sum %d", sum).isLessThan(rounds);
  }

  /** The first nine are those of mcrouter's own unit test. */
  @ParameterizedTest
  @CsvSource({
    "4,   b:3:meh,                       3",
    "4,   bl:2:meh,                      2",
    "4,   bla:1:meh,                     1",
    "4,   blah:0:meh,                    0",
    "4,   blahmeh,                       2",
    "4,   blah:meh,                      0",
    "4,   blah::meh,                     1",
    "4,   blah:12c34:meh,                0",
    "4,   blah:4:meh,                    3",
    "4,   :3:,                           3",
    "4,   b:0003:meh,                    3",
    "4,   b:00000000000000000000000003:, 3",
    "100, b:99:1:,                       99"
  })
  void constShardTakesTheNumberInTheKeyOrElseHashes(int servers, String key, int expected) {
    assertThat(serverOf(over(McrouterHash.CONST_SHARD, "", servers), key)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"b:3", "b:+3:c", "b:3 :c", "b:18446744073709551619:c", "b:99999999999999999999999:"})
  void constShardHashesAKeyThatNamesNoShard(String key) {
    assertThat(serverOf(over(McrouterHash.CONST_SHARD, "", 1000), key))
        .isEqualTo(serverOf(over(McrouterHash.CH3, "", 1000), key));
  }

  @Test
  void constShardReadsNoNumberBehindTheHashStop() {
    assertThat(serverOf(over(McrouterHash.CONST_SHARD, "", 1000), "b:7|#|:c"))
        .isEqualTo(serverOf(over(McrouterHash.CH3, "", 1000), "b:7"));
  }

  /** The servers of a thousand keys. */
  private static int[] serversOf(Placement placement) {
    return IntStream.range(0, 1000).map(key -> serverOf(placement, "k" + key)).toArray();
  }

  private static Placement over(McrouterHash hash, String salt, int servers) {
    return over(hash, salt, servers, index -> true);
  }

  private static Placement over(McrouterHash hash, String salt, int servers, IntPredicate live) {
    List<String> tags = IntStream.range(0, servers).mapToObj(i -> "mc-" + i).toList();
    return hash.over(salt, tags, Collections.nCopies(servers, 0.5), live);
  }

  private static long hash(Placement placement, String text) {
    byte[] key = text.getBytes(UTF_8);
    return placement.hash(key, 0, key.length);
  }

  private static int serverOf(Placement placement, String text) {
    byte[] key = text.getBytes(UTF_8);
    return placement.serverOf(placement.hash(key, 0, key.length), key, 0, key.length);
  }
}
