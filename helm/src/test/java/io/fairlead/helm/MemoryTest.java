package io.fairlead.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EnvVar;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Java is told of memory. */
class MemoryTest {
  @ParameterizedTest
  @CsvSource({
    "96Mi,    128Mi, -Xmx96m -XX:MaxDirectMemorySize=128m",
    "0.125Gi, 131072Ki, -Xmx128m -XX:MaxDirectMemorySize=128m",
    "100M,    134217728, -Xmx97656k -XX:MaxDirectMemorySize=128m"
  })
  void quantitiesOfKubernetesAreSizesOfJava(String heap, String direct, String options) {
    Objects objects =
        Rendering.with("java: {heap: " + heap + ", directMemory: " + direct + "}").objects();

    assertThat(objects.proxy().getEnv())
        .containsExactly(new EnvVar("JDK_JAVA_OPTIONS", options, null));
  }

  @ParameterizedTest
  @CsvSource({"-XX:+UseParallelGC"})
  void moreOptionsComeBehind(String option) {
    Objects objects = Rendering.with("java: {extraOptions: '" + option + "'}").objects();

    assertThat(objects.proxy().getEnv().get(0).getValue())
        .isEqualTo("-Xmx96m -XX:MaxDirectMemorySize=128m " + option);
  }
}
