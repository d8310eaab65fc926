package io.fairlead.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fairlead.config.Address;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of objects, whatever the release is called. */
class NamesTest {
  /** As long as Helm lets a release be called. */
  private static final String LONGEST = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

  @ParameterizedTest
  @CsvSource({
    "demo,      demo-fairlead,      demo-memcached",
    "fairlead,  fairlead,           fairlead-memcached",
    "memcached, memcached-fairlead, memcached-memcached",
    "a-fairlead, a-fairlead-fairlead, a-fairlead-memcached"
  })
  void areMadeFromTheRelease(String release, String proxy, String servers) {
    Objects objects = Rendering.of("default").release(release).objects();

    assertThat(objects.has(Service.class, proxy)).isTrue();
    assertThat(objects.has(StatefulSet.class, servers)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"demo", "fairlead", "memcached", "a.b", LONGEST})
  void fitIntoWhatKubernetesAllows(String release) {
    Objects objects = Rendering.of("statefulset").release(release).objects();

    assertThat(objects.of(Service.class))
        .hasSize(4)
        .allMatch(service -> name(service).matches("[a-z]([-a-z0-9]{0,61}[a-z0-9])?"));
    // The label controller-revision-hash of its pods has 11 characters more, and 63 at most.
    assertThat(objects.of(StatefulSet.class))
        .hasSize(2)
        .allMatch(set -> name(set).matches("[a-z]([-a-z0-9]{0,50}[a-z0-9])?"));
    assertThat(objects.all())
        .flatExtracting(object -> object.getMetadata().getLabels().values())
        .allMatch(label -> label.toString().length() <= 63);
  }

  @Test
  void releasesOfOneNamespaceShareNone() {
    List<String> releases =
        List.of(
            "a",
            "a-fairlead",
            "a-memcached",
            "fairlead",
            "memcached",
            LONGEST,
            LONGEST.substring(1) + "b",
            "a.b",
            "a-b");
    List<String> names = new ArrayList<>();
    for (String release : releases) {
      names.addAll(Rendering.of("statefulset").release(release).objects().names());
    }

    Set<String> distinct = new HashSet<>(names);
    assertThat(names).hasSameSizeAs(distinct);
  }

  @Test
  void podsOfOneReleaseAreNotSelectedByAnother() {
    Objects one = Rendering.of("default").release("a").objects();
    Objects other = Rendering.of("default").release("a-fairlead").objects();

    for (Service service : one.of(Service.class)) {
      assertThat(other.pods())
          .noneMatch(
              pod ->
                  pod.getMetadata()
                      .getLabels()
                      .entrySet()
                      .containsAll(service.getSpec().getSelector().entrySet()));
    }
  }

  @Test
  void serversAreFoundUnderTheirNameThatWasCut() {
    Rendering rendering = Rendering.of("default").release(LONGEST);
    StatefulSet servers = rendering.objects().of(StatefulSet.class).get(0);

    Address first = ReadConfig.of(rendering).pool().servers().get(0).address();

    String name = name(servers);
    assertThat(first)
        .isEqualTo(new Address.Tcp(name + "-0." + name + ".shop.svc.cluster.local", 11211));
  }

  @Test
  void mayBeGiven() {
    Objects objects =
        Rendering.with("{fullnameOverride: cache, memcached: {fullnameOverride: mc}}").objects();

    assertThat(objects.names()).contains("DaemonSet cache", "StatefulSet mc", "Service mc");
    assertThat(ReadConfig.read(objects.config()).pool().servers().get(0).name()).isEqualTo("mc-0");
  }

  @Test
  void domainOfTheClusterIsInNamesOfServers() {
    assertThat(ReadConfig.with("clusterDomain: example.org").pool().servers().get(0).address())
        .hasToString("demo-memcached-0.demo-memcached.shop.svc.example.org:11211");
  }

  private static String name(HasMetadata object) {
    return object.getMetadata().getName();
  }
}
