package io.fairlead.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.Rule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Metrics, dashboard and alerts. The chart has copies of the files in config-examples/monitoring,
 * as Helm reads nothing outside of a chart; {@code -Dfairlead.write=true} copies them anew.
 */
class MonitoringTest {
  private static final Path SOURCE = Chart.REPOSITORY.resolve("config-examples/monitoring");

  @ParameterizedTest
  @ValueSource(strings = {"fairlead-alerts.yaml", "fairlead-dashboard.json"})
  void chartHasWhatIsShippedElsewhere(String name) {
    String shipped = Chart.read(SOURCE.resolve(name));
    Path copy = Chart.FOLDER.resolve("files").resolve(name);
    if (Chart.WRITES) {
      Chart.write(copy, shipped);
    }

    assertThat(Chart.read(copy)).isEqualTo(shipped);
  }

  @Test
  void alertsAreThoseOfTheFile() {
    PrometheusRule rule = Rendering.of("full").objects().of(PrometheusRule.class).get(0);

    List<Rule> rules = rule.getSpec().getGroups().get(0).getRules();

    Object groups = Chart.map(Chart.read(SOURCE.resolve("fairlead-alerts.yaml"))).get("groups");
    assertThat(groups)
        .asInstanceOf(InstanceOfAssertFactories.list(Map.class))
        .singleElement()
        .extracting(group -> group.get("rules"), InstanceOfAssertFactories.LIST)
        .hasSameSizeAs(rules);
    assertThat(rules.get(0).getAlert()).isEqualTo("FairleadBackendDown");
    assertThat(rules.get(0).getAnnotations().get("summary")).contains("{{ $labels.backend }}");
    assertThat(rule.getMetadata().getLabels()).containsEntry("release", "prometheus");
  }

  @Test
  void dashboardIsTheFile() {
    ConfigMap dashboard =
        Rendering.of("full").objects().one(ConfigMap.class, "demo-fairlead-dashboard");

    assertThat(dashboard.getData().get("fairlead-dashboard.json"))
        .isEqualToIgnoringNewLines(Chart.read(SOURCE.resolve("fairlead-dashboard.json")));
    assertThat(dashboard.getMetadata().getLabels()).containsEntry("grafana_dashboard", "1");
  }

  @Test
  void monitorMayBeInTheNamespaceOfPrometheus() {
    ServiceMonitor monitor =
        Rendering.of("full")
            .and("metrics: {serviceMonitor: {namespace: monitoring, scrapeTimeout: 5s}}")
            .objects()
            .of(ServiceMonitor.class)
            .get(0);

    assertThat(monitor.getMetadata().getNamespace()).isEqualTo("monitoring");
    assertThat(monitor.getSpec().getNamespaceSelector().getMatchNames()).containsExactly("shop");
    assertThat(monitor.getSpec().getEndpoints().get(0).getScrapeTimeout()).isEqualTo("5s");
  }

  @Test
  void nothingOfPrometheusIsMadeUnlessItIsAskedFor() {
    assertThat(Rendering.of("default").text()).doesNotContain("monitoring.coreos.com");
  }

  @Test
  void statisticsOfServersAreAskedForUnlessSwitchedOff() {
    assertThat(ReadConfig.with("{}").pool().connection().serverStats()).hasSeconds(15);
    assertThat(ReadConfig.with("metrics: {serverStats: ''}").pool().connection().serverStats())
        .isZero();
  }
}
