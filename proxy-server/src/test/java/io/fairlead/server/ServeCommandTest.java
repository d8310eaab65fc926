package io.fairlead.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.Address;
import io.fairlead.config.LimitSettings;
import io.fairlead.config.ListenerSettings;
import io.fairlead.config.ListenerSettings.GuardedCommand;
import io.fairlead.config.PoolSettings;
import io.fairlead.config.ProxySettings;
import io.fairlead.config.ServerSettings;
import io.fairlead.config.ThreadSettings;
import io.fairlead.config.ThreadSettings.Transport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ServeCommandTest {
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
    assertThat(settings.listeners()).extracting(ListenerSettings::pool).containsOnly("default");
    assertThat(settings.listeners())
        .extracting(ListenerSettings::address)
        .containsExactly(new Address.Tcp("127.0.0.1", 5000));
    assertThat(settings.admin()).isEqualTo(new Address.Tcp("127.0.0.1", 5001));
    assertThat(settings.threads()).isEqualTo(ThreadSettings.DEFAULT);
    assertThat(settings.limits()).isEqualTo(LimitSettings.DEFAULT);
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
    assertThat(settings.admin()).isEqualTo(new Address.Tcp("0.0.0.0", 9000));
    assertThat(pool.mode()).isEqualTo(PoolSettings.Mode.REPLICATED);
    assertThat(pool.timeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(pool.coalesce()).isFalse();
    assertThat(settings.threads()).isEqualTo(new ThreadSettings(3, Transport.NIO, true));
  }

  @Test
  void portAloneMeansThisMachine() throws UserError {
    ProxySettings settings = settings("--server", "a", "--listen", "5005", "--admin", "5006");

    assertThat(settings.listeners().get(0).address()).isEqualTo(new Address.Tcp("127.0.0.1", 5005));
    assertThat(settings.admin()).isEqualTo(new Address.Tcp("127.0.0.1", 5006));
  }

  @Test
  void adminCanBeSwitchedOff() throws UserError {
    assertThat(settings("--server", "a", "--admin", "off").admin()).isNull();
  }

  @Test
  void coalesceCanBeSaidAloud() throws UserError {
    assertThat(settings("--server", "a", "--coalesce").pools().get(0).coalesce()).isTrue();
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

  private static ProxySettings settings(String... options) throws UserError {
    ServeCommand serve = new ServeCommand();
    new CommandLine(serve).parseArgs(options);
    return serve.settings();
  }
}
