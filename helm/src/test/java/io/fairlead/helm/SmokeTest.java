package io.fairlead.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The pod of {@code helm test}, which Helm leaves out of what it renders as long as it is a hook.
 */
class SmokeTest {
  @TempDir private Path folder;

  @Test
  void asksTheServiceOfTheProxy() {
    Objects objects = Rendering.of("default").chart(SmokePod.withoutHook(folder)).objects();

    Container smoke = pod(objects).getSpec().getContainers().get(0);

    Service service = objects.one(Service.class, "demo-fairlead");
    assertThat(smoke.getImage()).isEqualTo(objects.proxy().getImage());
    assertThat(smoke.getArgs())
        .startsWith(
            "bench",
            service.getMetadata().getName() + ":" + service.getSpec().getPorts().get(0).getPort());
  }

  @Test
  void isAsRestrictedAsTheProxy() {
    Objects objects =
        Rendering.of("restricted")
            .and("service: {port: 11211}")
            .chart(SmokePod.withoutHook(folder))
            .objects();

    Pod pod = pod(objects);

    assertThat(pod.getSpec().getContainers().get(0).getArgs()).contains("demo-fairlead:11211");
    assertThat(pod.getSpec().getAutomountServiceAccountToken()).isFalse();
    assertThat(pod.getSpec().getSecurityContext())
        .isEqualTo(objects.proxyPod().getSpec().getSecurityContext());
    assertThat(pod.getSpec().getContainers().get(0).getSecurityContext())
        .isEqualTo(objects.proxy().getSecurityContext());
  }

  @Test
  void isSelectedByNoService() {
    Objects objects = Rendering.of("default").chart(SmokePod.withoutHook(folder)).objects();

    for (Service service : objects.of(Service.class)) {
      assertThat(
              pod(objects)
                  .getMetadata()
                  .getLabels()
                  .entrySet()
                  .containsAll(service.getSpec().getSelector().entrySet()))
          .as(service.getMetadata().getName())
          .isFalse();
    }
  }

  @Test
  void isLetInByThePolicy() {
    Objects objects = Rendering.of("restricted").chart(SmokePod.withoutHook(folder)).objects();

    var from = objects.of(NetworkPolicy.class).get(0).getSpec().getIngress().get(0).getFrom();

    assertThat(from)
        .anySatisfy(
            peer ->
                assertThat(pod(objects).getMetadata().getLabels())
                    .containsAllEntriesOf(peer.getPodSelector().getMatchLabels()));
  }

  @Test
  void isTheOnlyHook() {
    String hook = "helm.sh/hook: test";

    assertThat(Chart.read(SmokePod.template(Chart.FOLDER))).contains(hook);
    assertThat(Rendering.of("full").text()).doesNotContain("helm.sh/hook");
  }

  private static Pod pod(Objects objects) {
    List<Pod> pods = objects.of(Pod.class);
    assertThat(pods).hasSize(1);
    return pods.get(0);
  }
}
