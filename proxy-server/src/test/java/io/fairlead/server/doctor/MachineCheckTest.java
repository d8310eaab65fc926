package io.fairlead.server.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.ConfigLoader;
import io.fairlead.config.ProxySettings;
import io.fairlead.server.doctor.Finding.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MachineCheckTest {
  private static final long MEBI = 1 << 20;

  @TempDir private Path folder;

  /** 10000 clients, 2 connections to 3 servers of 2 loops, and 100 others. */
  @ParameterizedTest
  @CsvSource({
    "11,        1000000, 1024, 1000, FAIL, java, 11 is too old: install 17 or newer",
    "17.0.15,   10112, 1024, 1000, OK,   open files, '10112 are allowed, up to 10112 are needed'",
    "17.0.15,   10111, 1024, 1000, WARN, open files, '10111 are allowed, up to 10112 are needed:"
        + " raise the limit (ulimit -n, LimitNOFILE), or lower limits.connections'",
    "25.0.1+8,  20000, 1023, 1000, WARN, backlog, 'somaxconn is 1023, listeners ask for 1024: set"
        + " net.core.somaxconn to 1024'",
    "25-ea,     20000, 1024, 320, OK,   memory, '320 MiB for the container, up to 320 MiB needed'",
    "25.0.1,    20000, 1024, 319, WARN, memory, '319 MiB for the container, up to 320 MiB needed:"
        + " raise the limit, or lower FAIRLEAD_HEAP or FAIRLEAD_DIRECT'",
  })
  void comparesWhatIsGrantedWithWhatIsNeeded(
      String java, long files, long backlog, long memory, Level level, String check, String text)
      throws IOException {
    Machine machine =
        new Machine(
            java,
            OptionalLong.of(files),
            OptionalLong.of(backlog),
            OptionalLong.of(memory * MEBI),
            96 * MEBI,
            128 * MEBI);

    assertThat(new MachineCheck(machine, settings()).findings())
        .contains(new Finding(level, check, "", text));
  }

  @Test
  void saysNothingOfWhatTheSystemDoesNotTell() throws IOException {
    Machine machine =
        new Machine("17", OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), 1, 1);

    assertThat(new MachineCheck(machine, settings()).findings())
        .containsExactly(Finding.ok("java", "", "17"));
  }

  @Test
  void readsThisMachine() {
    Machine machine = Machine.present();

    assertThat(machine.openFiles().orElse(0)).isPositive();
    assertThat(machine.backlog().orElse(0)).isPositive();
    assertThat(machine.heap()).isPositive();
  }

  @ParameterizedTest
  @CsvSource({"128m, 134217728", "1g, 1073741824", "4096, 4096", "64k, 65536"})
  void knowsWhatJavaWasTold(String size, long bytes) {
    assertThat(Machine.direct(List.of("-Xss256k", "-XX:MaxDirectMemorySize=" + size)))
        .isEqualTo(bytes);
  }

  @ParameterizedTest
  @CsvSource({"-1, FAIL", "0, WARN", "13, WARN", "15, OK"})
  void judgesCertificatesByTheDaysThatAreLeft(int days, Level level) {
    Instant expires = Instant.parse("2030-01-01T00:00:00Z");
    InstantSource clock = InstantSource.fixed(expires.minus(Duration.ofDays(days)));

    assertThat(Expiry.of("certificate", "a", expires, clock).level()).isEqualTo(level);
  }

  private ProxySettings settings() throws IOException {
    Path file = folder.resolve("fairlead.yaml");
    Files.writeString(
        file, "threads: {loops: 2}\npools: {main: {servers: [a, b, c], connections: 2}}\n");
    return ConfigLoader.load(file);
  }
}
