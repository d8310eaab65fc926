package io.fairlead.placement;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.UUID;

/** Made-up keys as applications make them, to measure how a pool spreads them. */
public enum KeyShape {
  /**
   * {@code k0}: short, with differences in the last bytes only, which weak hashes do not spread.
   */
  SHORT("k0") {
    @Override
    String text(int number) {
      return "k" + number;
    }
  },

  USER("user:0") {
    @Override
    String text(int number) {
      return "user:" + number;
    }
  },

  USER_PROFILE("user:0:profile") {
    @Override
    String text(int number) {
      return "user:" + number + ":profile";
    }
  },

  /** 32 hexadecimal digits, as of an MD5 digest. */
  HEX("hex") {
    @Override
    String text(int number) {
      return hex(mixed(number)) + hex(mixed(~number));
    }
  },

  UUIDS("uuid") {
    @Override
    String text(int number) {
      return new UUID(mixed(number), mixed(~number)).toString();
    }
  };

  private final String label;

  KeyShape(String label) {
    this.label = label;
  }

  /** What tables call it: its first key, or what its keys are. */
  public String label() {
    return label;
  }

  /** The key {@code number}; the same one always. */
  public byte[] key(int number) {
    return text(number).getBytes(US_ASCII);
  }

  abstract String text(int number);

  private static String hex(long bits) {
    String digits = Long.toHexString(bits);
    return "0".repeat(16 - digits.length()) + digits;
  }

  /** The end of SplitMix64: numbers in a row become bits without order. */
  private static long mixed(int number) {
    long z = (number + 1) * 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
