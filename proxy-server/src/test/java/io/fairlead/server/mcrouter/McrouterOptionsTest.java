package io.fairlead.server.mcrouter;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fairlead.config.AddressRange;
import io.fairlead.config.KeyFiles;
import io.fairlead.config.ListenerTlsSettings;
import io.fairlead.config.ListenerTlsSettings.ClientCertificate;
import io.fairlead.config.ServerTlsSettings;
import io.fairlead.config.ServerTlsSettings.ServerCheck;
import io.fairlead.server.mcrouter.ProcessOptions.Validation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class McrouterOptionsTest {
  private static final KeyFiles FILES =
      new KeyFiles(Path.of("/etc/ssl/cert.pem"), Path.of("/etc/ssl/key.pem"));

  private static final ConfigSource FILE = new ConfigSource.InFile(Path.of("/etc/mcrouter.json"));

  @Test
  void hasMcroutersDefaultsButProbesSooner() throws McrouterMistake {
    McrouterOptions options = Options.with();

    assertThat(options.listen())
        .isEqualTo(
            new ListenOptions(
                List.of(5000),
                List.of(),
                null,
                -1,
                null,
                0,
                null,
                null,
                List.of(AddressRange.parse("0.0.0.0/0"), AddressRange.parse("::/0"))));
    assertThat(options.config()).isEqualTo(FILE);
    assertThat(options.routing())
        .isEqualTo(
            new RoutingOptions(
                new RoutePrefix(".", "."), false, false, false, 0, 10, false, Set.of(), Map.of()));
    assertThat(options.servers())
        .isEqualTo(
            new ServerOptions(
                ofSeconds(1),
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                0,
                ofSeconds(60),
                0,
                100_000,
                1000,
                new ServerOptions.Keepalive(0, ofSeconds(60), ofSeconds(300)),
                ServerTlsSettings.DEFAULT.withCheck(ServerCheck.NONE)));
    assertThat(options.failures())
        .isEqualTo(new FailureOptions(3, true, ofMillis(250), ofSeconds(10), true, true, false));
    assertThat(options.spool()).isEqualTo(new SpoolOptions(true, "/var/spool/mcrouter", false));
    assertThat(options.reload())
        .isEqualTo(
            new ReloadOptions(
                true,
                ofSeconds(1),
                Duration.ZERO,
                ofMillis(100),
                "/var/mcrouter/config",
                false,
                Duration.ofHours(12)));
    assertThat(options.threads()).isEqualTo(new ThreadOptions(1, 0, 0, Duration.ZERO, 0));
    assertThat(options.tls())
        .isEqualTo(
            new TlsOptions(List.of(), ServerTlsSettings.DEFAULT.withCheck(ServerCheck.NONE), null));
    assertThat(options.process())
        .isEqualTo(
            new ProcessOptions(
                "mcrouter",
                "5000",
                null,
                null,
                null,
                Validation.NONE,
                "", // mcrouter writes into /var/mcrouter/stats unasked
                ofSeconds(10)));
    assertThat(options.warnings()).isEmpty();
  }

  @Test
  void takesWhatTheHelmChartPasses() throws McrouterMistake {
    McrouterOptions options = Options.of("-p 5000", "--config-file=/etc/mcrouter/config.json");

    assertThat(options.listen().ports()).containsExactly(5000);
    assertThat(options.config())
        .isEqualTo(new ConfigSource.InFile(Path.of("/etc/mcrouter/config.json")));
    assertThat(options.warnings()).isEmpty();
  }

  @Test
  void takesTheLineOfAWiki() throws McrouterMistake {
    McrouterOptions options =
        Options.with(
            "--route-prefix=eqiad/mw",
            "--cross-region-timeout-ms=250",
            "--cross-cluster-timeout-ms=100",
            "--send-invalid-route-to-default",
            "--file-observer-poll-period-ms=1000",
            "--file-observer-sleep-before-update-ms=100",
            "--num-proxies=4",
            "--timeouts-until-tko=10",
            "--ssl-port=11214",
            "--pem-cert-path=/etc/ssl/cert.pem",
            "--pem-key-path=/etc/ssl/key.pem",
            "--pem-ca-path=/etc/ssl/ca.pem");

    assertThat(options.routing().prefix()).hasToString("/eqiad/mw/");
    assertThat(options.routing().invalidPrefixToDefault()).isTrue();
    assertThat(options.servers().crossRegionTimeout()).isEqualTo(ofMillis(250));
    assertThat(options.servers().crossClusterTimeout()).isEqualTo(ofMillis(100));
    assertThat(options.reload().delay()).isEqualTo(ofMillis(100));
    assertThat(options.reload().pollPeriod()).isEqualTo(ofSeconds(1));
    assertThat(options.threads().count()).isEqualTo(4);
    assertThat(options.failures().untilEjected()).isEqualTo(10);
    assertThat(options.tls().ports()).containsExactly(11214);
    assertThat(options.tls().toServers())
        .isEqualTo(
            ServerTlsSettings.DEFAULT
                .withCheck(ServerCheck.NONE)
                .withKeys(FILES)
                .withCa(Path.of("/etc/ssl/ca.pem")));
    assertThat(options.tls().toClients())
        .isEqualTo(
            ListenerTlsSettings.of(FILES)
                .withClientCa(Path.of("/etc/ssl/ca.pem"), ClientCertificate.OPTIONAL));
    assertThat(options.warnings()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "                                                                          | NONE  |",
        "--ssl-verify-peers                                                        | CHAIN |",
        "--ssl-verify-peers --ssl-service-identity a                               | CHAIN | a",
        "--ssl-verify-peers --ssl-service-identity-authorization-enforce            | CHAIN |",
        "--ssl-verify-peers --ssl-service-identity a --ssl-service-identity-authorization-enforce"
            + " | NAME | a",
        "--ssl-service-identity a --ssl-service-identity-authorization-enforce      | NONE | a",
      })
  void serversProveAsMuchAsMcrouterWants(
      @Nullable String arguments, ServerCheck check, @Nullable String name) throws McrouterMistake {
    String[] given = arguments == null ? new String[0] : arguments.split(" ", -1);
    McrouterOptions options = Options.with(given);

    assertThat(options.tls().toServers().check()).isEqualTo(check);
    assertThat(options.tls().toServers().serverName()).isEqualTo(name);
  }

  @Test
  void filesForClientsWinOverThoseForBothSides() throws McrouterMistake {
    McrouterOptions options =
        Options.with(
            "--ssl-port=5",
            "--pem-cert-path=/c",
            "--pem-key-path=/k",
            "--pem-ca-path=/a",
            "--server-pem-cert-path=/sc",
            "--server-pem-key-path=/sk",
            "--server-pem-ca-path=/sa",
            "--ssl-require-peer-certs");

    assertThat(options.tls().toClients())
        .isEqualTo(
            ListenerTlsSettings.of(new KeyFiles(Path.of("/sc"), Path.of("/sk")))
                .withClientCa(Path.of("/sa"), ClientCertificate.REQUIRED));
    assertThat(options.tls().toServers().keys())
        .isEqualTo(new KeyFiles(Path.of("/c"), Path.of("/k")));
  }

  @Test
  void takesTheLineOfMcroutersOwnTests() throws McrouterMistake {
    McrouterOptions options =
        Options.of(
            ("--config file:/tmp/c.json -R /a/b/ -L /tmp/log -a /tmp/spool --stats-root /tmp/stats"
                    + " --debug-fifo-root /tmp/fifo --rss-limit-mb 16384 --fibers-stack-size 65536"
                    + " -p 41000")
                .split(" ", -1));

    assertThat(options.config()).isEqualTo(new ConfigSource.InFile(Path.of("/tmp/c.json")));
    assertThat(options.routing().prefix()).isEqualTo(new RoutePrefix("a", "b"));
    assertThat(options.process().logFile()).isEqualTo(Path.of("/tmp/log"));
    assertThat(options.spool().folder()).isEqualTo("/tmp/spool");
    assertThat(options.process().statsFolder()).isEqualTo("/tmp/stats");
    assertThat(options.listen().ports()).containsExactly(41000);
    assertThat(options.warnings()).noneMatch(warning -> warning.contains("belongs to no option"));
  }

  @ParameterizedTest
  @CsvSource({
    "--config file:/a, /a",
    "--config=file:/a --config-file /b --config-str={}, /a",
    "-f /b, /b",
    "-f/b, /b",
    "--config-str=file:/c, /c",
    "-f /a -f /b, /b",
  })
  void findsTheFileOfTheConfiguration(String line, String file) throws McrouterMistake {
    assertThat(Options.of(("-p 1 " + line).split(" ", -1)).config())
        .isEqualTo(new ConfigSource.InFile(Path.of(file)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--config", "--config-str"})
  void takesTheConfigurationItself(String option) throws McrouterMistake {
    assertThat(Options.of("-p", "1", option, "{\"route\": \"NullRoute\"}").config())
        .isEqualTo(new ConfigSource.Inline("{\"route\": \"NullRoute\"}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-p 1 | No configuration source: give --config-file PATH, or --config with file:PATH or"
            + " JSON.",
        "-p 1 --config= | No configuration source: give --config-file PATH, or --config with"
            + " file:PATH or JSON.",
        "-p 1 -f a --config-str b | More than one configuration source: give --config-file or"
            + " --config-str, not both.",
        "-p 1 --config file: | --config: no file (expected: file:PATH)",
        "-f a | No port to listen on: give -p PORT, such as -p 5000.",
        "-f a --ssl-port 5 | --ssl-port needs the files that clients are shown: --pem-cert-path and"
            + " --pem-key-path.",
        "-f a --ssl-port 5 --server-pem-cert-path /c | --server-pem-cert-path and"
            + " --server-pem-key-path go together; give both, or neither.",
        "-f a --ssl-port 5 --pem-cert-path /c --pem-key-path /k --ssl-require-peer-certs |"
            + " --ssl-require-peer-certs needs the authorities of clients: --pem-ca-path.",
        "-f a -p 5 --introspection-from 10.0.0.1/8 | --introspection-from: 10.0.0.1/8 (expected:"
            + " address ranges with commas between them, as in 127.0.0.0/8,::1; or off)",
        "-f a -p x | -p: x (expected: ports from 0 to 65535, each once)",
        "-f a --port=5,70000 | --port: 5,70000 (expected: ports from 0 to 65535, each once)",
        "-f a -p 5,5 | -p: 5,5 (expected: ports from 0 to 65535, each once)",
        "-f a -p 5 --ssl-port y | --ssl-port: y (expected: ports from 0 to 65535, each once)",
        "-f a -p 5 -t 0 | -t: 0 (expected: a number of at least 1)",
        "-f a -p 5 --num-proxies=0 | --num-proxies: 0 (expected: a number of at least 1)",
        "-f a -p 5 --num-proxies=257 | --num-proxies: 257 (expected: 1-256)",
        "-f a -p 5 --proxy-threads=many | --proxy-threads: many (expected: a number of at least 1)",
        "-f a -p 5 --enable-flush-cmd=2 | --enable-flush-cmd: 2 (expected: 0, 1 or nothing)",
        "-f a -p 5 -R /a | -R: /a (expected: /region/cluster/)",
        "-f a -p 5 -R a/b/c | -R: a/b/c (expected: /region/cluster/)",
        "-f a -p 5 --config-params a | --config-params: a (expected: name:value,name:value)",
        "-f a -p 5 --as-mcrouter=touched,x | --as-mcrouter: x (expected: touched, deletes, warm-up,"
            + " operations, several with commas between them, or all)",
        "-f a -p 5 --validate-config=x | --validate-config: x (expected: exit or run)",
        "-f a -p 5 --log-format=xml | --log-format: xml (expected: text or json)",
        "-f a -p 5 --listen-addresses 1.2.3.400 | --listen-addresses: 1.2.3.400 (expected: IP"
            + " addresses with commas between them)",
      })
  void refusesWhatItCannotFollowWithASentence(String line, String message) {
    McrouterMistake mistake =
        catchThrowableOfType(McrouterMistake.class, () -> Options.of(line.split(" ", -1)));

    assertThat(mistake).hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {"--log-format=json, true", "--log-format=text, false", "--verbosity=1, -"})
  void readsTheFormOfTheLog(String argument, @Nullable Boolean isJson) throws McrouterMistake {
    assertThat(Options.with(argument).process().jsonLog()).isEqualTo(isJson);
  }

  @Test
  void checksAConfigurationWithoutAPort() throws McrouterMistake {
    assertThat(Options.of("--validate-config", "-f", "a").process().validation())
        .isEqualTo(Validation.EXIT);
  }

  @ParameterizedTest
  @CsvSource({
    "--validate-config, EXIT",
    "--validate-config=exit, EXIT",
    "--validate-config=run, RUN",
    "--verbosity=1, NONE"
  })
  void readsWhatToCheck(String argument, Validation validation) throws McrouterMistake {
    assertThat(Options.with(argument).process().validation()).isEqualTo(validation);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a/b", "/a/b", "a/b/", "/a/b/"})
  void theSlashesOfAPrefixMayBeLeftOut(String prefix) throws McrouterMistake {
    McrouterOptions options = Options.with("-R", prefix);

    assertThat(options.routing().prefix()).isEqualTo(new RoutePrefix("a", "b"));
    assertThat(options.options()).containsEntry("default_route", "/a/b/");
  }

  @Test
  void startsAThreadForEachProcessorWhenAsked() throws McrouterMistake {
    int processors = Runtime.getRuntime().availableProcessors();

    assertThat(Options.with("--proxy-threads=auto").threads().count()).isEqualTo(processors);
    assertThat(Options.with("--num-proxies", "%CPU_CORES%").threads().count())
        .isEqualTo(processors);
    assertThat(Options.with("--proxy-threads", "3").threads().count()).isEqualTo(3);
  }

  @Test
  void theNewNameOfTheReloadDelayWins() throws McrouterMistake {
    McrouterOptions options =
        Options.with(
            "--reconfiguration-delay-ms=5",
            "--file-observer-sleep-before-update-ms=7",
            "--reconfiguration-jitter-ms=9");

    assertThat(options.reload().delay()).isEqualTo(ofMillis(5));
    assertThat(options.reload().jitter()).isEqualTo(ofMillis(9));
  }

  @Test
  void anOldNameOfTheFirstProbeSetsIt() throws McrouterMistake {
    assertThat(Options.with("--retry-timeout", "50").failures().firstProbe())
        .isEqualTo(ofMillis(50));
  }

  @Test
  void aValueBehindAnOptionThatSaysDisableIsThatOfTheName() throws McrouterMistake {
    McrouterOptions bare = Options.with("--disable-miss-on-get-errors");
    McrouterOptions one = Options.with("--disable-miss-on-get-errors=1");

    assertThat(bare.failures().missOnGet()).isFalse();
    assertThat(bare.warnings()).isEmpty();
    assertThat(one.failures().missOnGet()).as("as with mcrouter").isTrue();
    assertThat(one.warnings())
        .containsExactly("--disable-miss-on-get-errors=1 sets miss_on_get_errors to 1");
  }

  @Test
  void unknownOptionsAndStrayWordsAreNotedAndIgnored() throws McrouterMistake {
    McrouterOptions options = Options.with("--x", "3", "-p", "5001");

    assertThat(options.listen().ports()).containsExactly(5001);
    assertThat(options.process().router()).isEqualTo("5001");
    assertThat(options.warnings())
        .containsExactly("Unrecognized option: --x", "ignored, as it belongs to no option: 3");
  }

  @Test
  void listsOptionsByTheirInternalNames() throws McrouterMistake {
    McrouterOptions options = Options.with("-p", "1,2", "-t", "300", "--service-name", "cache");

    assertThat(options.options())
        .containsEntry("server_timeout_ms", "300")
        .containsEntry("miss_on_get_errors", "1")
        .containsEntry("config_file", "/etc/mcrouter.json")
        .containsEntry("service_name", "cache")
        .containsEntry("router_name", "1")
        .containsEntry("flavor_name", "unknown")
        .containsEntry("runtime_vars_file", "")
        .doesNotContainKeys("ports", "help", "validate_config");
    assertThat(options.startupOptions())
        .containsAllEntriesOf(options.options())
        .containsEntry("ports", "1,2");
  }

  @Test
  void givesMacrosTheirParameters() throws McrouterMistake {
    McrouterOptions options =
        Options.with(
            "-R",
            "a/b",
            "--config-params=x:1:2,router-name:mine,mcr_opts-num_proxies:9",
            "--num-proxies=4",
            "--enable-flush-cmd");

    assertThat(options.macroParameters(77))
        .containsEntry("default-route", "/a/b/")
        .containsEntry("default-region", "a")
        .containsEntry("default-cluster", "b")
        .containsEntry("hostid", 77L)
        .containsEntry("router-name", "5000")
        .containsEntry("service-name", "mcrouter")
        .containsEntry("router-info-name", "Memcache")
        .containsEntry("num-proxies", "4")
        .containsEntry("x", "1:2")
        .containsEntry("mcr_opts-num_proxies", "9")
        .containsEntry("mcr_opts-enable_flush_cmd", "1")
        .containsEntry("mcr_opts-server_timeout_ms", "1000")
        .doesNotContainKeys("mcr_opts-config_file", "mcr_opts-max_conns");
  }
}
