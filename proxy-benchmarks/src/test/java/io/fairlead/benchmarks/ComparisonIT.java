package io.fairlead.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole comparison, as short as it can be. */
class ComparisonIT {
  private static final int FINE = 0;
  private static final int WRONG_USAGE = 2;
  private static final int BAR_MISSED = 3;
  private static final int COULD_NOT_RUN = 4;

  @TempDir Path directory;

  @Test
  void comparesAndEndsWhatItStarted() throws IOException, InterruptedException {
    Path json = directory.resolve("slices.json");
    Path bars = Files.writeString(directory.resolve("bars"), "G closed cpu atmost 1000 0\n");

    int status =
        compare(
            "--peers",
            "direct,again=direct",
            "--json",
            json.toString(),
            "--subject",
            "again",
            "--check",
            bars.toString());

    assertThat(status).isEqualTo(FINE);
    assertThat(Files.readString(json))
        .contains("\"pacing\":\"open\",\"peer\":\"again\",\"session\":0,\"round\":1");
    assertThat(ProcessHandle.current().descendants()).isEmpty();
  }

  @Test
  void comparesTlsWithTheSameInTheClear() throws IOException, InterruptedException {
    Path json = directory.resolve("slices.json");
    Path bars = Files.writeString(directory.resolve("bars"), "G closed cpu atmost 0.01 0\n");

    int status =
        compare(
            "--peers",
            "direct,direct-tls",
            "--json",
            json.toString(),
            "--subject",
            "direct-tls",
            "--check",
            bars.toString());

    assertThat(status).isEqualTo(BAR_MISSED);
    assertThat(Files.readString(json)).contains("\"pacing\":\"closed\",\"peer\":\"direct-tls\"");
  }

  @Test
  void failsWhenItCannotRun() throws InterruptedException {
    assertThat(compare("--peers", "absent=/no/such/program")).isEqualTo(COULD_NOT_RUN);
    assertThat(Comparison.run("--speed", "9")).isEqualTo(WRONG_USAGE);
    assertThat(ProcessHandle.current().descendants()).isEmpty();
  }

  private static int compare(String... more) throws InterruptedException {
    String[] all = new String[more.length + 10];
    String[] shortest = {
      "--scenarios",
      "G",
      "--rounds",
      "2",
      "--slice",
      "100ms",
      "--settle",
      "20ms",
      "--warmup",
      "50ms"
    };
    System.arraycopy(shortest, 0, all, 0, shortest.length);
    System.arraycopy(more, 0, all, shortest.length, more.length);
    return Comparison.run(all);
  }
}
