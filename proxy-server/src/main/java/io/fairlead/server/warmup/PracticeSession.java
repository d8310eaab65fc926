package io.fairlead.server.warmup;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.fairlead.testkit.cache.Cache;
import io.fairlead.testkit.cache.Session;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * One connection to a memcached where each key that ends in a number has so many bytes, and no
 * other key has any.
 *
 * <p>Gets and sets are nearly all that comes, and cost next to nothing here, as the compiler needs
 * the processor. What else there is, line by line, a memcached of the testkit answers.
 */
final class PracticeSession {
  private static final byte[] GET = "get ".getBytes(ISO_8859_1);
  private static final byte[] SET = "set ".getBytes(ISO_8859_1);
  private static final byte[] VALUE = "VALUE ".getBytes(ISO_8859_1);
  private static final byte[] END = "END\r\n".getBytes(ISO_8859_1);
  private static final byte[] STORED = "STORED\r\n".getBytes(ISO_8859_1);
  private static final byte[] LINE_END = "\r\n".getBytes(ISO_8859_1);

  private final Session others;
  private final byte[] in = new byte[2 * Repertoire.LARGEST_VALUE];
  private final byte[] value = new byte[Repertoire.LARGEST_VALUE];
  private final ByteArrayOutputStream replies = new ByteArrayOutputStream();
  private int length;

  PracticeSession(Cache cache) {
    others = new Session(cache, "practice");
  }

  /** Answers until the other side has no more to say. */
  void serve(InputStream from, OutputStream to) throws IOException {
    for (int count = read(from); count > 0; count = read(from)) {
      length += count;
      answerAll();
      replies.writeTo(to);
      replies.reset();
    }
    others.close();
  }

  private int read(InputStream from) throws IOException {
    return from.read(in, length, in.length - length);
  }

  private void answerAll() throws IOException {
    int answered = 0;
    int count;
    do {
      count = answer(answered);
      answered += count;
    } while (count > 0);
    System.arraycopy(in, answered, in, 0, length - answered);
    length -= answered;
  }

  /** Of how many bytes the request there is; 0 when not all of it has come. */
  private int answer(int start) throws IOException {
    int end = endOfLine(start);
    if (end < 0) {
      return 0;
    }
    if (begins(start, GET)) {
      answerGet(start + GET.length, end - LINE_END.length);
      return end - start;
    }
    if (begins(start, SET)) {
      int whole = end + numberBefore(end - LINE_END.length) + LINE_END.length;
      if (whole > length) {
        return 0;
      }
      replies.write(STORED);
      return whole - start;
    }
    others.receive(in, start, end - start, replies);
    return end - start;
  }

  private void answerGet(int start, int end) throws IOException {
    for (int from = start; from < end; ) {
      int to = from;
      while (to < end && in[to] != ' ') {
        to++;
      }
      int bytes = numberBefore(to);
      if (bytes > 0 && bytes <= value.length) {
        answerHit(from, to, bytes);
      }
      from = to + 1;
    }
    replies.write(END);
  }

  private void answerHit(int from, int to, int bytes) throws IOException {
    replies.write(VALUE);
    replies.write(in, from, to - from);
    replies.write((" 0 " + bytes + "\r\n").getBytes(ISO_8859_1));
    replies.write(value, 0, bytes);
    replies.write(LINE_END);
  }

  private int endOfLine(int start) {
    for (int i = start; i < length; i++) {
      if (in[i] == '\n') {
        return i + 1;
      }
    }
    return -1;
  }

  private boolean begins(int start, byte[] word) {
    return start + word.length <= length
        && Arrays.equals(in, start, start + word.length, word, 0, word.length);
  }

  /** The number that ends there; 0 when there is none. */
  private int numberBefore(int end) {
    int number = 0;
    int unit = 1;
    for (int i = end - 1; i >= 0 && in[i] >= '0' && in[i] <= '9'; i--) {
      number += unit * (in[i] - '0');
      unit *= 10;
    }
    return number;
  }
}
