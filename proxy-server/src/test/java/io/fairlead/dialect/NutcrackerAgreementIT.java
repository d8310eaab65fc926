package io.fairlead.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.ConfigException;
import io.fairlead.config.ConfigLoader;
import io.fairlead.testkit.NutcrackerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the installed nutcracker says to a file, beside what we say. */
class NutcrackerAgreementIT {
  private static final int RANDOM_FILES = Integer.getInteger("test.files", 1000);

  @TempDir private Path folder;

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void theTableIsRightAboutNutcracker(NutcrackerRow row) throws IOException {
    assertThat(isAcceptedByNutcracker(row.yaml())).isEqualTo(row.isAcceptedThere());
  }

  static Stream<NutcrackerRow> rows() throws IOException {
    return NutcrackerRow.all();
  }

  @Test
  void whatNutcrackerAcceptsIsAccepted() throws IOException {
    long seed = Long.getLong("test.seed", System.nanoTime());
    int accepted = 0;
    for (long i = seed; i < seed + RANDOM_FILES; i++) {
      String yaml = new RandomNutcrackerFile(i).text();
      if (isAcceptedByNutcracker(yaml)) {
        accepted++;
        assertThat(problems(yaml)).as("-Dtest.seed=%d:%n%s", i, yaml).isEmpty();
      }
    }

    assertThat(accepted).as("-Dtest.seed=%d", seed).isGreaterThan(RANDOM_FILES / 20);
  }

  private boolean isAcceptedByNutcracker(String yaml) throws IOException {
    return NutcrackerProcess.accepts(Files.writeString(folder.resolve("nutcracker.yml"), yaml));
  }

  private static String problems(String yaml) {
    try {
      ConfigLoader.read(yaml, "f.yml");
      return "";
    } catch (ConfigException e) {
      return e.problems().toString();
    }
  }
}
