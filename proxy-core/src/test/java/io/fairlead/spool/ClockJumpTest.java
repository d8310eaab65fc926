package io.fairlead.spool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.Address;
import io.fairlead.config.SpoolSettings;
import io.fairlead.metrics.SpoolCounter;
import io.fairlead.metrics.SpoolStats;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The clock of the machine is set while deletes wait. */
class ClockJumpTest {
  private static final Instant START = Instant.parse("2026-11-20T21:42:21.250Z");
  private static final Address SERVER = new Address.Tcp("10.0.0.1", 11211);

  @TempDir private Path directory;

  private Instant wall = START;
  private long nanos = -5;

  @ParameterizedTest
  @ValueSource(ints = {1, -1})
  void clockThatIsSetChangesNothing(int hours) {
    InstantSource clock = clock();

    wall = wall.plus(Duration.ofHours(hours));

    assertThat(clock.instant()).isEqualTo(START);
    nanos += 1_500_000_000L;
    assertThat(clock.instant()).isEqualTo(START.plusMillis(1500));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, -1})
  void deletesAreKeptForAsLongAsTheyWouldHaveBeen(int hours) {
    SpoolSettings settings = SpoolSettings.in(directory);
    SpoolStats stats = new SpoolStats();
    InstantSource clock = clock();
    SpoolStore store = new SpoolStore(settings, clock, ZoneOffset.UTC, stats);
    store.tick();
    store.stage(
        0, new SpooledDelete(clock.millis(), SERVER, "p", "k".getBytes(UTF_8)), new NoReceipt());
    store.flush();

    wall = wall.plus(Duration.ofHours(hours));
    pass(store, Duration.ofMinutes(59));
    assertThat(stats.get(SpoolCounter.DROPPED_EXPIRED)).isZero();
    assertThat(Objects.requireNonNull(store.read(store.backlog(SERVER))).keys()).hasSize(1);

    pass(store, Duration.ofMinutes(2));
    assertThat(stats.get(SpoolCounter.DROPPED_EXPIRED)).isEqualTo(1);
    store.close();
  }

  @Test
  void spoolRunsByThatClock() {
    try (DeleteSpool spool = DeleteSpool.start(SpoolSettings.in(directory), clock())) {
      wall = wall.plus(Duration.ofHours(1));

      assertThat(spool.millis()).isEqualTo(START.toEpochMilli());
    }
  }

  private InstantSource clock() {
    return new SteadyClock(() -> wall, () -> nanos);
  }

  private void pass(SpoolStore store, Duration time) {
    for (long second = 0; second < time.toSeconds(); second++) {
      nanos += 1_000_000_000L;
      store.tick();
    }
  }

  private static final class NoReceipt implements Receipt {
    @Override
    public void onSpooled() {}

    @Override
    public void onRefused() {
      throw new AssertionError("refused");
    }
  }
}
