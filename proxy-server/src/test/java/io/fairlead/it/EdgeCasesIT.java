package io.fairlead.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.it.Conversation.Pieces;
import io.fairlead.testkit.EdgeCase;
import io.fairlead.testkit.EdgeCase.Reply;
import io.fairlead.testkit.Memcached;
import io.fairlead.testkit.MemcachedServer;
import io.fairlead.testkit.RawClient;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Replays the recorded conversations through the proxy, each in front of a memcached of its own:
 * whole, byte by byte, and in pieces of any length ({@code -Dfairlead.seed=N} repeats the same).
 */
@ExtendWith(LeakCheck.class)
class EdgeCasesIT {
  private static final int ROWS = 351;
  private static final int THREADS = 2;

  /** So many bytes at the start and at the end of each part come one by one. */
  private static final int BYTE_BY_BYTE = 4096;

  private static final int PIECE = 61;
  private static final int LONGEST_PIECE_BITS = 13;
  private static final Duration QUIET = Duration.ofMillis(20);
  private static final Duration QUIET_OF_A_REPORT = Duration.ofMillis(400);

  /** Times to live and times since: the second may change between a request and the next. */
  private static final Pattern CLOCK = Pattern.compile(" (?:[tl]\\d+|la=\\d+)\\b");

  @Test
  void everyRowIsAnsweredAsExpected() throws Exception {
    Queue<String> failures = new ConcurrentLinkedQueue<>();

    InParallel.forEach(
        RecordedRows.expected(), THREADS, row -> check(row, Pieces.ALL_AT_ONCE, failures));

    assertThat(failures).as(String.join("\n", failures)).isEmpty();
  }

  @Test
  void everyRowIsAnsweredAlikeByteByByte() throws Exception {
    Queue<String> failures = new ConcurrentLinkedQueue<>();

    InParallel.forEach(
        RecordedRows.expected(), THREADS, row -> check(row, EdgeCasesIT::byteByByte, failures));

    assertThat(failures).as(String.join("\n", failures)).isEmpty();
  }

  /** The middle of a long value, where each byte is like the one before, comes in small pieces. */
  private static void byteByByte(RawClient client, String text, Runnable barrier) {
    int length = text.length();
    for (int at = 0; at < length && !client.isClosed(); ) {
      boolean inLongValue = at >= BYTE_BY_BYTE && at < length - BYTE_BY_BYTE;
      int next = inLongValue ? Math.min(at + PIECE, length - BYTE_BY_BYTE) : at + 1;
      client.send(text.substring(at, next));
      if (text.charAt(next - 1) == '\n') {
        barrier.run();
      }
      at = next;
    }
  }

  @RepeatedTest(3)
  void everyRowIsAnsweredAlikeInPiecesOfAnyLength() throws Exception {
    long seed = Long.getLong("fairlead.seed", System.nanoTime());
    Queue<String> failures = new ConcurrentLinkedQueue<>();

    InParallel.forEach(
        RecordedRows.expected(), THREADS, row -> check(row, inPieces(seed), failures));

    assertThat(failures).as("seed " + seed + "\n" + String.join("\n", failures)).isEmpty();
  }

  private static Pieces inPieces(long seed) {
    Random random = new Random(seed);
    return (client, text, barrier) -> {
      for (int at = 0; at < text.length() && !client.isClosed(); ) {
        int length = 1 + random.nextInt(1 << random.nextInt(LONGEST_PIECE_BITS));
        int next = Math.min(at + length, text.length());
        client.send(text.substring(at, next));
        if (text.substring(at, next).indexOf('\n') >= 0) {
          barrier.run();
        }
        at = next;
      }
    };
  }

  @Test
  void everyListedDifferenceIsOne() throws IOException {
    Map<String, EdgeCase> recorded = byId(RecordedRows.recorded());
    Map<String, EdgeCase> expected = byId(RecordedRows.expected());

    assertThat(recorded).hasSize(ROWS);
    assertThat(RecordedRows.differences().keySet())
        .allSatisfy(
            id -> {
              assertThat(recorded).containsKey(id);
              assertThat(expected.get(id)).isNotEqualTo(recorded.get(id));
            });
  }

  private static void check(EdgeCase row, Pieces pieces, Queue<String> failures)
      throws IOException {
    String difference = play(row, pieces);
    if (!difference.isEmpty() && CLOCK.matcher(row.expected().toString()).find()) {
      difference = play(row, pieces);
    }
    if (!difference.isEmpty()) {
      failures.add(row.id() + "\n  " + difference + "\n  answered: " + answers(row));
    }
  }

  /** Empty when the replies are the expected ones. */
  private static String play(EdgeCase row, Pieces pieces) throws IOException {
    try (MemcachedServer server = Memcached.start();
        ProxyUnderTest proxy = ProxyUnderTest.inFrontOf(server).anyNumberOfKeys().start();
        Conversation conversation = new Conversation(proxy, QUIET, pieces)) {
      conversation.play(row);
      return "";
    } catch (AssertionError e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** In the notation of the files. */
  private static String answers(EdgeCase row) throws IOException {
    try (MemcachedServer server = Memcached.start();
        ProxyUnderTest proxy = ProxyUnderTest.inFrontOf(server).anyNumberOfKeys().start();
        RawClient client = proxy.connect().withDeadline(QUIET_OF_A_REPORT)) {
      return row.replay(client, QUIET_OF_A_REPORT).stream()
          .map(Reply::toString)
          .collect(Collectors.joining(" <pause> "));
    }
  }

  private static Map<String, EdgeCase> byId(List<EdgeCase> rows) {
    return rows.stream().collect(Collectors.toMap(EdgeCase::id, Function.identity()));
  }
}
