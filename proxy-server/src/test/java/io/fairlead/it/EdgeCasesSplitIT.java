package io.fairlead.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.testkit.EdgeCase;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Replays the recorded conversations with each part arriving in two pieces, cut at every place.
 *
 * <p>The memcached is the one of the testkit, which answers as the recorded one does and can be
 * made as good as new thousands of times; the packaged one serves {@link EdgeCasesIT}.
 */
@ExtendWith(LeakCheck.class)
class EdgeCasesSplitIT {
  private static final int THREADS = 2;
  private static final int LEAST_CUTS = 20_000;

  /** Longer parts are cut everywhere at the start and at the end, and here and there between. */
  private static final int LONG = 400;

  private static final int CUTS_AT_START = 300;
  private static final int CUTS_AT_END = 100;
  private static final int STEP_BETWEEN = 4_099;

  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final AtomicInteger cuts = new AtomicInteger();

  @Test
  void noRowDependsOnWhereItIsCut() throws Exception {
    List<EdgeCase> rows = RecordedRows.expected();
    AtomicInteger next = new AtomicInteger();

    InParallel.forEach(
        IntStream.range(0, THREADS).boxed().toList(), THREADS, worker -> playAll(rows, next));

    assertThat(failures).as(String.join("\n", failures)).isEmpty();
    assertThat(cuts.get()).isGreaterThan(LEAST_CUTS);
  }

  private void playAll(List<EdgeCase> rows, AtomicInteger next) throws IOException {
    try (ResettableMemcached server = new ResettableMemcached();
        ProxyUnderTest proxy =
            ProxyUnderTest.inFrontOfAddresses(List.of(server.address())).anyNumberOfKeys().start();
        Conversation conversation = new Conversation(proxy, Duration.ZERO)) {
      for (int at = next.getAndIncrement(); at < rows.size(); at = next.getAndIncrement()) {
        play(rows.get(at), server, conversation);
      }
    }
  }

  private void play(EdgeCase row, ResettableMemcached server, Conversation conversation) {
    for (int part = 0; part < row.parts().size(); part++) {
      int length = row.parts().get(part).input().length();
      for (int at = 1; at < length; at = nextCut(at, length)) {
        server.reset();
        cuts.incrementAndGet();
        try {
          conversation.play(row, part, at);
        } catch (AssertionError e) {
          failures.add(row.id() + " part " + part + " cut at " + at + "\n  " + e.getMessage());
          return;
        }
      }
    }
  }

  private static int nextCut(int at, int length) {
    if (length <= LONG || at < CUTS_AT_START || at >= length - CUTS_AT_END) {
      return at + 1;
    }
    return Math.min(at + STEP_BETWEEN, length - CUTS_AT_END);
  }
}
