package io.fairlead.hashing;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The function that turns a key into the number that is looked up on the ring.
 *
 * <p>The names and the results are those of twemproxy, on x86-64 with {@link KeyBytes#SIGNED}:
 * several of these functions differ from their published namesakes then for bytes above 0x7f, and
 * some for every key. None of them allocates.
 */
public enum KeyHash {
  /** Bob Jenkins' one-at-a-time. */
  ONE_AT_A_TIME {
    @Override
    public int hash(byte[] key, int from, int length, KeyBytes bytes) {
      int mask = bytes.mask();
      int h = 0;
      for (int i = from, end = from + length; i < end; i++) {
        h += key[i] & mask;
        h += h << 10;
        h ^= h >>> 6;
      }
      h += h << 3;
      h ^= h >>> 11;
      return h + (h << 15);
    }
  },

  /** The first four bytes of the MD5 digest, little-endian. */
  MD5 {
    @Override
    public int hash(byte[] key, int from, int length, KeyBytes bytes) {
      return Md5.firstWord(key, from, length);
    }
  },

  /** CRC-16 with the bits that fall out of the 16 kept above them: only the low half is the CRC. */
  CRC16 {
    @Override
    public int hash(byte[] key, int from, int length, KeyBytes bytes) {
      return Crc.unmasked16(key, from, length);
    }
  },

  /** 15 bits of CRC-32, as in libmemcached. On a ketama ring every key goes to one server. */
  CRC32 {
    @Override
    public int hash(byte[] key, int from, int length, KeyBytes bytes) {
      return (Crc.of32(key, from, length) >>> 16) & 0x7fff;
    }
  },

  /** The CRC-32 of zip and Ethernet. */
  CRC32A {
    @Override
    public int hash(byte[] key, int from, int length, KeyBytes bytes) {
      return Crc.of32(key, from, length);
    }
  },

  /** The low half of 64-bit FNV-1, which needs the low halves of its constants only. */
  FNV1_64 {
    @Override
    public int hash(byte[] key, int from, int length, KeyBytes bytes) {
      int mask = bytes.mask();
      int h = FNV_64_BASIS;
      for (int i = from, end = from + length; i < end; i++) {
        h = (h * FNV_64_PRIME) ^ (key[i] & mask);
      }
      return h;
    }
  },

  /** The low half of 64-bit FNV-1a; twemproxy's default. */
  FNV1A_64 {
    @Override
    public int hash(byte[] key, int from, int length, KeyBytes bytes) {
      int mask = bytes.mask();
      int h = FNV_64_BASIS;
      for (int i = from, end = from + length; i < end; i++) {
        h = (h ^ (key[i] & mask)) * FNV_64_PRIME;
      }
      return h;
    }
  },

  /** 32-bit FNV-1. */
  FNV1_32 {
    @Override
    public int hash(byte[] key, int from, int length, KeyBytes bytes) {
      int mask = bytes.mask();
      int h = FNV_32_BASIS;
      for (int i = from, end = from + length; i < end; i++) {
        h = (h * FNV_32_PRIME) ^ (key[i] & mask);
      }
      return h;
    }
  },

  /** 32-bit FNV-1a. */
  FNV1A_32 {
    @Override
    public int hash(byte[] key, int from, int length, KeyBytes bytes) {
      int mask = bytes.mask();
      int h = FNV_32_BASIS;
      for (int i = from, end = from + length; i < end; i++) {
        h = (h ^ (key[i] & mask)) * FNV_32_PRIME;
      }
      return h;
    }
  },

  /** Paul Hsieh's SuperFastHash, started at 0. */
  HSIEH {
    @Override
    public int hash(byte[] key, int from, int length, KeyBytes bytes) {
      return HsiehHash.of(key, from, length, bytes.mask());
    }
  },

  /** MurmurHash2, seeded by the length of the key. */
  MURMUR {
    @Override
    public int hash(byte[] key, int from, int length, KeyBytes bytes) {
      return MurmurHash.of(key, from, length);
    }
  },

  /** Bob Jenkins' lookup3 with the initial value 13. */
  JENKINS {
    @Override
    public int hash(byte[] key, int from, int length, KeyBytes bytes) {
      return JenkinsHash.of(key, from, length);
    }
  };

  private static final int FNV_64_BASIS = (int) 0xcbf29ce484222325L;
  private static final int FNV_64_PRIME = (int) 0x100000001b3L;
  private static final int FNV_32_BASIS = 0x811c9dc5;
  private static final int FNV_32_PRIME = 0x01000193;

  private final String configName = name().toLowerCase(Locale.ROOT);

  /** The hash that a configuration file calls {@code configName}; case counts. */
  public static Optional<KeyHash> named(String configName) {
    return Arrays.stream(values()).filter(hash -> hash.configName.equals(configName)).findFirst();
  }

  /** The name in configuration files, such as {@code fnv1a_64}. */
  public String configName() {
    return configName;
  }

  /** The hash with signed bytes. */
  public final int hash(byte[] key, int from, int length) {
    return hash(key, from, length, KeyBytes.SIGNED);
  }

  /**
   * The hash of {@code length} bytes of {@code key}, at least one; the result is to be read as
   * unsigned.
   *
   * <p>No key is empty, and twemproxy gives an empty one 0 whatever the hash; this does not.
   */
  public abstract int hash(byte[] key, int from, int length, KeyBytes bytes);
}
