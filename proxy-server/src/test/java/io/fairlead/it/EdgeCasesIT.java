package io.fairlead.it;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Replays the recorded conversations through the proxy, each in front of a memcached of its own.
 */
@ExtendWith(LeakCheck.class)
class EdgeCasesIT {
  private static final int ROWS = 351;
  private static final int THREADS = 2;
  private static final Duration QUIET = Duration.ofMillis(20);
  private static final Duration QUIET_OF_A_REPORT = Duration.ofMillis(400);

  /** Times to live and times since: the second may change between a request and the next. */
  private static final Pattern CLOCK = Pattern.compile(" (?:[tl]\\d+|la=\\d+)\\b");

  @Test
  void everyRowIsAnsweredAsExpected() throws Exception {
    Queue<String> failures = new ConcurrentLinkedQueue<>();

    InParallel.forEach(RecordedRows.expected(), THREADS, row -> check(row, failures));

    assertThat(failures).as(String.join("\n", failures)).isEmpty();
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

  private static void check(EdgeCase row, Queue<String> failures) throws IOException {
    String difference = play(row);
    if (!difference.isEmpty() && CLOCK.matcher(row.expected().toString()).find()) {
      difference = play(row);
    }
    if (!difference.isEmpty()) {
      failures.add(row.id() + "\n  " + difference + "\n  answered: " + answers(row));
    }
  }

  /** Empty when the replies are the expected ones. */
  private static String play(EdgeCase row) throws IOException {
    try (MemcachedServer server = Memcached.start();
        ProxyUnderTest proxy = ProxyUnderTest.inFrontOf(server).start();
        Conversation conversation = new Conversation(proxy, QUIET)) {
      conversation.play(row);
      return "";
    } catch (AssertionError e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** In the notation of the files. */
  private static String answers(EdgeCase row) throws IOException {
    try (MemcachedServer server = Memcached.start();
        ProxyUnderTest proxy = ProxyUnderTest.inFrontOf(server).start();
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
