package io.fairlead.frontend.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.Wire;
import io.fairlead.config.Address;
import io.fairlead.config.ListenerSettings;
import io.fairlead.health.HealthReport;
import io.fairlead.health.ServerStatus.State;
import io.fairlead.metrics.CommandCounter;
import io.fairlead.metrics.Counter;
import io.fairlead.metrics.LoopStats;
import io.fairlead.metrics.OutcomeCounter;
import io.fairlead.metrics.PoolStats;
import io.fairlead.metrics.ServerCounter;
import io.fairlead.protocol.Command;
import io.fairlead.protocol.RequestParser;
import io.netty.buffer.ByteBuf;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class StatsReplyTest {
  private final LoopStats one = new LoopStats();
  private final LoopStats other = new LoopStats();
  private StatsReply stats = new StatsReply(FakeFigures.of(one, other));

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          stats items               ; END
          stats extstore            ; END
          stats slabs               ; STAT active_slabs 0/STAT total_malloced 0/END
          stats sizes               ; STAT sizes_status disabled/END
          stats reset               ; RESET
          '  stats   reset  '       ; RESET
          stats cachedump 1 10      ; END
          stats cachedump           ; CLIENT_ERROR bad command line
          stats cachedump 1         ; CLIENT_ERROR bad command line
          stats detail              ; CLIENT_ERROR usage: stats detail on|off|dump
          stats detail x            ; CLIENT_ERROR usage: stats detail on|off|dump
          stats detail on           ; SERVER_ERROR command not supported by proxy
          stats detail dump         ; SERVER_ERROR command not supported by proxy
          stats foo                 ; ERROR
          stats RESET               ; ERROR
          stats \\x80               ; ERROR
          """)
  void answersAsMemcachedThatStoresNothing(String line, String reply) {
    assertThat(ask(line)).isEqualTo(reply.replace("/", "\r\n") + "\r\n");
  }

  @Test
  void isALineForEachNumberAndEnd() {
    assertThat(ask("stats"))
        .matches("(STAT \\w+ [\\w.]+\r\n)+END\r\n")
        .contains("STAT version 1.6.18\r\n", "STAT threads 2\r\n");
  }

  @ParameterizedTest
  @CsvSource({"stats", "stats settings", "stats proxy", "stats conns"})
  void hasEachNameOnce(String line) {
    assertThat(ask(line).lines().map(each -> each.split(" ", -1)[each.equals("END") ? 0 : 1]))
        .doesNotHaveDuplicates();
  }

  /** Those that are counted otherwise are told as memcached counts them. */
  static Stream<Counter> counters() {
    return Stream.of(Counter.values())
        .filter(counter -> !GeneralStats.TOLD_AS_MEMCACHED.contains(counter));
  }

  @ParameterizedTest
  @MethodSource("counters")
  void addsUpTheLoops(Counter counter) {
    one.add(counter, 5);
    other.add(counter, 7);

    assertThat(ask("stats"))
        .contains("STAT " + counter.statName() + " " + counter.join(5, 7) + "\r\n");
  }

  @ParameterizedTest
  @MethodSource("counters")
  void resetForgetsWhatWasCountedButNotWhatIs(Counter counter) {
    one.add(counter, 5);
    ask("stats reset");
    other.add(counter, 7);

    long expected = counter.isGauge() ? counter.join(5, 7) : 7;
    assertThat(ask("stats")).contains("STAT " + counter.statName() + " " + expected + "\r\n");
    assertThat(one.get(counter)).as("metrics go on").isEqualTo(5);
  }

  @ParameterizedTest
  @EnumSource(
      value = OutcomeCounter.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"GAT_HITS", "GAT_MISSES", "MG_HITS", "MG_MISSES", "MS_ANSWERED"})
  void tellsWhatBecameOfRequestsUnderMemcachedsNames(OutcomeCounter counter) {
    one.outcomes().add(counter, 5);
    other.outcomes().add(counter, 7);
    assertThat(ask("stats")).contains("STAT " + counter.statName() + " 12\r\n");

    ask("stats reset");
    assertThat(ask("stats")).contains("STAT " + counter.statName() + " 0\r\n");
  }

  @Test
  void countsKeysAndMetaCommandsAsMemcachedDoes() {
    one.add(Counter.CMD_GET, 1);
    one.add(Counter.GET_KEYS, 9);
    one.add(Counter.GET_HITS, 5); // of which 2 by gat
    one.add(Counter.GET_MISSES, 4); // of which 1 by gat
    one.received().add(CommandCounter.GAT, 3);
    one.outcomes().add(OutcomeCounter.GAT_HITS, 2);
    one.outcomes().add(OutcomeCounter.GAT_MISSES, 1);
    one.outcomes().add(OutcomeCounter.MG_HITS, 10);
    one.outcomes().add(OutcomeCounter.MG_MISSES, 20);
    one.add(Counter.CMD_SET, 100);
    one.outcomes().add(OutcomeCounter.MS_ANSWERED, 200);

    assertThat(values("stats"))
        .containsEntry("cmd_get", "36")
        .containsEntry("get_hits", "13")
        .containsEntry("get_misses", "23")
        .containsEntry("cmd_touch", "3")
        .containsEntry("touch_hits", "2")
        .containsEntry("touch_misses", "1")
        .containsEntry("cmd_set", "300");
  }

  @Test
  void timesOfTheProcessHaveSixDigitsBehindThePoint() {
    assertThat(values("stats").get("rusage_user")).matches("\\d+\\.\\d{6}");
    assertThat(values("stats").get("rusage_system")).matches("\\d+\\.\\d{6}");
  }

  @Test
  void settingsAreThoseOfTheProxyAndItsFirstListener() {
    stats =
        new StatsReply(
            FakeFigures.of(one)
                .with(
                    FakeFigures.settings(
                        1,
                        ListenerSettings.of(new Address.Unix("/run/a b"), FakeFigures.POOL),
                        ListenerSettings.of(new Address.Tcp("::1", 5000), FakeFigures.POOL))));

    assertThat(values("stats settings"))
        .containsEntry("proxy", "fairlead")
        .containsEntry("num_threads", "1")
        .containsEntry("version", "1.6.18")
        .containsEntry("maxconns", "10000")
        .containsEntry("tcpport", "5000")
        .containsEntry("inter", "::1")
        .containsEntry("domain_socket", "/run/a b")
        .containsEntry("item_size_max", "1048576")
        .containsEntry("flush_enabled", "no");
  }

  @Test
  void proxyTellsOfLoopsPoolsAndServers() {
    PoolStats counted = new PoolStats(FakeFigures.POOL);
    counted.addServer(FakeFigures.SERVER.name()).add(ServerCounter.REQUESTS, 8);
    one.add(Counter.TURNS, 3);
    HealthReport ejected =
        new HealthReport(State.EJECTED, null, 4, Map.of(), Map.of(), 0, Duration.ofMillis(250));
    FakeFigures plain = FakeFigures.of(one);
    stats =
        new StatsReply(
            new FakeFigures(
                plain.loops(),
                plain.settings(),
                List.of(counted, counted),
                Map.of(FakeFigures.POOL, Map.of(FakeFigures.SERVER.name(), ejected)),
                "abc"));

    String server = "server:main:" + FakeFigures.SERVER.name() + ":";
    assertThat(values("stats proxy"))
        .containsEntry("config_hash", "abc")
        .containsEntry("loops", "1")
        .containsEntry("loop:0:turns", "3")
        .containsEntry("pool:main:mode", "sharded")
        .containsEntry("pool:main:servers", "1")
        .containsEntry(server + "address", "10.0.0.1:11211")
        .containsEntry(server + "state", "ejected")
        .containsEntry(server + "reason", "none")
        .containsEntry(server + "failures_in_a_row", "4")
        .containsEntry(server + "next_probe_ms", "250")
        .containsEntry(server + "requests", "16");
  }

  @Test
  void noNameOfTheConfigurationLooksLikeAnotherLine() {
    assertThat(Wire.text(new StatLines().add("a b\r\nSTAT c", "d\r\nEND").end()))
        .isEqualTo("STAT a_b__STAT_c d  END\r\nEND\r\n");
  }

  @Test
  void connsTellOfListenersAndClients() {
    stats
        .clients()
        .add(
            new FakeClient(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 40001), 2, false));
    long second = stats.clients().add(new FakeClient(null, 0, true));
    long gone = stats.clients().add(new FakeClient(null, 0, true));
    stats.clients().remove(gone);

    assertThat(values("stats conns"))
        .containsEntry("0:addr", "tcp:127.0.0.1:5000")
        .containsEntry("0:state", "conn_listening")
        .containsEntry("100:addr", "tcp:127.0.0.1:40001")
        .containsEntry("100:listen_addr", "tcp:127.0.0.1:5000")
        .containsEntry("100:state", "conn_read")
        .containsEntry("100:secs_since_last_cmd", "2")
        .containsEntry(second + ":state", "conn_io_queue")
        .hasSize(10);
  }

  @Test
  void connsTellOfAtMostThousandClients() {
    for (int i = 0; i < ConnectionStats.MOST + 5; i++) {
      stats.clients().add(new FakeClient(null, 0, false));
    }

    assertThat(ask("stats conns").lines().filter(line -> line.contains(":state conn_read")))
        .hasSize(ConnectionStats.MOST);
    assertThat(values("stats conns")).containsEntry("not_listed", "5");
  }

  private record FakeClient(@Nullable SocketAddress from, int silence, boolean waitsForReplies)
      implements OpenClients.Client {
    FakeClient(@Nullable SocketAddress from, int silence, boolean waitsForReplies) {
      this.from = from;
      this.silence = silence;
      this.waitsForReplies = waitsForReplies;
    }

    @Override
    public SocketAddress at() {
      return new InetSocketAddress(InetAddress.getLoopbackAddress(), 5000);
    }

    @Override
    public long silenceNanos(long now) {
      return Duration.ofSeconds(silence).toNanos();
    }
  }

  private Map<String, String> values(String line) {
    Map<String, String> values = new LinkedHashMap<>();
    ask(line)
        .lines()
        .map(each -> each.split(" ", 3))
        .filter(words -> words.length == 3)
        .forEach(words -> values.put(words[1], words[2]));
    return values;
  }

  private String ask(String spec) {
    ByteBuf in = Wire.buffer(Wire.expand(spec) + "\r\n");
    Command command = new Command();
    new RequestParser().parse(in, 0, in.writerIndex() - 1, command);
    return Wire.text(stats.to(StatsReply.arguments(command, in), 0));
  }
}
