package io.fairlead.server.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Writes gets and sets of numbered keys.
 *
 * <p>The number of a key is stirred before it is written: hashes such as fnv1a_64 hardly tell keys
 * apart of which only the end differs, and all of them would go to few servers.
 */
final class RequestWriter {
  private static final int DIGITS = 8;
  private static final int STIR = 0x9E3779B1; // odd, so that no two numbers become one
  private static final byte[] HEX = "0123456789abcdef".getBytes(US_ASCII);
  private static final byte[] CRLF = {'\r', '\n'};
  private static final byte[] GET = "get".getBytes(US_ASCII);
  private static final byte[] SET = "set ".getBytes(US_ASCII);

  private final byte[] prefix;
  private final byte[] afterKey;
  private final byte[] value;

  /**
   * @param expirySeconds after which the keys are gone by themselves
   */
  RequestWriter(String prefix, int valueBytes, long expirySeconds) {
    this.prefix = prefix.getBytes(US_ASCII);
    this.afterKey = (" 0 " + expirySeconds + " " + valueBytes + "\r\n").getBytes(US_ASCII);
    this.value = new byte[valueBytes];
    Arrays.fill(value, (byte) 'v');
  }

  /** The most that a get of so many keys, or a set, can take. */
  int mostBytes(int keysOfGet) {
    int key = 1 + prefix.length + DIGITS;
    int get = GET.length + keysOfGet * key + CRLF.length;
    return Math.max(get, SET.length + key + afterKey.length + value.length + CRLF.length);
  }

  void beginGet(ByteBuffer out) {
    out.put(GET);
  }

  void addKey(ByteBuffer out, int number) {
    out.put((byte) ' ');
    putKey(out, number);
  }

  void endGet(ByteBuffer out) {
    out.put(CRLF);
  }

  void putSet(ByteBuffer out, int number) {
    out.put(SET);
    putKey(out, number);
    out.put(afterKey).put(value).put(CRLF);
  }

  private void putKey(ByteBuffer out, int number) {
    out.put(prefix);
    int stirred = number * STIR;
    for (int shift = 28; shift >= 0; shift -= 4) {
      out.put(HEX[(stirred >>> shift) & 15]);
    }
  }
}
