package io.fairlead.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fairlead.config.Address;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The chart app, whose pods have the proxy beside their own container. */
class SidecarTest {
  /** The last version without native sidecars: it refuses restartPolicy in a container. */
  private static final String BEFORE = "v1.28.9";

  private Path app = Path.of("");

  @BeforeEach
  void copyTheCharts(@TempDir Path folder) {
    app = AppChart.in(folder);
  }

  @Test
  void isAnInitContainerThatGoesOnWhereThatExists() {
    PodSpec pod = pod(rendering()).getSpec();

    assertThat(pod.getContainers()).extracting(Container::getName).containsExactly("app");
    assertThat(pod.getInitContainers())
        .singleElement()
        .satisfies(
            proxy -> {
              assertThat(proxy.getName()).isEqualTo("fairlead");
              assertThat(proxy.getRestartPolicy()).isEqualTo("Always");
              assertThat(proxy.getStartupProbe().getHttpGet().getPath()).isEqualTo("/startupz");
            });
  }

  @Test
  void isAContainerAmongOthersBefore() {
    PodSpec pod = pod(rendering().kubernetes(BEFORE)).getSpec();

    assertThat(pod.getInitContainers()).isEmpty();
    assertThat(pod.getContainers())
        .extracting(Container::getName)
        .containsExactly("app", "fairlead");
    assertThat(pod.getContainers()).allMatch(container -> container.getRestartPolicy() == null);
  }

  @ParameterizedTest
  @ValueSource(strings = {Rendering.KUBERNETES, BEFORE})
  void bringsItsVolumesAndConfiguration(String kubernetes) {
    Objects objects = rendering().kubernetes(kubernetes).objects();
    PodSpec pod = objects.one(Deployment.class, "demo").getSpec().getTemplate().getSpec();

    Volume config = pod.getVolumes().get(0);
    assertThat(objects.has(ConfigMap.class, config.getConfigMap().getName())).isTrue();
    assertThat(proxyOf(pod).getVolumeMounts())
        .extracting(VolumeMount::getName)
        .containsExactlyElementsOf(pod.getVolumes().stream().map(Volume::getName).toList());
  }

  @Test
  void servesItsPodAlone() {
    Objects objects = rendering().objects();
    ReadConfig config = ReadConfig.read(objects.config());

    assertThat(config.warnings()).isEmpty();
    assertThat(config.listener().address()).isEqualTo(new Address.Tcp("127.0.0.1", 5000));
    assertThat(config.admin().address()).isEqualTo(new Address.Tcp("0.0.0.0", 9090));
    assertThat(config.admin().hosts()).isEmpty();
    assertThat(config.pool().servers())
        .extracting(server -> server.name())
        .containsExactly("demo-memcached-0", "demo-memcached-1");
  }

  @Test
  void needsLittleMemory() {
    Container proxy = proxyOf(pod(rendering()).getSpec());

    assertThat(proxy.getEnv().get(0).getValue())
        .isEqualTo("-Xmx48m -XX:MaxDirectMemorySize=64m -XX:TieredStopAtLevel=1 -Xmn4m");
    assertThat(proxy.getResources().getLimits().get("memory")).hasToString("256Mi");
  }

  @Test
  void memoryThatDoesNotFitIsRefused() {
    Rendering rendering = rendering().and("fairlead: {sidecar: {java: {heap: 128Mi}}}");

    assertThatThrownBy(rendering::text)
        .hasMessageContaining("sidecar.java.heap: 128Mi, with directMemory 64Mi");
  }

  @Test
  void passesPodSecurityByItself() {
    var context = proxyOf(pod(rendering()).getSpec()).getSecurityContext();

    assertThat(context.getRunAsNonRoot()).isTrue();
    assertThat(context.getRunAsUser()).isEqualTo(65532);
    assertThat(context.getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
    assertThat(context.getAllowPrivilegeEscalation()).isFalse();
    assertThat(context.getReadOnlyRootFilesystem()).isTrue();
    assertThat(context.getCapabilities().getDrop()).containsExactly("ALL");
  }

  @Test
  void nothingElseOfTheProxyIsInstalled() {
    assertThat(rendering().objects().all())
        .filteredOn(object -> isOfTheProxy(object))
        .extracting(HasMetadata::getKind)
        .containsExactly("ConfigMap");
  }

  private static boolean isOfTheProxy(HasMetadata object) {
    return object.getMetadata().getLabels() != null
        && "proxy".equals(object.getMetadata().getLabels().get("app.kubernetes.io/component"));
  }

  @Test
  void changedConfigurationCanReplaceThePod() {
    PodTemplateSpec before = pod(rendering());
    PodTemplateSpec after = pod(rendering().and("fairlead: {proxy: {timeout: 100}}"));

    assertThat(before.getMetadata().getAnnotations())
        .isNotEqualTo(after.getMetadata().getAnnotations());
  }

  @Test
  void otherControllersAreRefused() {
    Rendering rendering = rendering().and("fairlead: {controller: daemonset}");

    assertThatThrownBy(rendering::text)
        .hasMessageContaining("controller: daemonset (expected: sidecar");
  }

  private Rendering rendering() {
    return Rendering.with("{}").chart(app).withDependencies();
  }

  private static PodTemplateSpec pod(Rendering rendering) {
    return rendering.objects().one(Deployment.class, "demo").getSpec().getTemplate();
  }

  private static Container proxyOf(PodSpec pod) {
    return List.of(pod.getInitContainers(), pod.getContainers()).stream()
        .flatMap(List::stream)
        .filter(container -> container.getName().equals("fairlead"))
        .findFirst()
        .orElseThrow();
  }
}
