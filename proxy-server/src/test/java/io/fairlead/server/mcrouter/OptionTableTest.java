package io.fairlead.server.mcrouter;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.server.mcrouter.McrouterOption.Fate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionTableTest {
  private static final OptionTable TABLE = OptionTable.load();

  static List<McrouterOption> all() {
    return TABLE.all();
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyOptionIsExplained(McrouterOption option) {
    assertThat(option.remark()).matches("\\p{Lu}?.+\\.").doesNotContain("|");
    assertThat(option.name()).matches("[a-z][a-z0-9_]*");
    assertThat(option.words()).allMatch(word -> word.matches("[a-z][a-z0-9-]*"));
    assertThat(option.letter()).matches("[A-Za-z]?");
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyDefaultIsOfItsKind(McrouterOption option) {
    switch (option.kind()) {
      case TOGGLE -> assertThat(option.initial()).isIn("0", "1");
      case NUMBER -> {
        if (option.scope() != McrouterOption.Scope.PROCESS) {
          assertThat(Long.parseLong(option.initial())).isGreaterThanOrEqualTo(option.least());
        }
      }
      case NOTHING, THREADS, OPTIONAL -> assertThat(option.initial()).isEmpty();
      case TEXT -> assertThat(option.initial()).doesNotContain(" ");
    }
  }

  @Test
  void noSpellingBelongsToTwo() {
    assertThat(all().stream().flatMap(option -> option.words().stream())).doesNotHaveDuplicates();
    assertThat(all().stream().map(McrouterOption::letter).filter(letter -> !letter.isEmpty()))
        .doesNotHaveDuplicates();
  }

  @Test
  void onlyOldNamesSetWhatAnotherOptionSets() {
    List<String> names = all().stream().map(McrouterOption::name).toList();

    assertThat(names.stream().filter(name -> names.indexOf(name) != names.lastIndexOf(name)))
        .containsOnly("num_proxies", "probe_delay_initial_ms");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "port",
        "listen-addresses",
        "config-file",
        "config-str",
        "config",
        "route-prefix",
        "send-invalid-route-to-default",
        "num-proxies",
        "proxy-threads",
        "server-timeout",
        "cross-region-timeout-ms",
        "cross-cluster-timeout-ms",
        "within-cluster-timeout-ms",
        "timeouts-until-tko",
        "probe-timeout-initial",
        "probe-timeout-max",
        "disable-tko-tracking",
        "connect-timeout-retries",
        "disable-miss-on-get-errors",
        "async-dir",
        "asynclog-disable",
        "use-asynclog-version2",
        "log-path",
        "stats-root",
        "stats-logging-interval",
        "debug-fifo-root",
        "config-dump-root",
        "max-dumped-config-age",
        "reconfiguration-delay-ms",
        "reconfiguration-jitter-ms",
        "file-observer-poll-period-ms",
        "file-observer-sleep-before-update-ms",
        "disable-reload-configs",
        "config-params",
        "validate-config",
        "enable-flush-cmd",
        "group-remote-errors",
        "allow-only-gets",
        "big-value-split-threshold",
        "big-value-batch-size",
        "fibers-max-pool-size",
        "fibers-stack-size",
        "keepalive-count",
        "keepalive-interval",
        "keepalive-idle",
        "reset-inactive-connection-interval",
        "target-max-inflight-requests",
        "target-max-pending-requests",
        "target-max-shadow-requests",
        "proxy-max-inflight-requests",
        "proxy-max-throttled-requests",
        "waiting-request-timeout-ms",
        "max-client-outstanding-reqs",
        "max-conns",
        "connection-limit",
        "client-timeout",
        "tcp-listen-backlog",
        "requests-per-read",
        "reqs-per-read",
        "ssl-port",
        "pem-cert-path",
        "pem-key-path",
        "pem-ca-path",
        "server-pem-cert-path",
        "server-pem-key-path",
        "server-pem-ca-path",
        "ssl-require-peer-certs",
        "ssl-verify-peers",
        "unix-domain-sock",
        "listen-sock-fd",
        "retain-source-ip",
        "runtime-vars-file",
        "enable-logging-route",
        "enable-qos",
        "service-name",
        "thread-affinity",
        "version",
        "verbosity",
        "help",
        "background",
        "managed-mode",
        "pid-file",
        "fdlimit",
        "latency-threshold-us",
        "maximum-soft-tkos",
        "client-queue-size",
        "rss-limit-mb"
      })
  void knowsWhatUnitsAndChartsUse(String word) {
    assertThat(TABLE.byWord(word)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"p", "f", "R", "t", "r", "a", "L", "K", "i", "I", "V", "v", "h"})
  void knowsTheLettersInUse(String letter) {
    assertThat(TABLE.byLetter(letter.charAt(0)))
        .isNotNull()
        .extracting(McrouterOption::fate)
        .isNotEqualTo(Fate.GONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"b", "m", "P", "D"})
  void knowsTheLettersThatAreGone(String letter) {
    assertThat(TABLE.byLetter(letter.charAt(0)))
        .isNotNull()
        .extracting(McrouterOption::fate)
        .isEqualTo(Fate.GONE);
  }

  @Test
  void theBeginningOfAWordIsEnoughWhenNoOtherBeginsSo() {
    assertThat(TABLE.byWord("num-p")).isEqualTo(TABLE.byWord("num-proxies"));
    assertThat(TABLE.byWord("config")).extracting(McrouterOption::name).isEqualTo("config");
    assertThat(TABLE.byWord("config-")).isNull();
    assertThat(TABLE.byWord("")).isNull();
    assertThat(TABLE.byWord("backgr")).as("gone, so nothing is meant by it").isNull();
  }

  @Test
  void helpNamesWhatIsHonouredAndFitsIntoATerminal() {
    String help = McrouterUsage.text();

    Stream<String> honoured =
        all().stream()
            .filter(option -> option.fate() == Fate.HONOURED && !option.words().isEmpty())
            .map(McrouterOption::spelling);
    assertThat(honoured).allSatisfy(option -> assertThat(help).contains(" " + option));
    assertThat(help).doesNotContain("--fibers").contains("-p, --port TEXT");
    assertThat(help.lines())
        .allMatch(line -> line.length() <= 80)
        .contains("  -t, --server-timeout N");
  }
}
