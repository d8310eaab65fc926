package io.fairlead.benchmarks.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Reads the replies on one connection and compares each with the request it must answer.
 *
 * <p>Bytes may arrive in any pieces. Checked are the order of replies, the key and length of each
 * value, every byte of it, that no key is answered twice, and that none is missing. The values of
 * one multi-get may come in any order: the protocol promises none.
 *
 * <p>After a wrong header its announced length is skipped, so that one fault counts about once.
 */
final class ReplyChecker {
  private static final int VALUE_PREFIX = 6;
  private static final int LONGEST_LINE = 256;

  private enum State {
    LINE,
    VALUE,
    VALUE_OF_UNKNOWN,
    AFTER_VALUE
  }

  private final Keyspace keyspace;
  private final Outstanding outstanding;
  private final Tally tally;
  private final byte[] line = new byte[LONGEST_LINE];
  private State state = State.LINE;
  private int lineLength;
  private int valueKey;
  private int valueLength;
  private int valueRead;
  // The keys of the oldest request already answered, one bit each.
  private long answeredLow;
  private long answeredHigh;

  ReplyChecker(Keyspace keyspace, Outstanding outstanding, Tally tally) {
    this.keyspace = keyspace;
    this.outstanding = outstanding;
    this.tally = tally;
  }

  /** Takes everything that {@code in} holds; {@code nowNanos} is when it arrived. */
  void accept(ByteBuffer in, long nowNanos) {
    while (in.hasRemaining()) {
      switch (state) {
        case LINE -> readLine(in, nowNanos);
        case VALUE -> readValue(in);
        case VALUE_OF_UNKNOWN -> skipValue(in);
        case AFTER_VALUE -> readAfterValue(in);
      }
    }
  }

  private void readLine(ByteBuffer in, long nowNanos) {
    int length = lineLength;
    byte b = 0;
    while (b != '\n' && in.hasRemaining()) {
      b = in.get();
      if (length < LONGEST_LINE) {
        line[length++] = b;
      }
    }
    lineLength = length;
    if (b == '\n') {
      onLine(nowNanos);
      lineLength = 0;
    }
  }

  private void onLine(long nowNanos) {
    if (outstanding.size() == 0) {
      tally.onWrong("a reply that nobody asked for: " + text());
      return;
    }
    if (startsWith("VALUE ")) {
      onValueHeader();
      return;
    }
    boolean isSet = outstanding.oldestKeys() == Outstanding.SET;
    if (lineIs("END\r\n")) {
      onEnd(isSet);
    } else if (lineIs("STORED\r\n")) {
      if (!isSet) {
        tally.onWrong("STORED as the reply to a get");
      }
    } else {
      tally.onError(text());
    }
    tally.onReply(outstanding.oldestDueNanos(), nowNanos);
    outstanding.removeOldest();
    answeredLow = 0;
    answeredHigh = 0;
  }

  private void onEnd(boolean isSet) {
    if (isSet) {
      tally.onWrong("END as the reply to a set");
      return;
    }
    int answered = Long.bitCount(answeredLow) + Long.bitCount(answeredHigh);
    if (answered < outstanding.oldestKeys()) {
      tally.onMisses(outstanding.oldestKeys() - answered);
    }
  }

  private void onValueHeader() {
    int afterKey = VALUE_PREFIX + Keyspace.KEY_BYTES;
    int key = lineLength > afterKey ? keyspace.keyAt(line, VALUE_PREFIX) : -1;
    valueRead = 0;
    if (key >= 0 && keyspace.endsAsValueHeader(line, afterKey, lineLength) && isAnswer(key)) {
      valueKey = key;
      valueLength = keyspace.valueBytes();
      state = State.VALUE;
      return;
    }
    tally.onWrong("not a value that was asked for: " + text());
    valueLength = announcedLength();
    if (valueLength < 0) {
      state = State.LINE;
    } else {
      state = valueLength > 0 ? State.VALUE_OF_UNKNOWN : State.AFTER_VALUE;
    }
  }

  /** Whether the oldest request asks for this key and has not had it yet. */
  private boolean isAnswer(int key) {
    int place = key - outstanding.oldestFirstKey();
    if (place < 0) {
      place += keyspace.count();
    }
    if (place >= outstanding.oldestKeys()) {
      return false;
    }
    long bit = 1L << place;
    boolean low = place < Long.SIZE;
    if (((low ? answeredLow : answeredHigh) & bit) != 0) {
      return false;
    }
    answeredLow |= low ? bit : 0;
    answeredHigh |= low ? 0 : bit;
    return true;
  }

  private void readValue(ByteBuffer in) {
    int length = Math.min(in.remaining(), valueLength - valueRead);
    if (!keyspace.takeValue(in, valueKey, valueRead, length)) {
      tally.onWrong("another value than was set, in its bytes from " + valueRead);
      state = State.VALUE_OF_UNKNOWN;
    }
    onValueBytes(length);
  }

  private void skipValue(ByteBuffer in) {
    int length = Math.min(in.remaining(), valueLength - valueRead);
    in.position(in.position() + length);
    onValueBytes(length);
  }

  private void onValueBytes(int length) {
    valueRead += length;
    if (valueRead == valueLength) {
      valueRead = 0;
      state = State.AFTER_VALUE;
    }
  }

  private void readAfterValue(ByteBuffer in) {
    byte expected = (byte) (valueRead == 0 ? '\r' : '\n');
    if (in.get() != expected) {
      tally.onWrong("a value longer than its header said");
    }
    if (++valueRead == 2) {
      state = State.LINE;
    }
  }

  /** The number at the end of a value header, -1 when there is none. */
  private int announcedLength() {
    int from = lineLength - 2;
    while (from > 0 && line[from - 1] >= '0' && line[from - 1] <= '9') {
      from--;
    }
    int number = from < lineLength - 2 ? 0 : -1;
    for (int i = from; i < lineLength - 2 && number < 100_000_000; i++) {
      number = number * 10 + line[i] - '0';
    }
    return number;
  }

  private boolean lineIs(String expected) {
    return lineLength == expected.length() && startsWith(expected);
  }

  private boolean startsWith(String expected) {
    if (lineLength < expected.length()) {
      return false;
    }
    for (int i = 0; i < expected.length(); i++) {
      if (line[i] != expected.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private String text() {
    int length = Math.min(lineLength, 80);
    return new String(line, 0, length, StandardCharsets.ISO_8859_1).strip();
  }
}
