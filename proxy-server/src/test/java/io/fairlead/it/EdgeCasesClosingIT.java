package io.fairlead.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.ListenerSettings.ParseError;
import io.fairlead.metrics.Counter;
import io.fairlead.protocol.ErrorReply;
import io.fairlead.testkit.EdgeCase;
import io.fairlead.testkit.EdgeCase.Connection;
import io.fairlead.testkit.EdgeCase.Part;
import io.fairlead.testkit.EdgeCase.Reply;
import io.fairlead.testkit.Memcached;
import io.fairlead.testkit.MemcachedServer;
import io.fairlead.testkit.RawClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Replays the recorded conversations against a listener with {@code on_parse_error: close}: what
 * was answered with an error of the parser closes the client instead, after the replies before it.
 */
@ExtendWith(LeakCheck.class)
class EdgeCasesClosingIT {
  private static final String NUTCRACKER = "nutcracker_0.5.0";
  private static final int THREADS = 2;
  private static final Duration QUIET = Duration.ofMillis(20);

  /** Most flags of meta commands are judged by the server, whose answer is passed on. */
  private static final Set<ErrorReply> OF_SERVERS =
      EnumSet.of(
          ErrorReply.INVALID_FLAG,
          ErrorReply.DUPLICATE_FLAG,
          ErrorReply.INVALID_OR_DUPLICATE_FLAG,
          ErrorReply.OPAQUE_TOO_LONG);

  private static final Set<String> ANSWERED_BY_THE_SERVER = Set.of("mg-21-flags", "ms-F-bad");

  private static final Set<String> PARSE_ERRORS =
      Arrays.stream(ErrorReply.values())
          .filter(error -> error.isParseError() && !OF_SERVERS.contains(error))
          .map(error -> new String(error.line(), StandardCharsets.US_ASCII).trim())
          .collect(Collectors.toSet());

  /** Here the error is not answered at all, for noreply, and so not seen in the recorded reply. */
  private static final Set<String> CLOSED_INSTEAD_OF_SILENT =
      Set.of("set-key-251-noreply", "pipe-set-bad-flags-noreply");

  /** Control bytes in keys, and numbers that are too large: nutcracker passes them on. */
  private static final Set<String> CLOSED_HERE_ONLY =
      Set.of(
          "set-key-nul",
          "set-key-tab",
          "set-key-control-char",
          "set-key-del-char",
          "get-nul-in-key",
          "set-bytes-2147483646",
          "set-bytes-overflow32",
          "set-bytes-overflow64",
          "cas-overflow64");

  @Test
  void everyRowIsAnsweredAsExpected() throws Exception {
    Queue<String> failures = new ConcurrentLinkedQueue<>();

    InParallel.forEach(rows(), THREADS, row -> check(row, failures));

    assertThat(failures).as(String.join("\n", failures)).isEmpty();
  }

  /** The other way round it closes much more: every command that it does not know. */
  @Test
  void nutcrackerClosesWhereThisDoes() throws IOException {
    Set<String> here = idsOfClosed(rows());
    Set<String> closedHereOnly = new HashSet<>(here);
    closedHereOnly.removeAll(idsOfClosed(RecordedRows.recorded(NUTCRACKER)));

    assertThat(here).hasSizeGreaterThan(100);
    assertThat(closedHereOnly).isEqualTo(CLOSED_HERE_ONLY);
  }

  private static void check(EdgeCase row, Queue<String> failures) throws IOException {
    try (MemcachedServer server = Memcached.start();
        ProxyUnderTest proxy =
            ProxyUnderTest.inFrontOf(server)
                .anyNumberOfKeys()
                .onParseError(ParseError.CLOSE)
                .start();
        Conversation conversation = new Conversation(proxy, QUIET)) {
      conversation.play(row);
    } catch (AssertionError e) {
      failures.add(row.id() + "\n  " + e.getMessage());
    }
  }

  private static List<EdgeCase> rows() throws IOException {
    return RecordedRows.expected().stream().map(EdgeCasesClosingIT::closing).toList();
  }

  /** The row with its first error of the parser turned into a close. */
  private static EdgeCase closing(EdgeCase row) {
    if (ANSWERED_BY_THE_SERVER.contains(row.id())) {
      return row;
    }
    List<Part> parts = new ArrayList<>();
    boolean closed = false;
    for (Part part : row.parts()) {
      Reply reply = closed ? new Reply("", Connection.NOT_SENT) : closing(row, part.reply());
      closed = reply.connection() != Connection.OPEN;
      parts.add(new Part(part.input(), reply));
    }
    return new EdgeCase(row.id(), parts);
  }

  private static Reply closing(EdgeCase row, Reply reply) {
    int error = CLOSED_INSTEAD_OF_SILENT.contains(row.id()) ? 0 : firstError(reply.bytes());
    return error < 0 ? reply : new Reply(reply.bytes().substring(0, error), Connection.CLOSED);
  }

  /** Where the first line begins that is such an error; -1 when there is none. */
  private static int firstError(String reply) {
    int at = 0;
    while (at < reply.length()) {
      int end = reply.indexOf("\r\n", at);
      if (end < 0) {
        return -1;
      }
      if (PARSE_ERRORS.contains(reply.substring(at, end))) {
        return at;
      }
      at = end + 2;
    }
    return -1;
  }

  private static Set<String> idsOfClosed(List<EdgeCase> rows) {
    return rows.stream()
        .filter(EdgeCasesClosingIT::isClosed)
        .map(EdgeCase::id)
        .collect(Collectors.toSet());
  }

  private static boolean isClosed(EdgeCase row) {
    return row.expected().stream().anyMatch(reply -> reply.connection() != Connection.OPEN);
  }

  @Test
  void aLargeValueWithoutItsEndClosesItsClient() throws IOException {
    String value = "v".repeat(200_000);
    try (MemcachedServer server = Memcached.start();
        ProxyUnderTest proxy =
            ProxyUnderTest.inFrontOf(server).onParseError(ParseError.CLOSE).start();
        RawClient client = proxy.connect();
        RawClient other = proxy.connect()) {
      client.send("version\r\nset k 0 0 200000\r\n" + value + "xx");

      client.expect("VERSION 1.6.18\r\n").expectClosed();

      assertThat(proxy.count(Counter.CLIENTS_INVALID)).isOne();
      other.send("get k\r\n").expect("END\r\n");
    }
  }
}
