package io.fairlead.backend;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.NoLeaks;
import io.fairlead.loop.FakeSocket;
import io.fairlead.loop.TestLoop;
import io.fairlead.metrics.MemcachedStat;
import io.fairlead.metrics.MemcachedStats;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(NoLeaks.class)
class StatsQuestionTest {
  private static final String REPLY =
      String.join(
          "\r\n",
          "STAT pid 1",
          "STAT version 1.6.18",
          "STAT curr_items 42",
          "STAT bytes no number",
          "STAT evictions 7",
          "END",
          "");

  @RegisterExtension final TestLoop loop = new TestLoop();

  private final FakeServer server = new FakeServer(loop);

  private FakeSocket ask() {
    server.server().askStats();
    FakeSocket socket = server.accept();
    assertThat(socket.sent()).isEqualTo("stats\r\n");
    return socket;
  }

  private MemcachedStats said() {
    return requireNonNull(server.server().stats().memcached());
  }

  @Test
  void notesWhatItKnowsOfTheReply() {
    FakeSocket socket = ask();

    socket.receive(REPLY);

    assertThat(said())
        .isEqualTo(
            new MemcachedStats(
                "1.6.18", Map.of(MemcachedStat.CURR_ITEMS, 42L, MemcachedStat.EVICTIONS, 7L)));
    assertThat(socket.isOpen()).isFalse();
  }

  @Test
  void readsTheReplyHoweverItArrives() {
    FakeSocket socket = ask();

    for (int i = 0; i < REPLY.length(); i++) {
      socket.receive(REPLY.substring(i, i + 1));
    }

    assertThat(said().values()).containsEntry(MemcachedStat.CURR_ITEMS, 42L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ERROR\r\n", "CLIENT_ERROR unauthenticated\r\n", "nonsense\r\n"})
  void aServerThatDoesNotAnswerHasSaidNothing(String reply) {
    ask().receive(REPLY);

    FakeSocket socket = ask();
    socket.receive(reply);

    assertThat(server.server().stats().memcached()).isNull();
    assertThat(socket.isOpen()).isFalse();
  }

  @Test
  void aServerThatIsSilentHasSaidNothing() {
    ask().receive(REPLY);
    FakeSocket socket = ask();
    socket.receive("STAT curr_items 1\r\n");

    loop.advance(FakeServer.TIMEOUT.multipliedBy(2));

    assertThat(server.server().stats().memcached()).isNull();
    assertThat(socket.isOpen()).isFalse();
  }

  @Test
  void aServerThatDoesNotEndItsReplyIsCutOff() {
    FakeSocket socket = ask();

    socket.receive(("STAT curr_items " + "1".repeat(1000) + "\r\n").repeat(70));

    assertThat(socket.isOpen()).isFalse();
    assertThat(server.server().stats().memcached()).isNull();
  }

  @Test
  void aServerThatCannotBeReachedHasSaidNothingAndHasNotFailed() {
    ask().receive(REPLY);
    server.server().askStats();

    server.refuse(new IOException("refused"));

    assertThat(server.server().stats().memcached()).isNull();
    assertThat(server.server().isUp()).isTrue();
    assertThat(server.healthChanges()).isZero();
  }
}
