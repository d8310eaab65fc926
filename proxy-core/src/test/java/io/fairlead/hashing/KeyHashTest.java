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

  /** Computed by a program of its own, which gives the values above when its bytes are signed. */
  @ParameterizedTest
  @CsvSource({
    "one_at_a_time, é,          ae8600ef",
    "one_at_a_time, aé,         fc535294",
    "one_at_a_time, clé-€ÿ,     f33735cb",
    "fnv1_64,       é,          b4ea243d",
    "fnv1_64,       aé,         6bae9fd2",
    "fnv1_64,       clé-€ÿ,     b87783a1",
    "fnv1a_64,      é,          b7181e01",
    "fnv1a_64,      aé,         0377797c",
    "fnv1a_64,      clé-€ÿ,     56c2db59",
    "fnv1_32,       é,          ce77c1fd",
    "fnv1_32,       aé,         a49cc772",
    "fnv1_32,       clé-€ÿ,     2b579041",
    "fnv1a_32,      é,          1e9de8c1",
    "fnv1a_32,      aé,         79d7a1fc",
    "fnv1a_32,      clé-€ÿ,     562e47b9",
    "hsieh,         é,          beea177b",
    "hsieh,         aé,         11560548",
    "hsieh,         clé-€ÿ,     0b8d09a4"
  })
  void takesBytesAsUnsignedWhenTold(String hash, String text, String expected) {
    byte[] key = text.getBytes(UTF_8);

    int hashed = KeyHash.named(hash).orElseThrow().hash(key, 0, key.length, KeyBytes.UNSIGNED);

    assertThat(Integer.toUnsignedLong(hashed)).isEqualTo(Long.parseLong(expected, 16));
  }

  /** 32-bit FNV-1a and the low half of 64-bit FNV-1 are the published ones then. */
  @Test
  void fnvOfUnsignedBytesIsTheReal() {
    byte[] key = randomBytes(250);
    BigInteger prime = BigInteger.TWO.pow(40).add(BigInteger.valueOf(0x1b3));
    BigInteger fnv1 = new BigInteger("cbf29ce484222325", 16);
    BigInteger fnv1a = BigInteger.valueOf(2166136261L);
    for (byte b : key) {
      BigInteger unsigned = BigInteger.valueOf(Byte.toUnsignedLong(b));
      fnv1 = fnv1.multiply(prime).xor(unsigned);
      fnv1a = fnv1a.xor(unsigned).multiply(BigInteger.valueOf(16777619));
    }

    assertThat(KeyHash.FNV1_64.hash(key, 0, key.length, KeyBytes.UNSIGNED))
        .isEqualTo(fnv1.intValue());
    assertThat(KeyHash.FNV1A_32.hash(key, 0, key.length, KeyBytes.UNSIGNED))
        .isEqualTo(fnv1a.intValue());
  }

  @ParameterizedTest
  @EnumSource
  void signOfBytesMattersForNoKeyOfAscii(KeyHash hash) {
    byte[] key = "user:{42}:~profile".getBytes(UTF_8);
    for (int length = 1; length <= key.length; length++) {
      assertThat(hash.hash(key, 0, length, KeyBytes.UNSIGNED)).isEqualTo(hash.hash(key, 0, length));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MD5", "CRC16", "CRC32", "CRC32A", "MURMUR", "JENKINS"})
  void signOfBytesMattersToNoneOfThese(KeyHash hash) {
    byte[] key = randomBytes(250);
    for (int length = 1; length <= key.length; length++) {
      assertThat(hash.hash(key, 0, length, KeyBytes.UNSIGNED)).isEqualTo(hash.hash(key, 0, length));
    }
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
      KeyBytes bytes = i % 2 == 0 ? KeyBytes.SIGNED : KeyBytes.UNSIGNED;
      sum += hash.hash(key, 0, 1 + i % key.length, bytes);
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
