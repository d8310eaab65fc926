package io.fairlead.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/** {@code helm lint --strict}, {@code helm package}. */
class LintTest {
  @ParameterizedTest
  @MethodSource("io.fairlead.helm.Chart#valueSets")
  void chartHasNoFault(String valueSet, @TempDir Path folder) {
    Path chart = Chart.copyTo(Chart.FOLDER, folder.resolve("fairlead"));
    // Helm can be given values for lint, its Java binding cannot: they become the defaults.
    Values values = Values.defaults().with(Chart.map(Chart.read(Chart.valueSet(valueSet))));
    Chart.write(chart.resolve("values.yaml"), new Yaml().dump(values.asMap()));

    LintResult result = new Helm(chart).lint().strict().call();

    assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
    assertThat(result.getMessages()).allMatch(line -> line.startsWith("[INFO]"));
  }

  /** Without a tag the image is that of the version. */
  @Test
  void versionIsThatOfTheProject() {
    String version =
        Chart.read(Chart.REPOSITORY.resolve("pom.xml"))
            .replaceAll("(?s).*?<artifactId>fairlead-parent</artifactId>\\s*<version>", "")
            .replaceAll("(?s)(-SNAPSHOT)?</version>.*", "");

    Map<String, Object> chart = Chart.map(Chart.read(Chart.FOLDER.resolve("Chart.yaml")));

    assertThat(chart).containsEntry("version", version).containsEntry("appVersion", version);
  }

  @Test
  void chartCanBePackaged(@TempDir Path folder) {
    new Helm(Chart.FOLDER).packageIt().withDestination(folder).call();

    Path archive = folder.resolve("fairlead-0.1.0.tgz");
    assertThat(Files.exists(archive)).isTrue();
    assertThat(Rendering.of("full").chart(archive).text()).isEqualTo(Rendering.of("full").text());
  }
}
