package io.fairlead.helm;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mistakes that a server would refuse, planted into what the chart renders. */
class StrictModelTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "minReadySeconds: 0          | minReadySecond: 0           | minReadySecond",
        "terminationGracePeriodSecon | terminationGracePeriodSeco  | terminationGracePeriodSecods",
        "hostPort: 5000              | hostPort: \"5000\"          | hostPort",
        "helm.sh/chart: fairlead-0.1.0 | helm.sh/chart: 0.1         | labels",
        "cpu: 100m                   | cpu: [100m]                 | cpu",
        "apiVersion: apps/v1         | apiVersion: apps/v1beta1    | apps/v1beta1",
      })
  void refusesWhatIsNoFieldOrNoValueOfIts(String right, String wrong, String named) {
    String planted = Rendering.of("default").text().replace(right, wrong);

    assertThatThrownBy(() -> Objects.parse(planted))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(named);
  }
}
