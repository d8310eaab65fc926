package io.fairlead.hashing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class KeyHashTest {
  @ParameterizedTest
  @CsvSource({
    "one_at_a_time, 2297466611",
    "md5,           3195025439",
    "crc16,         3662830516",
    "crc32,         10542",
    "crc32a,        2838417488",
    "fnv1_64,       473199127",
    "fnv1a_64,      1488911807",
    "fnv1_32,       67176023",
    "fnv1a_32,      280767167",
    "hsieh,         3738850110",
    "murmur,        4142305122",
    "jenkins,       1442444624"
  })
  void agreesWithTheUnitTestOfTwemproxy(String hash, long expected) {
    assertThat(hash(hash, "apple")).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "one_at_a_time, 019148ae",
    "md5,           97cddd66",
    "crc16,         00e967c4",
    "crc32,         00000e04",
    "crc32a,        0e048d3e",
    "fnv1_64,       b4eb783d",
    "fnv1a_64,      b4cc3001",
    "fnv1_32,       16769ffd",
    "fnv1a_32,      3cfa68c1",
    "hsieh,         beea177b",
    "murmur,        7ddc1147",
    "jenkins,       37ac74de"
  })
  void takesBytesAsSignedWhereTwemproxyDoes(String hash, String expected) {
    assertThat(hash(hash, "é")).isEqualTo(Long.parseLong(expected, 16));
  }

  @ParameterizedTest
  @CsvSource({"crc16, foo, 0c3caf96", "crc32a, 123456789, cbf43926", "crc32, 123456789, 00004bf4"})
  void agreesWithPublishedChecksums(String hash, String key, String expected) {
    assertThat(hash(hash, key)).isEqualTo(Long.parseLong(expected, 16));
  }

  @Test
  void crc32aIsTheCrcOfTheJavaLibrary() {
    byte[] key = randomBytes(250);
    CRC32 crc = new CRC32();
    crc.update(key);

    int hash = KeyHash.CRC32A.hash(key, 0, key.length);

    assertThat(Integer.toUnsignedLong(hash)).isEqualTo(crc.getValue());
  }

  @Test
  void fnv64IsTheLowHalfOfTheWholeForAscii() {
    BigInteger prime = BigInteger.TWO.pow(40).add(BigInteger.valueOf(0x1b3));
    BigInteger fnv1 = new BigInteger("cbf29ce484222325", 16);
    BigInteger fnv1a = fnv1;
    byte[] key = "user:1000:profile".getBytes(UTF_8);
    for (byte b : key) {
      fnv1 = fnv1.multiply(prime).xor(BigInteger.valueOf(b));
      fnv1a = fnv1a.xor(BigInteger.valueOf(b)).multiply(prime);
    }

    assertThat(KeyHash.FNV1_64.hash(key, 0, key.length)).isEqualTo(fnv1.intValue());
    assertThat(KeyHash.FNV1A_64.hash(key, 0, key.length)).isEqualTo(fnv1a.intValue());
  }

  @ParameterizedTest
  @EnumSource
  void readsNothingAroundTheKey(KeyHash hash) {
    byte[] key = randomBytes(64);
    for (int length = 1; length <= key.length; length++) {
      byte[] around = randomBytes(100);
      System.arraycopy(key, 0, around, 17, length);

      int alone = hash.hash(Arrays.copyOf(key, length), 0, length);

      assertThat(hash.hash(around, 17, length)).as("length %d", length).isEqualTo(alone);
    }
  }

  @ParameterizedTest
  @EnumSource
  void allocatesNothing(KeyHash hash) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    byte[] key = randomBytes(100);
    int sum = hash.hash(key, 0, key.length);
    int rounds = 10_000;
    long before = threads.getCurrentThreadAllocatedBytes();

    for (int i = 0; i < rounds; i++) {
      sum += hash.hash(key, 0, 1 + i % key.length);
    }

    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(allocated).as("bytes, with the sum %d", sum).isLessThan(rounds);
  }

  @ParameterizedTest
  @EnumSource
  void isFoundByItsNameInConfigurations(KeyHash hash) {
    assertThat(KeyHash.named(hash.configName())).contains(hash);
  }

  @Test
  void unknownNamesAreFoundNowhere() {
    assertThat(KeyHash.named("FNV1A_64")).isEmpty();
    assertThat(KeyHash.named("sha1")).isEmpty();
  }

  private static long hash(String name, String text) {
    byte[] key = text.getBytes(UTF_8);
    int hash = KeyHash.named(name).orElseThrow().hash(key, 0, key.length);
    return Integer.toUnsignedLong(hash);
  }

  private static byte[] randomBytes(int count) {
    byte[] bytes = new byte[count];
    new Random(count).nextBytes(bytes);
    return bytes;
  }
}
