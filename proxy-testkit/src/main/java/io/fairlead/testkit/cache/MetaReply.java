package io.fairlead.testkit.cache;

import java.util.List;

/** The line of a meta reply in the making. */
final class MetaReply {
  private static final int MAX_OPAQUE_LENGTH = 32;

  private final StringBuilder line;

  MetaReply(String code) {
    line = new StringBuilder(code);
  }

  MetaReply add(char letter) {
    line.append(' ').append(letter);
    return this;
  }

  MetaReply add(char letter, long unsigned) {
    add(letter);
    line.append(Long.toUnsignedString(unsigned));
    return this;
  }

  /** The time to live; a moment in the past comes out as the huge number memcached prints. */
  MetaReply addTtl(long expiry, long now) {
    if (expiry != 0) {
      return add('t', (expiry - now) & 0xffff_ffffL);
    }
    line.append(" t-1");
    return this;
  }

  MetaReply addKey(String key, boolean binary) {
    add('k');
    line.append(binary ? BinaryKeys.encode(key) + " b" : key);
    return this;
  }

  MetaReply addOpaque(String token) {
    checkOpaque(token);
    line.append(' ').append(token);
    return this;
  }

  /** Adds what every reply may return, hit or miss: opaque and key. */
  MetaReply addEchoes(MetaFlags flags) {
    for (String token : flags.tokens) {
      addEcho(token, flags.key, flags.binaryKey);
    }
    return this;
  }

  void addEcho(String token, String key, boolean binary) {
    if (token.charAt(0) == 'O') {
      addOpaque(token);
    } else if (token.charAt(0) == 'k') {
      addKey(key, binary);
    }
  }

  static void checkOpaques(List<String> tokens) {
    for (String token : tokens) {
      if (token.charAt(0) == 'O') {
        checkOpaque(token);
      }
    }
  }

  @Override
  public String toString() {
    return line.toString();
  }

  private static void checkOpaque(String token) {
    if (token.length() > MAX_OPAQUE_LENGTH) {
      throw new CommandError("CLIENT_ERROR opaque token too long");
    }
  }
}
