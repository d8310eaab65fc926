package io.fairlead.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fairlead.config.Address;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with the chart stable/mcrouter 1.0.6, with its own values: not here. */
class McrouterChartTest {
  @Test
  void budgetsAreOfAnApiThatIsThereAndNoHooks() {
    Objects objects = Rendering.of("mcrouter-old").objects();

    assertThat(objects.of(PodDisruptionBudget.class))
        .hasSize(2)
        .allMatch(budget -> budget.getApiVersion().equals("policy/v1"))
        .allMatch(budget -> budget.getMetadata().getAnnotations().isEmpty());
  }

  @Test
  void statefulSetSelectsItsPods() {
    StatefulSet set =
        Rendering.with("controller: statefulset").objects().one(StatefulSet.class, "demo-fairlead");

    LabelSelector selector = set.getSpec().getSelector();

    assertThat(set.getSpec().getTemplate().getMetadata().getLabels())
        .containsAllEntriesOf(selector.getMatchLabels());
    assertThat(selector.getMatchLabels()).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({"hard, 1, 0", "soft, 0, 1", "none, 0, 0"})
  void antiAffinityIsAnObject(String kind, int required, int preferred) {
    for (PodTemplateSpec pod :
        Rendering.with(
                """
                controller: statefulset
                statefulset: { antiAffinity: %1$s }
                memcached: { AntiAffinity: %1$s }
                """
                    .formatted(kind))
            .objects()
            .pods()) {
      var affinity = pod.getSpec().getAffinity();
      if (required + preferred == 0) {
        assertThat(affinity).isNull();
      } else {
        var anti = affinity.getPodAntiAffinity();
        assertThat(anti.getRequiredDuringSchedulingIgnoredDuringExecution()).hasSize(required);
        assertThat(anti.getPreferredDuringSchedulingIgnoredDuringExecution()).hasSize(preferred);
      }
    }
  }

  @Test
  void affinityOfOnesOwnIsRenderedOnce() {
    String own =
        "{podAntiAffinity: {preferredDuringSchedulingIgnoredDuringExecution: []}, nodeAffinity:"
            + " {}}";

    Objects objects =
        Rendering.with(
                "{controller: statefulset, affinity: "
                    + own
                    + ", memcached: {affinity: "
                    + own
                    + "}}")
            .objects();

    assertThat(objects.pods())
        .hasSize(2)
        .allSatisfy(
            pod ->
                assertThat(
                        pod.getSpec()
                            .getAffinity()
                            .getPodAntiAffinity()
                            .getRequiredDuringSchedulingIgnoredDuringExecution())
                    .isEmpty());
  }

  @Test
  void memcachedIsLeftOutWhenItIsSwitchedOff() {
    Objects objects =
        Rendering.with("{memcached: {enabled: false}, memcachedService: {serviceName: cache}}")
            .objects();

    assertThat(objects.all())
        .extracting(object -> object.getMetadata().getLabels().get("app.kubernetes.io/component"))
        .containsOnly("proxy");
  }

  @Test
  void changedConfigurationReachesThePods() {
    String restart = "{config: {reload: restart}, memcached: {replicaCount: %d}}";

    DaemonSet before = proxies(restart.formatted(3));
    DaemonSet after = proxies(restart.formatted(4));

    String key = "checksum/config";
    assertThat(before.getSpec().getTemplate().getMetadata().getAnnotations()).containsKey(key);
    assertThat(before.getSpec().getTemplate().getMetadata().getAnnotations().get(key))
        .isNotEqualTo(after.getSpec().getTemplate().getMetadata().getAnnotations().get(key));
    assertThat(before.getMetadata().getAnnotations()).doesNotContainKey(key);
  }

  private static DaemonSet proxies(String values) {
    return Rendering.with(values).objects().of(DaemonSet.class).get(0);
  }

  @Test
  void domainAndPortAreValues() {
    String values =
        """
        clusterDomain: example.org
        memcached: { enabled: false }
        memcachedService: { serviceName: cache, replicaCount: 1, port: 11311 }
        """;

    assertThat(ReadConfig.with(values).pool().servers().get(0).address())
        .isEqualTo(new Address.Tcp("cache-0.cache.shop.svc.example.org", 11311));
  }

  @ParameterizedTest
  @ValueSource(strings = {"memcached", "mcrouter", "fairlead"})
  void serversExistWhateverTheReleaseIsCalled(String release) {
    Rendering rendering = Rendering.of("default").release(release);
    StatefulSet servers = rendering.objects().of(StatefulSet.class).get(0);

    String name = servers.getMetadata().getName();
    assertThat(ReadConfig.of(rendering).pool().servers().get(2).address())
        .hasToString(
            "%s-2.%s.shop.svc.cluster.local:11211"
                .formatted(name, servers.getSpec().getServiceName()));
  }

  @Test
  void withoutServersThereIsNoEmptyConfiguration() {
    assertThatThrownBy(Rendering.with("memcached: {enabled: false}")::text)
        .hasMessageContaining("memcachedService.serviceName: missing (expected: ");
  }

  @Test
  void probesAskWhetherTheProxyWorks() {
    var proxy = Rendering.of("mcrouter-old").objects().proxy();

    assertThat(proxy.getLivenessProbe().getTcpSocket()).isNull();
    assertThat(proxy.getReadinessProbe().getHttpGet().getPath()).isEqualTo("/readyz");
  }

  @Test
  void imageOfMcrouterIsRefused() {
    assertThatThrownBy(Rendering.with("image: jphalip/mcrouter:0.36.0")::text)
        .hasMessageContaining("image: jphalip/mcrouter:0.36.0 (expected: an image of Fairlead");
  }

  @Test
  void oldNamesOfValuesWork() {
    Objects objects =
        Rendering.of("mcrouter-old")
            .and("{mcrouterCommandParams: {port: 5010}, imagePullPolicy: Always}")
            .objects();

    assertThat(objects.proxy().getImage()).isEqualTo("example/fairlead:0.1.0");
    assertThat(objects.proxy().getImagePullPolicy()).isEqualTo("Always");
    assertThat(objects.proxy().getPorts().get(0).getContainerPort()).isEqualTo(5010);
    assertThat(ReadConfig.read(objects.config()).listener().address())
        .isEqualTo(new Address.Tcp("0.0.0.0", 5010));
    assertThat(objects.all()).extracting(HasMetadata::getKind).doesNotContain("DaemonSet");
  }
}
