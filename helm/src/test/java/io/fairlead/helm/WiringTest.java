package io.fairlead.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What one object says of another one is so, in each set of values. */
@ParameterizedClass
@MethodSource("rendered")
class WiringTest {
  /** Ports that a process opens which declares none, as all ports of the node are its own. */
  private static final List<Integer> UNDECLARED = List.of(5000, 9090);

  private final Objects objects;

  WiringTest(Objects objects) {
    this.objects = objects;
  }

  static List<Named<Objects>> rendered() {
    return Chart.valueSets().stream()
        .map(valueSet -> Named.of(valueSet, Rendering.of(valueSet).objects()))
        .toList();
  }

  @Test
  void controllersSelectTheirOwnPodsAlone() {
    List<PodTemplateSpec> pods = objects.pods();

    assertThat(selectors())
        .hasSameSizeAs(pods)
        .allSatisfy(
            selector ->
                assertThat(pods.stream().filter(pod -> selects(selector.getMatchLabels(), pod)))
                    .hasSize(1));
    assertThat(pods.stream().filter(pod -> selects(selectors().get(0).getMatchLabels(), pod)))
        .containsExactly(pods.get(0));
  }

  /** In the order of {@link Objects#pods}. */
  private List<LabelSelector> selectors() {
    return Stream.of(
            objects.of(DaemonSet.class).stream().map(set -> set.getSpec().getSelector()),
            objects.of(StatefulSet.class).stream().map(set -> set.getSpec().getSelector()),
            objects.of(Deployment.class).stream().map(one -> one.getSpec().getSelector()))
        .flatMap(found -> found)
        .toList();
  }

  @Test
  void servicesLeadToPortsOfPods() {
    assertThat(objects.of(Service.class))
        .isNotEmpty()
        .allSatisfy(
            service -> {
              PodTemplateSpec pod = onlyPod(service.getSpec().getSelector());
              for (ServicePort port : service.getSpec().getPorts()) {
                assertThat(port.getName()).isNotEmpty();
                assertOpen(pod, port.getTargetPort());
              }
            });
  }

  @Test
  void statefulSetsHaveAServiceThatNamesTheirPods() {
    assertThat(objects.of(StatefulSet.class))
        .allSatisfy(
            set -> {
              Service service = objects.one(Service.class, set.getSpec().getServiceName());
              assertThat(service.getSpec().getClusterIP()).isEqualTo("None");
              assertThat(onlyPod(service.getSpec().getSelector()))
                  .isEqualTo(set.getSpec().getTemplate());
            });
  }

  @Test
  void probesAskPortsThatAreOpen() {
    for (PodTemplateSpec pod : objects.pods()) {
      Container container = pod.getSpec().getContainers().get(0);
      List<Probe> probes =
          List.of(
              container.getStartupProbe(),
              container.getLivenessProbe(),
              container.getReadinessProbe());
      for (Probe probe : probes) {
        assertOpen(
            pod,
            probe.getHttpGet() == null
                ? probe.getTcpSocket().getPort()
                : probe.getHttpGet().getPort());
      }
    }
  }

  @Test
  void proxyIsAskedByHttp() {
    Container proxy = objects.proxy();

    assertThat(proxy.getStartupProbe().getHttpGet().getPath()).isEqualTo("/startupz");
    assertThat(proxy.getLivenessProbe().getHttpGet().getPath()).isEqualTo("/livez");
    assertThat(proxy.getReadinessProbe().getHttpGet().getPath()).isEqualTo("/readyz");
  }

  @Test
  void everyMountHasItsVolumeAndEveryVolumeAMount() {
    for (PodTemplateSpec pod : objects.pods()) {
      List<String> volumes = pod.getSpec().getVolumes().stream().map(Volume::getName).toList();
      List<VolumeMount> mounts =
          pod.getSpec().getContainers().stream()
              .flatMap(container -> container.getVolumeMounts().stream())
              .toList();

      assertThat(mounts).extracting(VolumeMount::getMountPath).doesNotHaveDuplicates();
      assertThat(mounts)
          .extracting(VolumeMount::getName)
          .containsExactlyInAnyOrderElementsOf(volumes);
      assertThat(mounts).allMatch(mount -> mount.getSubPath() == null); // it would not follow
    }
  }

