package io.fairlead.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The Pod Security Standard "restricted", control by control, for every pod of every set of values;
 * only ports of the node, and the network of the node, are what some sets ask for.
 */
class PodSecurityTest {
  @ParameterizedTest
  @MethodSource("io.fairlead.helm.Chart#valueSets")
  void runsAsNobodyInParticular(String valueSet) {
    assertThat(pods(valueSet))
        .allSatisfy(
            pod -> {
              PodSecurityContext context = pod.getSecurityContext();
              assertThat(context.getRunAsNonRoot()).isTrue();
              assertThat(context.getRunAsUser()).isPositive();
              assertThat(context.getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
              assertThat(context.getSysctls()).isEmpty();
              assertThat(context.getSeLinuxOptions()).isNull();
            });
  }

  @ParameterizedTest
  @MethodSource("io.fairlead.helm.Chart#valueSets")
  void containersCannotGainAnything(String valueSet) {
    assertThat(pods(valueSet).stream().flatMap(PodSecurityTest::containers))
        .allSatisfy(
            container -> {
              SecurityContext context = container.getSecurityContext();
              assertThat(context.getAllowPrivilegeEscalation()).isFalse();
              assertThat(context.getReadOnlyRootFilesystem()).isTrue();
              assertThat(context.getPrivileged()).isNull();
              assertThat(context.getProcMount()).isNull();
              assertThat(context.getRunAsUser()).isNull();
              assertThat(context.getRunAsNonRoot()).isNull();
              assertThat(context.getSeccompProfile()).isNull();
              assertThat(context.getCapabilities().getDrop()).containsExactly("ALL");
              assertThat(context.getCapabilities().getAdd()).isEmpty();
            });
  }

  @ParameterizedTest
  @MethodSource("io.fairlead.helm.Chart#valueSets")
  void nothingOfTheNodeIsUsed(String valueSet) {
    assertThat(pods(valueSet))
        .allSatisfy(
            pod -> {
              assertThat(pod.getHostIPC()).isNull();
              assertThat(pod.getHostPID()).isNull();
              assertThat(pod.getVolumes()).allMatch(PodSecurityTest::isAllowed);
            });
  }

  private static boolean isAllowed(Volume volume) {
    return volume.getConfigMap() != null
        || volume.getEmptyDir() != null
        || volume.getSecret() != null;
  }

  @ParameterizedTest
  @MethodSource("io.fairlead.helm.Chart#valueSets")
  void portsOfTheNodeAreTakenWhereTheyAreAskedFor(String valueSet) {
    List<PodSpec> pods = pods(valueSet);

    List<Integer> hostPorts =
        pods.stream()
            .flatMap(PodSecurityTest::containers)
            .flatMap(container -> container.getPorts().stream())
            .map(ContainerPort::getHostPort)
            .filter(port -> port != null)
            .toList();
    List<Boolean> hostNetworks =
        pods.stream().map(PodSpec::getHostNetwork).filter(used -> used != null).toList();

    boolean isOnTheNode = List.of("default", "external", "replset").contains(valueSet);
    assertThat(hostPorts).isEqualTo(isOnTheNode ? List.of(5000) : List.of());
    assertThat(hostNetworks).isEqualTo(valueSet.equals("host-network") ? List.of(true) : List.of());
  }

  @ParameterizedTest
  @MethodSource("io.fairlead.helm.Chart#valueSets")
  void noTokenIsMountedWithoutNeed(String valueSet) {
    assertThat(Rendering.of(valueSet).objects().pods())
        .allSatisfy(
            pod -> {
              boolean asks =
                  valueSet.equals("endpointslice")
                      && pod.getSpec().getContainers().get(0).getName().equals("fairlead");
              assertThat(pod.getSpec().getAutomountServiceAccountToken()).isEqualTo(asks);
            });
  }

  @Test
  void secretsAreReadableByTheGroupOfThePodAlone() {
    PodSpec pod = Rendering.of("full").objects().proxyPod().getSpec();

    assertThat(pod.getSecurityContext().getFsGroup()).isEqualTo(65532);
    assertThat(pod.getVolumes())
        .filteredOn(volume -> volume.getSecret() != null)
        .hasSize(2)
        .allMatch(volume -> volume.getSecret().getDefaultMode() == 0440);
  }

  private static List<PodSpec> pods(String valueSet) {
    List<PodSpec> pods =
        Rendering.of(valueSet).objects().pods().stream().map(pod -> pod.getSpec()).toList();
    assertThat(pods).isNotEmpty();
    return pods;
  }

  private static Stream<Container> containers(PodSpec pod) {
    return Stream.concat(pod.getContainers().stream(), pod.getInitContainers().stream());
  }
}
