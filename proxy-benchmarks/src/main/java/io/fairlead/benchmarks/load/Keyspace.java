package io.fairlead.benchmarks.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The keys of a scenario, the value of each, and the requests that are made of them.
 *
 * <p>All keys have the same length and end with a number. Values are cut from one pattern at an
 * offset that depends on the key, so a value that belongs to another key, or that slipped by a
 * byte, is seen without keeping any value. For use by one thread.
 */
final class Keyspace {
  static final int KEY_BYTES = 20;

  private static final String PREFIX = "bench:";

  /**
   * Keys that follow one another are this far apart in their text: fnv1a_64 gives texts that differ
   * in their last digit to one server, and a get of neighbours would hardly be split. A prime,
   * which leaves no number out.
   */
  private static final int STRIDE = 3571;

  /** A prime, so that values differ also between keys that are a round number apart. */
  private static final int PERIOD = 251;

  private static final byte[] CRLF = {'\r', '\n'};

  private final int count;
  private final int valueBytes;
  private final byte[] keys;
  private final int[] keyOfNumber;
  private final ByteBuffer pattern;
  private final byte[] afterKey;

  Keyspace(int count, int valueBytes) {
    this.count = count;
    this.valueBytes = valueBytes;
    keys = new byte[count * KEY_BYTES];
    keyOfNumber = new int[count];
    for (int key = 0; key < count; key++) {
      int number = (int) ((long) key * STRIDE % count);
      keyOfNumber[number] = key;
      byte[] text = ascii(PREFIX + String.format(Locale.ROOT, "%014d", number));
      System.arraycopy(text, 0, keys, key * KEY_BYTES, KEY_BYTES);
    }
    pattern = ByteBuffer.allocateDirect(valueBytes + PERIOD);
    for (int i = 0; i < pattern.capacity(); i++) {
      pattern.put(i, (byte) ('0' + i % PERIOD % 75));
    }
    afterKey = ascii(" 0 " + valueBytes + "\r\n");
  }

  int count() {
    return count;
  }

  int valueBytes() {
    return valueBytes;
  }

  /** The most bytes that a request of {@code keysPerGet} keys, or a set, can take. */
  int requestBytes(int keysPerGet) {
    int set = 4 + KEY_BYTES + 2 + afterKey.length + valueBytes + CRLF.length;
    return Math.max(set, 3 + keysPerGet * (1 + KEY_BYTES) + CRLF.length);
  }

  /** A get of {@code howMany} neighbouring keys; the hash spreads them over the servers. */
  void putGet(ByteBuffer out, int first, int howMany) {
    out.put((byte) 'g').put((byte) 'e').put((byte) 't');
    int key = first;
    for (int i = 0; i < howMany; i++) {
      out.put((byte) ' ').put(keys, key * KEY_BYTES, KEY_BYTES);
      key = key + 1 == count ? 0 : key + 1;
    }
    out.put(CRLF);
  }

  void putSet(ByteBuffer out, int key) {
    out.put((byte) 's').put((byte) 'e').put((byte) 't').put((byte) ' ');
    out.put(keys, key * KEY_BYTES, KEY_BYTES);
    out.put((byte) ' ').put((byte) '0').put(afterKey);
    out.put(out.position(), pattern, offsetOf(key), valueBytes);
    out.position(out.position() + valueBytes).put(CRLF);
  }

  /** The key that starts at {@code from}; -1 when it is none of ours. */
  int keyAt(byte[] line, int from) {
    int number = 0;
    for (int i = PREFIX.length(); i < KEY_BYTES; i++) {
      number = number * 10 + line[from + i] - '0';
    }
    if (number < 0 || number >= count) {
      return -1;
    }
    int key = keyOfNumber[number];
    for (int i = 0; i < KEY_BYTES; i++) {
      if (line[from + i] != keys[key * KEY_BYTES + i]) {
        return -1;
      }
    }
    return key;
  }

  /** Whether a value header of {@code length} bytes ends, after its key, as it must. */
  boolean endsAsValueHeader(byte[] line, int from, int length) {
    if (length - from != afterKey.length) {
      return false;
    }
    for (int i = 0; i < afterKey.length; i++) {
      if (line[from + i] != afterKey[i]) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether the next {@code length} bytes of {@code in} are those of the value of {@code key} from
   * {@code at} on; moves the position past them.
   */
  boolean takeValue(ByteBuffer in, int key, int at, int length) {
    int limit = in.limit();
    int end = in.position() + length;
    int start = offsetOf(key) + at;
    pattern.limit(start + length).position(start);
    int difference = in.limit(end).mismatch(pattern);
    in.limit(limit).position(end);
    pattern.clear();
    return difference < 0;
  }

  private static int offsetOf(int key) {
    return key % PERIOD;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