  @Test
  void mountedConfigMapsAreThere() {
    objects.proxyPod().getSpec().getVolumes().stream()
        .filter(volume -> volume.getConfigMap() != null)
        .forEach(
            volume ->
                assertThat(
                        objects
                            .one(ConfigMap.class, volume.getConfigMap().getName())
                            .getData()
                            .keySet())
                    .contains(volume.getConfigMap().getItems().get(0).getKey()));
  }

  @Test
  void serviceAccountIsThere() {
    assertThat(
            objects.has(ServiceAccount.class, objects.proxyPod().getSpec().getServiceAccountName()))
        .isTrue();
  }

  @Test
  void disruptionBudgetsSelectPods() {
    assertThat(objects.of(PodDisruptionBudget.class))
        .allSatisfy(
            budget ->
                assertThat(onlyPod(budget.getSpec().getSelector().getMatchLabels())).isNotNull());
  }

  @Test
  void whatIsScaledIsThere() {
    assertThat(objects.of(HorizontalPodAutoscaler.class))
        .allSatisfy(
            scaler ->
                assertThat(
                        objects
                            .one(Deployment.class, scaler.getSpec().getScaleTargetRef().getName())
                            .getSpec()
                            .getReplicas())
                    .isNull());
  }

  @Test
  void monitorsFindTheServiceOfTheAdminPort() {
    assertThat(objects.of(ServiceMonitor.class))
        .allSatisfy(
            monitor -> {
              Map<String, String> labels = monitor.getSpec().getSelector().getMatchLabels();
              String port = monitor.getSpec().getEndpoints().get(0).getPort();
              assertThat(objects.of(Service.class))
                  .filteredOn(service -> hasLabels(service, labels))
                  .singleElement()
                  .satisfies(
                      service ->
                          assertThat(service.getSpec().getPorts())
                              .extracting(ServicePort::getName)
                              .containsExactly(port));
            });
  }

  @Test
  void everythingIsInTheNamespaceThatItIsMeantFor() {
    assertThat(objects.all())
        .filteredOn(object -> !isRight(object) && object.getMetadata().getNamespace() != null)
        .isNotEmpty()
        .allMatch(object -> object.getMetadata().getNamespace().equals(Rendering.NAMESPACE));
  }

  /** Rights are given where the servers are. */
  private static boolean isRight(HasMetadata object) {
    return object instanceof Role || object instanceof RoleBinding;
  }

  private static boolean hasLabels(HasMetadata object, Map<String, String> labels) {
    return object.getMetadata().getLabels().entrySet().containsAll(labels.entrySet());
  }

  private PodTemplateSpec onlyPod(Map<String, String> selector) {
    List<PodTemplateSpec> selected =
        objects.pods().stream().filter(pod -> selects(selector, pod)).toList();
    assertThat(selected).as("pods with %s", selector).hasSize(1);
    return selected.get(0);
  }

  private static boolean selects(Map<String, String> selector, PodTemplateSpec pod) {
    return pod.getMetadata().getLabels().entrySet().containsAll(selector.entrySet());
  }

  private static void assertOpen(PodTemplateSpec pod, IntOrString port) {
    List<ContainerPort> ports = pod.getSpec().getContainers().get(0).getPorts();
    if (port.getStrVal() != null) {
      assertThat(ports).extracting(ContainerPort::getName).contains(port.getStrVal());
    } else {
      assertThat(pod.getSpec().getHostNetwork()).isTrue();
      assertThat(ports).isEmpty();
      assertThat(UNDECLARED).contains(port.getIntVal());
    }
  }
}
