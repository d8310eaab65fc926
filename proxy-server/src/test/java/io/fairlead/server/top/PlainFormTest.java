package io.fairlead.server.top;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.server.remote.RemoteException;
import io.fairlead.server.remote.RemoteProxy;
import io.fairlead.server.remote.Snapshot;
import io.fairlead.testkit.FreePorts;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PlainFormTest {
  private static final RemoteProxy NOBODY = RemoteProxy.at("127.0.0.1:" + FreePorts.next());

  private final StringWriter text = new StringWriter();

  /** Answers in turn; null for none, and none at the end. */
  private static Feed feed(List<Snapshot> answers) {
    LinkedBlockingQueue<Snapshot> left = new LinkedBlockingQueue<>(answers);
    return new Feed(
        () -> {
          Snapshot answer = left.poll();
          return answer == null ? NOBODY.snapshot() : answer;
        },
        Duration.ofMillis(1));
  }

  private List<String> lines(Feed feed, int count) throws Exception {
    new PlainForm(feed, new PrintWriter(text), count).run();
    return text.toString().lines().toList();
  }

  @Test
  void writesALineForEachAnswerAfterTheFirst() throws Exception {
    Feed feed =
        feed(
            List.of(
                Snapshots.after(0, 0),
                Snapshots.after(0, 0), // the same once more
                Snapshots.after(1, 5051),
                Snapshots.after(2, 5051)));

    assertThat(lines(feed, 2))
        .containsExactly(
            "time                  requests/s  hit rate    p50 ms    p99 ms  errors/s  clients"
                + "  servers up",
            "2026-11-21T14:03:21Z        5051     75.0%     0.092     2.466       505       16"
                + "         1/1",
            "2026-11-21T14:03:22Z           0         -     0.092     2.466         0       16"
                + "         1/1");
  }

  @Test
  void saysThatTheProxyDoesNotAnswerAndGoesOn() throws Exception {
    assertThat(lines(feed(List.of(Snapshots.after(0, 0), Snapshots.after(1, 10))), 3))
        .hasSize(4)
        .last()
        .asString()
        .matches(
            "2026-11-21T14:03:21Z  no answer for 0 s: http://127\\.0\\.0\\.1:\\d+ does not answer:"
                + " no connection .*");
  }

  @Test
  void failsWhenLinesAreCountedAndThereIsNoAnswerToBeginWith() {
    assertThatThrownBy(() -> lines(feed(List.of()), 3))
        .isInstanceOf(RemoteException.class)
        .hasMessageContaining("does not answer");
    assertThat(text.toString()).isEmpty();
  }

  @Test
  void endsWhenNobodyReadsIt() {
    Writer closed =
        new Writer() {
          @Override
          public void write(char[] buffer, int offset, int length) throws IOException {
            throw new IOException("Broken pipe");
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Feed feed = feed(List.of(Snapshots.after(0, 0), Snapshots.after(1, 10)));

    PlainForm endless = new PlainForm(feed, new PrintWriter(closed), 0);

    assertThatCode(endless::run).doesNotThrowAnyException();
  }

  @Test
  void endsWithTheMistakeThatEndedTheThreadThatAsks() {
    Feed feed =
        new Feed(
            () -> {
              throw new IllegalStateException("ours");
            },
            Duration.ofMillis(1));

    assertThatThrownBy(() -> lines(feed, 0)).hasMessage("ours");
  }
}
