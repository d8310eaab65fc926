package io.fairlead.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.ConfigException;
import io.fairlead.config.ConfigLoader;
import io.fairlead.config.Dialect;
import io.fairlead.config.LoadedConfig;
import io.fairlead.config.Problem;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a nutcracker.yml may say, what is refused, and in which words. */
class NutcrackerRowsTest {
  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void doesWhatTheTableSays(NutcrackerRow row) {
    boolean isSame = row.isAcceptedHere() == row.isAcceptedThere();

    assertThat(row.verdict()).matches("(accepted|refused)" + (isSame ? "" : ": .+"));
    assertThat(outcome(row.yaml())).isEqualTo(row.outcome().replaceFirst("\\A(\\w+): .*", "$1"));
  }

  @Test
  void nothingButRedisIsRefusedThatNutcrackerAccepts() throws IOException {
    List<NutcrackerRow> stricter =
        rows().filter(row -> row.isAcceptedThere() && !row.isAcceptedHere()).toList();

    assertThat(stricter).isNotEmpty().allMatch(NutcrackerRow::speaksRedis);
  }

  static Stream<NutcrackerRow> rows() throws IOException {
    return NutcrackerRow.all();
  }

  private static String outcome(String yaml) {
    try {
      LoadedConfig loaded = ConfigLoader.read(yaml, "f.yml");
      assertThat(loaded.dialect()).isEqualTo(Dialect.NUTCRACKER);
      return Stream.concat(Stream.of("accepted"), loaded.warnings().stream().map(Problem::toString))
          .collect(Collectors.joining("\n"));
    } catch (ConfigException e) {
      return "refused\n" + e.getMessage();
    }
  }
}
