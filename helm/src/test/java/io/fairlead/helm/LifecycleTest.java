package io.fairlead.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fairlead.config.ShutdownSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How pods end and are replaced. */
class LifecycleTest {
  @ParameterizedTest
  @MethodSource("io.fairlead.helm.Chart#valueSets")
  void proxyHasTheTimeToEndThatItTakes(String valueSet) {
    Rendering rendering = Rendering.of(valueSet);
    ShutdownSettings shutdown = ReadConfig.of(rendering).settings().shutdown();

    long grace = rendering.objects().proxyPod().getSpec().getTerminationGracePeriodSeconds();

    assertThat(Duration.ofSeconds(grace))
        .isEqualTo(shutdown.delay().plus(shutdown.drain()).plusSeconds(5));
  }

  @ParameterizedTest
  @CsvSource({
    "5s,     20s,     30",
    "0s,     1m,      65",
    "1500ms, 100ms,   7",
    "2m,     30s,     155",
  })
  void gracePeriodFollowsFromTheDrain(String delay, String timeout, long seconds) {
    Rendering rendering = Rendering.with("drain: {delay: " + delay + ", timeout: " + timeout + "}");

    assertThat(rendering.objects().proxyPod().getSpec().getTerminationGracePeriodSeconds())
        .isEqualTo(seconds);
    assertThat(ReadConfig.of(rendering).warnings()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("io.fairlead.helm.Chart#valueSets")
  void nothingIsRunBeforeTheEnd(String valueSet) {
    assertThat(Rendering.of(valueSet).objects().proxy().getLifecycle()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "hostPort,    5000, 0, 1, 0",
    "hostPort,    null, 1, 0, 0",
    "hostNetwork, 5000, 1, 0, 10",
    "none,        5000, 1, 0, 0"
  })
  void nextPodComesFirstWhereTwoHaveRoom(
      String exposure, String port, int surge, int unavailable, int ready) {
    DaemonSet set =
        Rendering.with("daemonset: {exposure: " + exposure + ", hostPort: " + port + "}")
            .objects()
            .of(DaemonSet.class)
            .get(0);

    var rolling = set.getSpec().getUpdateStrategy().getRollingUpdate();
    assertThat(rolling.getMaxSurge().getIntVal()).isEqualTo(surge);
    assertThat(rolling.getMaxUnavailable().getIntVal()).isEqualTo(unavailable);
    assertThat(set.getSpec().getMinReadySeconds()).isEqualTo(ready);
  }

  @Test
  void configurationOfOnesOwnMayNotShareThePortsOfANode() {
    DaemonSet set =
        Rendering.of("host-network")
            .and("proxy: {config: 'pools: {main: {servers: []}}'}")
            .objects()
            .of(DaemonSet.class)
            .get(0);

    assertThat(set.getSpec().getUpdateStrategy().getRollingUpdate().getMaxSurge().getIntVal())
        .isZero();
  }

  @Test
  void deploymentNeverHasFewerPodsThanItShould() {
    Deployment deployment =
        Rendering.of("node-port").objects().one(Deployment.class, "demo-fairlead");

    assertThat(
            deployment.getSpec().getStrategy().getRollingUpdate().getMaxUnavailable().getIntVal())
        .isZero();
  }

  @Test
  void strategyMayBeGiven() {
    Rendering rendering =
        Rendering.of("local-service").and("{updateStrategy: {type: OnDelete}, minReadySeconds: 7}");

    DaemonSet set = rendering.objects().of(DaemonSet.class).get(0);

    assertThat(set.getSpec().getUpdateStrategy().getType()).isEqualTo("OnDelete");
    assertThat(set.getSpec().getUpdateStrategy().getRollingUpdate()).isNull();
    assertThat(set.getSpec().getMinReadySeconds()).isEqualTo(7);
  }

  @Test
  void allServersStartAtOnce() {
    StatefulSet servers =
        Rendering.of("default").objects().one(StatefulSet.class, "demo-memcached");

    assertThat(servers.getSpec().getPodManagementPolicy()).isEqualTo("Parallel");
  }

  @ParameterizedTest
  @ValueSource(strings = {"hot", "restart"})
  void changedConfigurationReplacesPodsOnlyWhenAskedTo(String reload) {
    String values = "{config: {reload: " + reload + "}, proxy: {timeout: %d}}";

    PodTemplateSpec before = Rendering.with(values.formatted(100)).objects().proxyPod();
    PodTemplateSpec after = Rendering.with(values.formatted(200)).objects().proxyPod();

    assertThat(before.equals(after)).isEqualTo(reload.equals("hot"));
  }

  @Test
  void anotherVersionOfTheChartAloneEmptiesNoServer(@TempDir Path folder) {
    Path chart = Chart.copyTo(Chart.FOLDER, folder.resolve("fairlead"));
    for (String name : List.of("Chart.yaml", "charts/memcached/Chart.yaml")) {
      Path file = chart.resolve(name);
      Chart.write(file, Chart.read(file).replaceAll("(?m)^( *version): .*", "$1: 0.2.0"));
    }

    Objects before = Rendering.of("default").objects();
    Objects after = Rendering.of("default").chart(chart).objects();

    assertThat(after.all()).isNotEqualTo(before.all());
    assertThat(after.pods()).isEqualTo(before.pods());
  }
}
