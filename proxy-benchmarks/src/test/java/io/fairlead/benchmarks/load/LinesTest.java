package io.fairlead.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What parent and generator write to each other is read back unchanged. */
class LinesTest {
  @Test
  void measurementSurvivesItsLine() {
    Measurement measured =
        new Measurement(
            1.25, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, "SERVER_ERROR a: b = c");

    assertThat(Measurement.parse(measured.toLine())).isEqualTo(measured);
  }

  @Test
  void problemCannotBreakTheLine() {
    Measurement measured =
        new Measurement(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, "a\r\nb\tc");

    assertThat(measured.toLine()).doesNotContain("\n");
    assertThat(Measurement.parse(measured.toLine()).problem()).isEqualTo("a  b c");
  }

  @Test
  void settingsSurviveTheArguments() {
    Map<String, GeneratorSettings.LoadedPeer> peers = new LinkedHashMap<>();
    peers.put("nutcracker", new GeneratorSettings.LoadedPeer(22121, false, List.of(5L, 6L)));
    peers.put("direct", new GeneratorSettings.LoadedPeer(22131, false, List.of()));
    peers.put("secure", new GeneratorSettings.LoadedPeer(22141, true, List.of(7L)));
    GeneratorSettings settings =
        new GeneratorSettings(Scenario.D, 20_000, peers, List.of(1L, 2L, 3L));

    assertThat(GeneratorSettings.of(settings.toArguments().toArray(String[]::new)))
        .isEqualTo(settings);
  }
}
