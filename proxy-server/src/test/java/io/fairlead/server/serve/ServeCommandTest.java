package io.fairlead.server.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.Address;
import io.fairlead.config.AdminSettings;
import io.fairlead.config.LimitSettings;
import io.fairlead.config.ListenerSettings;
import io.fairlead.config.ListenerSettings.GuardedCommand;
import io.fairlead.config.ListenerSettings.ParseError;
import io.fairlead.config.PoolSettings;
import io.fairlead.config.ProxySettings;
import io.fairlead.config.RingSettings;
import io.fairlead.config.ServerSettings;
import io.fairlead.config.ShutdownSettings;
import io.fairlead.config.ThreadSettings;
import io.fairlead.config.ThreadSettings.Transport;
import io.fairlead.hashing.KeyBytes;
import io.fairlead.server.Cli;
import io.fairlead.server.command.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ServeCommandTest {
  private static final String NUTCRACKER = "a:\n  listen: 127.0.0.1:22121\n  servers:\n  - h:1:1\n";
  private static final String REDIS =
      "r:\n  listen: 127.0.0.1:22122\n  redis: true\n  servers:\n  - h:1:1\n";

  @Test
  void needsNothingButServers() throws UserError {
    ProxySettings settings = settings("--server", "cache1", "--server", "cache2:11212");

    PoolSettings pool = settings.pools().get(0);
    assertThat(settings.pools()).hasSize(1);
    assertThat(pool)
        .isEqualTo(
            PoolSettings.of(
                "default",
                PoolSettings.Mode.SHARDED,
                List.of(
                    ServerSettings.at(new Address.Tcp("cache1", 11211)),
                    ServerSettings.at(new Address.Tcp("cache2", 11212)))));
    assertThat(settings.listeners()).extracting(ListenerSettings::target).containsOnly("default");
    assertThat(settings.listeners())
        .extracting(ListenerSettings::address)
        .containsExactly(new Address.Tcp("127.0.0.1", 5000));
    assertThat(settings.admin()).isEqualTo(AdminSettings.at(new Address.Tcp("127.0.0.1", 5001)));
    assertThat(settings.threads()).isEqualTo(ThreadSettings.DEFAULT);
    assertThat(settings.limits()).isEqualTo(LimitSettings.DEFAULT);
  }

  @Test
  void theNumberOfThreadsMayFollowTheLoad() throws UserError {
    ThreadSettings threads = settings("--server", "a", "--threads", "auto").threads();

    assertThat(threads.isAuto()).isTrue();
    assertThat(threads.loops()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "257", "-1", "1.5", "many"})
  void aNumberOfThreadsThatThereCannotBeIsRefused(String threads) {
    Cli cli = Cli.run("serve", "--server", "a", "--threads", threads);

    assertThat(cli.err()).contains(threads + " (expected: auto, or 1-256)");
    assertThat(cli.status()).isEqualTo(2);
  }

  @Test
  void takesEverySettingFromItsOption() throws UserError {
    ProxySettings settings =
        settings(
            ("--server a:1,[::1]:2 --server unix:/run/m.sock --listen :5000 --listen [::1]:5002"
                    + " --listen /run/f.sock --admin :9000 --replicated --timeout 2s"
                    + " --allow flush_all --threads 3 --transport nio --no-coalesce")
                .split(" "));

    PoolSettings pool = settings.pools().get(0);
    assertThat(pool.servers())
        .extracting(ServerSettings::address)
        .containsExactly(
            new Address.Tcp("a", 1), new Address.Tcp("::1", 2), new Address.Unix("/run/m.sock"));
    assertThat(settings.listeners())
        .extracting(ListenerSettings::address)
        .containsExactly(
            new Address.Tcp("0.0.0.0", 5000),
            new Address.Tcp("::1", 5002),
            new Address.Unix("/run/f.sock"));
    assertThat(settings.listeners().get(0).allow()).containsExactly(GuardedCommand.FLUSH_ALL);
    assertThat(settings.admin()).isEqualTo(AdminSettings.at(new Address.Tcp("0.0.0.0", 9000)));
    assertThat(pool.mode()).isEqualTo(PoolSettings.Mode.REPLICATED);
    assertThat(pool.timeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(pool.coalesce()).isFalse();
    assertThat(settings.threads()).isEqualTo(new ThreadSettings(3, Transport.NIO, true));
  }

  @Test
  void portAloneMeansThisMachine() throws UserError {
    ProxySettings settings = settings("--server", "a", "--listen", "5005", "--admin", "5006");

    assertThat(settings.listeners().get(0).address()).isEqualTo(new Address.Tcp("127.0.0.1", 5005));
    assertThat(settings.admin()).isEqualTo(AdminSettings.at(new Address.Tcp("127.0.0.1", 5006)));
  }

  @Test
  void adminCanBeSwitchedOff() throws UserError {
    assertThat(settings("--server", "a", "--admin", "off").admin()).isNull();
  }

  @Test
  void theEndBesideAFileReplacesWhatTheFileSays(@TempDir Path folder) throws Exception {
    String file = write(folder, "{pools: {p: {servers: [a]}}, shutdown: {delay: 1s, spread: 3s}}");

    assertThat(settings("--config", file, "--shutdown-drain", "2s").shutdown())
        .isEqualTo(
            new ShutdownSettings(
                Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3)));
    assertThat(settings("--server", "a", "--shutdown-delay", "5s").shutdown())
        .isEqualTo(ShutdownSettings.DEFAULT.withDelay(Duration.ofSeconds(5)));
  }

  @Test
  void coalesceCanBeSaidAloud() throws UserError {
    assertThat(settings("--server", "a", "--coalesce").pools().get(0).coalesce()).isTrue();
  }

  @Test
  void adminBesideAFileReplacesWhatTheFileSays(@TempDir Path folder) throws Exception {
    String own = write(folder, "{pools: {p: {servers: [a]}}, admin: false}");
    String foreign = write(folder, NUTCRACKER);

    assertThat(settings("--config", own).admin()).isNull();
    assertThat(settings("--config", own, "--admin", ":9000").admin())
        .isEqualTo(AdminSettings.at(new Address.Tcp("0.0.0.0", 9000)));
    assertThat(settings("--config", foreign).admin())
        .isEqualTo(AdminSettings.at(new Address.Tcp("127.0.0.1", 5001)));
    assertThat(settings("--config", foreign, "--admin", "off").admin()).isNull();
  }

  @Test
  void aNutcrackerYmlTakesItsSwitchesFromOptions(@TempDir Path folder) throws Exception {
    String file = write(folder, NUTCRACKER);

    ProxySettings strict =
        settings(
            ("--config " + file + " --on-parse-error close --multiget-failure error")
                .concat(" --error-text twemproxy --key-bytes unsigned")
                .split(" "));
    ProxySettings usual = settings("--config", file);

    PoolSettings pool = strict.pools().get(0);
    assertThat(strict.listeners().get(0).onParseError()).isEqualTo(ParseError.CLOSE);
    assertThat(pool.multigetFailure()).isEqualTo(PoolSettings.MultigetFailure.ERROR);
    assertThat(pool.errorText()).isEqualTo(PoolSettings.ErrorText.TWEMPROXY);
    assertThat(keyBytes(pool)).isEqualTo(KeyBytes.UNSIGNED);
    assertThat(usual.listeners().get(0).onParseError()).isEqualTo(ParseError.ANSWER);
    assertThat(usual.pools().get(0).multigetFailure())
        .isEqualTo(PoolSettings.MultigetFailure.PARTIAL);
    assertThat(usual.pools().get(0).errorText()).isEqualTo(PoolSettings.ErrorText.NATIVE);
    assertThat(keyBytes(usual.pools().get(0))).isEqualTo(KeyBytes.SIGNED);
  }

  private static KeyBytes keyBytes(PoolSettings pool) {
    return ((RingSettings) pool.placement()).keyBytes();
  }

  @Test
  void redisPoolsCanBeLeftOut(@TempDir Path folder) throws Exception {
    String file = write(folder, NUTCRACKER + REDIS);

    ProxySettings settings = settings("--config", file, "--skip-redis-pools");
    Cli refused = Cli.run("serve", "--config", file);

    assertThat(settings.pools()).extracting(PoolSettings::name).containsExactly("a");
    assertThat(refused.err()).contains("r.redis: true", "--skip-redis-pools").hasLineCount(1);
    assertThat(refused.status()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "--on-parse-error close, write on_parse_error into its listeners",
    "--multiget-failure error, write multiget_failure into its pools",
    "--error-text twemproxy, write error_text into its pools",
    "--key-bytes unsigned, write key_bytes into its pools",
    "--skip-redis-pools, 'leave the option out, it has no such pools'",
  })
  void ourOwnFilesSayThemselvesWhatANutcrackerYmlCannot(
      String option, String wayOut, @TempDir Path folder) throws Exception {
    String file = write(folder, "pools: {p: {servers: [a]}}");

    Cli cli = Cli.run(("serve --config " + file + " " + option).split(" "));

    assertThat(cli.err())
        .startsWith(
            "fairlead: "
                + option.replaceAll(" .*", "")
                + " is for a nutcracker.yml, and "
                + file
                + " is Fairlead's own: "
                + wayOut
                + "."
                + System.lineSeparator());
    assertThat(cli.status()).isEqualTo(2);
  }

  @Test
  void saysThatAFileIsMissing(@TempDir Path folder) {
    Path file = folder.resolve("none.yaml");

    Cli cli = Cli.run("serve", "--config", file.toString());

    assertThat(cli.err()).startsWith("fairlead: " + file).hasLineCount(1);
    assertThat(cli.status()).isEqualTo(1);
  }

  @Test
  void saysThatAFileIsAFolder(@TempDir Path folder) {
    Cli cli = Cli.run("serve", "--config", folder.toString());

    assertThat(cli.err()).startsWith("fairlead: " + folder).hasLineCount(1);
    assertThat(cli.status()).isEqualTo(1);
  }

  private static String write(Path folder, String text) throws IOException {
    return Files.writeString(Files.createTempFile(folder, "file", ".conf"), text).toString();
  }

  private static ProxySettings settings(String... options) throws UserError {
    ServeCommand serve = new ServeCommand();
    new CommandLine(serve).parseArgs(options);
    return serve.settings();
  }

  @Test
  void mcroutersFileTakesItsPortAndPrefixFromOptions(@TempDir Path folder) throws Exception {
    String file = write(folder, "{\"routes\": {\"/a/b/\": \"NullRoute\"}}");

    ProxySettings settings =
        settings("--config", file, "--route-prefix", "a/b", "--listen", "5005", "--listen", ":1");

    assertThat(settings.listeners())
        .extracting(ListenerSettings::address)
        .containsExactly(new Address.Tcp("127.0.0.1", 5005), new Address.Tcp("0.0.0.0", 1));
    assertThat(settings.listeners())
        .extracting(ListenerSettings::target)
        .containsOnly(settings.routes().get(0).name());
  }

  @Test
  void mcroutersFileIsReadAsMcrouterDoesItWhereThatIsAskedFor(@TempDir Path folder)
      throws Exception {
    String file =
        write(
            folder,
            "{\"pools\": {\"A\": {\"servers\": [\"a:1\", \"b:1\"]}},"
                + " \"route\": \"AllSyncRoute|Pool|A\"}");

    assertThat(settings("--config", file).routes().toString()).contains("touchedHidesErrors=false");
    assertThat(settings("--config", file, "--as-mcrouter", "touched").routes().toString())
        .contains("touchedHidesErrors=true");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pools: {p: {servers: [a]}} | --listen 1 | --config and --listen exclude each other: write",
        "pools: {p: {servers: [a]}} | --route-prefix /a/b/ | --route-prefix is for a file of",
        "{\"route\": \"NullRoute\"} | --key-bytes signed | --key-bytes is for a nutcracker.yml,"
            + " and",
        "{\"route\": \"NullRoute\"} | --route-prefix a | --route-prefix: a (expected:"
            + " /region/cluster/)",
        "pools: {p: {servers: [a]}} | --as-mcrouter all | --as-mcrouter is for a file of mcrouter,",
        "{\"route\": \"NullRoute\"} | --as-mcrouter ttl | --as-mcrouter: ttl (expected: touched,",
        "{\"route\": \"NullRoute\"} | --threads 2 | --config and --threads exclude each other:",
      })
  void optionsForOtherFilesAreRefused(
      String text, String option, String mistake, @TempDir Path folder) throws Exception {
    String file = write(folder, text);

    Cli cli = Cli.run(("serve --config " + file + " " + option).split(" "));

    assertThat(cli.err()).contains(mistake);
    assertThat(cli.status()).isEqualTo(2);
  }
}
