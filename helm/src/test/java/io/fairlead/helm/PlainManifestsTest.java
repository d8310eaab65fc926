package io.fairlead.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The files in helm/plain, for whom has no Helm, are what the chart renders. After a change of the
 * chart write them anew with {@code -Dfairlead.write=true}.
 */
class PlainManifestsTest {
  private static final Path FOLDER = Chart.MODULE.resolve("plain");

  /** Lines that mean something to Helm alone. */
  private static final String HELMS_OWN =
      "(?m)^(# Source: .*| *annotations:\n"
          + " *checksum/.*| *helm\\.sh/chart: .*| *app\\.kubernetes\\.io/managed-by: Helm)\\R";

  @Test
  void daemonSetIsTheChartWithItsDefaults() {
    String head =
        """
        # A proxy at port 5000 of each node, and three memcached servers, in the namespace default:
        #   kubectl apply -f daemonset.yaml
        # Made from helm/fairlead with its defaults. In another namespace the names of the servers in the
        # ConfigMap are others, too.
        """;

    assertIs("daemonset.yaml", head, Rendering.with("{}"), "cache");
  }

  @Test
  void sidecarIsTheChartOfAnApplication(@TempDir Path folder) {
    String head =
        """
        # An application with the proxy in its own pods, for Kubernetes 1.29 and newer, and two memcached
        # servers, in the namespace default. Put your own application in place of example/app.
        # Made from the chart in helm/src/test/resources/charts/app, which takes the proxy from helm/fairlead.
        """;

    assertIs(
        "sidecar.yaml",
        head,
        Rendering.with("{}").chart(AppChart.in(folder)).withDependencies(),
        "app");
  }

  private static void assertIs(String name, String head, Rendering rendering, String release) {
    String rendered =
        rendering.release(release).namespace("default").text().replaceAll(HELMS_OWN, "").strip();
    Path file = FOLDER.resolve(name);
    if (Chart.WRITES) {
      Chart.write(file, head + rendered + "\n");
    }

    assertThat(Chart.read(file)).isEqualTo(head + rendered + "\n");
    assertThat(Objects.parse(rendered).all()).isNotEmpty();
  }
}
