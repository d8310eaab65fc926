package io.fairlead.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What each set of values renders, as files that a reviewer can read. After a change of the chart
 * write them anew: {@code mvn test -pl helm -am -Dtest=GoldenTest -Dfairlead.write=true
 * -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class GoldenTest {
  private static final Path FOLDER = Chart.RESOURCES.resolve("golden");

  @ParameterizedTest
  @MethodSource("io.fairlead.helm.Chart#valueSets")
  void rendersWhatItRendered(String valueSet) {
    String rendered = Rendering.of(valueSet).text();
    Path golden = FOLDER.resolve(valueSet + ".yaml");
    if (Chart.WRITES) {
      Chart.write(golden, rendered);
    }

    assertThat(rendered).isEqualTo(Chart.read(golden));
  }
}
