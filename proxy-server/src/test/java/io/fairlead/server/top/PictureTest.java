package io.fairlead.server.top;

import static io.fairlead.server.top.Snapshots.counts;
import static io.fairlead.server.top.Snapshots.pool;
import static io.fairlead.server.top.Snapshots.server;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.server.remote.Snapshot;
import io.fairlead.server.remote.Snapshot.Pool;
import io.fairlead.server.remote.Snapshot.Server;
import io.fairlead.server.terminal.ScreenSize;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PictureTest {
  private static final long SECOND = 1_000_000_000;

  private long now;
  private final Board board = new Board(3, ZoneOffset.UTC, () -> now);

  private List<String> lines(int width, int height) {
    return new Picture(board, Sparkline.in(Map.of("LANG", "C.UTF-8")))
        .lines(new ScreenSize(width, height)).stream().map(Line::toString).toList();
  }

  private String text(int width, int height) {
    return String.join("\n", lines(width, height));
  }

  /** Answers at once and after a second, with so many requests in between. */
  private void answer(int hotKeys, int events, Pool... pools) {
    board.answered(Snapshots.with(0, counts(0), List.of(pools)));
    now += SECOND;
    board.answered(
        Snapshots.with(Snapshots.with(1, counts(5051), List.of(pools)), hotKeys, events));
  }

  private static Pool many(String name, int servers, int ejected) {
    List<Server> all = new ArrayList<>();
    for (int i = 0; i < servers; i++) {
      boolean isOut = i >= servers - ejected;
      all.add(server("cache-" + i, isOut ? "ejected" : "up", isOut ? "connect_failed" : ""));
    }
    return pool(name, all.toArray(new Server[0]));
  }

  @Test
  void showsEverythingOnAUsualTerminal() {
    answer(
        2, 2, pool("main", server("cache-a", "up", ""), server("cache-b", "ejected", "timeout")));

    assertThat(lines(80, 24).stream().map(String::stripTrailing))
        .containsExactly(
            "14:03:21  proxy-host-1  1.2.3  up 1 h 0 min  ready  █",
            "5051 req/s  hits 75.0%  p50/p99 0.092/2.466 ms  err 505/s  16 clients",
            "lag 0.1 ms",
            "",
            "pool          servers up   req/s    hits  err/s  p99 ms  kind",
            "main          1/2              0       -      0       -  sharded fnv1a_64 ketama",
            "",
            "server        state                      req/s    hits  err/s  p99 ms  in flight",
            "cache-a       up                             0       -      0   1.210          3",
            "cache-b       ejected: timeout, probe~       0       -      0   1.210          3",
            "",
            "hot key                req/s   share  pool",
            "user:0:profile          1000   50.0%  main",
            "user:1:profile           500   25.0%  main",
            "",
            "events, newest first",
            "14:03:20  info  event 1  pool=main server=cache-1",
            "14:03:20  info  event 0  pool=main server=cache-0");
  }

  @Test
  void hasAllNumbersInOneLineWhereThereIsRoom() {
    answer(0, 0, many("main", 1, 0));

    assertThat(lines(200, 50).get(0))
        .isEqualTo(
            "14:03:21  proxy-host-1  1.2.3  up 1 h 0 min  ready  5051 req/s  hits 75.0%  p50/p99"
                + " 0.092/2.466 ms  err 505/s  16 clients  lag 0.1 ms  █");
    assertThat(text(200, 50))
        .contains("share  connections  address", " 25.0%            2  10.0.0.1:11211");
  }

  @Test
  void isNeverWiderNorHigherThanTheTerminal() {
    Pool odd =
        pool(
            "a-pool-with-a-long-name".repeat(5),
            true,
            counts(Long.MAX_VALUE),
            server("x".repeat(123), "ejected", "y".repeat(123), counts(Long.MIN_VALUE)));
    List<List<Pool>> cases =
        List.of(
            List.of(),
            List.of(many("main", 3, 1)),
            List.of(many("main", 100, 10), many("other", 0, 0), odd),
            List.of(many("a", 1, 1), many("b", 2, 2), many("c", 1, 0), many("d", 2, 0), odd));
    for (List<Pool> pools : cases) {
      answer(pools.size() * 3, pools.size() * 10, pools.toArray(new Pool[0]));
      fits();
      board.notAnswered("http://proxy:5001 does not answer: " + "z".repeat(200));
      fits();
    }
  }

  private void fits() {
    for (int height = 10; height <= 60; height++) {
      for (int width = 40; width <= 220; width++) {
        int most = width;
        List<String> lines = lines(width, height);
        assertThat(lines.size()).isBetween(1, height);
        assertThat(lines.stream().filter(line -> line.length() > most).toList()).isEmpty();
      }
    }
  }

  @Test
  void fillsAlsoATerminalOfNoUse() {
    answer(5, 5, many("main", 3, 1), many("other", 3, 1));

    for (int height = 1; height < 10; height++) {
      for (int width = 1; width < 40; width++) {
        assertThat(lines(width, height)).hasSizeBetween(1, height);
      }
    }
  }

  @Test
  void showsTroubledServersFirstAndSaysHowManyAreNotShown() {
    answer(3, 3, many("main", 30, 2));

    List<String> lines = lines(80, 12);
    assertThat(lines).hasSize(12);
    assertThat(lines.get(4)).startsWith("server ");
    assertThat(lines.get(5)).startsWith("cache-28      ejected: connect failed~");
    assertThat(lines.get(6)).startsWith("cache-29      ejected: connect failed~");
    assertThat(lines.get(7)).startsWith("cache-0       up ");
    assertThat(lines.get(11)).isEqualTo("24 more servers, up");
  }

  @Test
  void saysHowManyTroubledServersAreNotShown() {
    answer(0, 0, many("main", 30, 20));

    assertThat(lines(80, 12).get(11)).isEqualTo("24 more servers, 14 of them not up");
  }

  @Test
  void keepsTheOrderOfTheConfigurationWhenAllFit() {
    answer(0, 0, many("main", 3, 1), many("other", 2, 1));

    assertThat(lines(80, 24))
        .filteredOn(line -> line.contains("/cache-"))
        .extracting(line -> line.substring(0, line.indexOf(' ')))
        .containsExactly(
            "main/cache-0", "main/cache-1", "main/cache-2", "other/cache-0", "other/cache-1");
  }

  @Test
  void showsPoolsInPanicFirstAndSaysHowManyAreNotShown() {
    List<Pool> pools = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      pools.add(pool("pool-" + i, i == 9, counts(0), server("a", i == 9 ? "failing" : "up", "")));
    }
    answer(0, 0, pools.toArray(new Pool[0]));

    assertThat(text(100, 16)).contains("\npool-9        0/1 panic ").contains("\n8 more pools");
  }

  @ParameterizedTest
  @CsvSource({
    "up, '', up ",
    "ejected, connect_failed, 'ejected: connect failed, probe in 2.4 s'",
    "drained, '', drained ",
    "failing, timeout, failing: timeout ",
    "a-state-of-the-future, '', a-state-of-the-future",
  })
  void saysInWordsHowAServerIsAndWhy(String state, String reason, String expected) {
    answer(0, 0, pool("main", server("cache-a", state, reason)));

    assertThat(text(160, 24)).contains("cache-a       " + expected);
  }

  @Test
  void saysThatThereHasBeenNoAnswerYet() {
    assertThat(lines(80, 24)).containsExactly("fairlead top");

    now += 4 * SECOND;
    assertThat(lines(80, 24)).containsExactly("fairlead top", "no answer yet, for 4 s");
    board.notAnswered("http://proxy:5001 does not answer: no connection");
    assertThat(lines(80, 24))
        .containsExactly(
            "fairlead top",
            "no answer yet, for 4 s",
            "http://proxy:5001 does not answer: no connection");
  }

  @Test
  void saysThatTheProxyDoesNotAnswerAndShowsWhatItSaidLast() {
    answer(0, 0, many("main", 1, 0));
    now += 65 * SECOND;
    board.notAnswered("http://proxy:5001 does not answer: no connection");

    assertThat(lines(80, 24))
        .contains(
            "no answer for 1 min 5 s; what is shown is of 14:03:21",
            "http://proxy:5001 does not answer: no connection")
        .anyMatch(line -> line.startsWith("cache-0 "));
    assertThat(lines(80, 24).get(0)).startsWith("14:04:26  proxy-host-1");
  }

  @Test
  void missesAnAnswerThatTakesLong() {
    answer(0, 0, many("main", 1, 0));
    now += 3 * SECOND;
    assertThat(text(80, 24)).doesNotContain("no answer");
    now += SECOND;
    assertThat(text(80, 24)).contains("\nno answer for 4 s; ");
  }

  @Test
  void goesOnWithTheNextAnswer() {
    answer(0, 0, many("main", 1, 0));
    board.notAnswered("gone");
    Snapshot next = Snapshots.with(1, counts(1), List.of(many("main", 1, 0)));
    board.answered(next);

    assertThat(text(80, 24)).doesNotContain("no answer").contains("\n- req/s  hits -  ");
  }
}
