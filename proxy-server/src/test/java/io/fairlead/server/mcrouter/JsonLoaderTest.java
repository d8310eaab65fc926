package io.fairlead.server.mcrouter;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.ConnectionSettings;
import io.fairlead.config.HostId;
import io.fairlead.config.KeepaliveSettings;
import io.fairlead.config.PoolSettings;
import io.fairlead.config.Problem;
import io.fairlead.config.ServerTlsSettings;
import io.fairlead.config.ServerTlsSettings.ServerCheck;
import io.fairlead.mcrouter.McrouterDefaults;
import io.fairlead.mcrouter.McrouterDefaults.BigValues;
import io.fairlead.mcrouter.McrouterDefaults.Health;
import io.fairlead.mcrouter.McrouterDefaults.Replies;
import io.fairlead.mcrouter.McrouterDefaults.Timeouts;
import io.fairlead.server.watch.SeenFiles;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class JsonLoaderTest {
  @Test
  void theReaderIsToldWhatTheCommandLineSays() throws McrouterMistake {
    McrouterDefaults defaults =
        JsonLoader.defaults(
            Options.with(
                "--route-prefix=eqiad/mw",
                "--send-invalid-route-to-default",
                "--server-timeout=100",
                "--within-cluster-timeout-ms=1",
                "--cross-cluster-timeout-ms=2",
                "--cross-region-timeout-ms=3",
                "--timeouts-until-tko=10",
                "--probe-timeout-initial=5000",
                "--disable-tko-tracking",
                "--disable-miss-on-get-errors",
                "--asynclog-disable",
                "--disable-miss-on-arith-errors",
                "--group-remote-errors",
                "--allow-only-gets",
                "--keepalive-count=200",
                "--keepalive-idle=40000",
                "--keepalive-interval=9",
                "--reset-inactive-connection-interval=1500",
                "--connect-timeout-retries=101",
                "--target-max-shadow-requests=6",
                "--big-value-split-threshold=1000",
                "--big-value-batch-size=7",
                "--config-params=color:red"));

    assertThat(defaults.routePrefix()).isEqualTo("/eqiad/mw/");
    assertThat(defaults.unknownPrefixIsUsual()).isTrue();
    assertThat(defaults.timeouts())
        .isEqualTo(
            new Timeouts(
                Duration.ofMillis(100),
                Duration.ofMillis(1),
                Duration.ofMillis(2),
                Duration.ofMillis(3)));
    assertThat(defaults.health())
        .isEqualTo(new Health(false, 10, Duration.ofSeconds(5), Duration.ofSeconds(10)));
    assertThat(defaults.replies()).isEqualTo(new Replies(false, false, false, true, true));
    assertThat(defaults.bigValues()).isEqualTo(new BigValues(1000, 7));
    assertThat(defaults.shadows()).isEqualTo(6);
    assertThat(defaults.connection())
        .isEqualTo(
            new ConnectionSettings(
                    new KeepaliveSettings(
                        true, Duration.ofSeconds(32767), Duration.ofSeconds(9), 127),
                    Duration.ofMillis(1500),
                    100)
                .withTls(ServerTlsSettings.DEFAULT.withCheck(ServerCheck.NONE)));
    assertThat(defaults.hostId()).isEqualTo(HostId.ofThisHost());
    assertThat(defaults.parameters())
        .containsEntry("color", "red")
        .containsEntry("default-region", "eqiad")
        .containsEntry("hostid", HostId.ofThisHost());
  }

  @Test
  void withoutOptionsItIsToldTheDefaults() throws McrouterMistake {
    McrouterDefaults defaults = JsonLoader.defaults(Options.with());

    assertThat(defaults.timeouts()).isEqualTo(McrouterDefaults.DEFAULT.timeouts());
    assertThat(defaults.health()).isEqualTo(McrouterDefaults.DEFAULT.health());
    assertThat(defaults.replies()).isEqualTo(McrouterDefaults.DEFAULT.replies());
    assertThat(defaults.bigValues()).isEqualTo(McrouterDefaults.DEFAULT.bigValues());
    assertThat(defaults.connection()).isEqualTo(McrouterDefaults.DEFAULT.connection());
    assertThat(defaults.shadows()).isEqualTo(McrouterDefaults.DEFAULT.shadows());
  }

  @Test
  void loadsAConfigurationOfTheCommandLine() throws McrouterMistake {
    McrouterOptions options =
        Options.of(
            "-p",
            "5000",
            "--config-params=pool:A",
            "--config",
            "{\"pools\": {\"A\": {\"servers\": [\"a:1\"]}}, \"route\": \"PoolRoute|%pool%\","
                + " \"odd\": 1}");

    LoadedRoutes routes = new JsonLoader().load(options, new SeenFiles());

    assertThat(routes.pools()).extracting(PoolSettings::name).containsExactly("A");
    assertThat(routes.target()).isEqualTo(routes.trees().get(0).name());
    assertThat(routes.warnings())
        .extracting(Problem::toString)
        .hasSize(1)
        .allMatch(warning -> warning.startsWith("config-str:1:"));
  }
}
