package io.fairlead.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The commands of docs/kubernetes.md, as far as they can be followed without a cluster. */
class KubernetesPageTest {
  static final Path PAGE = Chart.REPOSITORY.resolve("docs/kubernetes.md");

  private static final Set<String> INSTALLS = Set.of("install", "upgrade");

  @Test
  void everyCommandFindsWhatItNames() {
    Cluster cluster = new Cluster();
    List<ConsoleLine> lines = ConsoleLine.of(Chart.read(PAGE));
    for (ConsoleLine line : lines) {
      follow(line, cluster);
    }

    assertThat(lines).hasSizeGreaterThan(30);
    assertThat(cluster.clash()).isEmpty();
  }

  static void follow(ConsoleLine line, Cluster cluster) {
    List<String> words = line.words();
    try {
      if (words.get(0).equals("helm")) {
        assertThat(words.get(1)).isIn(INSTALLS);
        cluster.install(line.wordsAfter(2));
      } else {
        assertThat(words.get(0)).isEqualTo("kubectl");
        new Kubectl(cluster).check(line);
      }
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError(line.text() + ": " + e.getMessage(), e);
    }
  }

  @Test
  void whatIsNotThereIsMissed() {
    Cluster cluster = new Cluster();
    follow("helm install mycache helm/fairlead", cluster);
    for (String line :
        List.of(
            "helm install other helm/fairlead --set controler=deployment",
            "kubectl rollout status daemonset/mycache",
            "kubectl get pods -l app=mycache",
            "kubectl exec mycache-memcached-3 -- ls",
            "kubectl exec mycache-memcached-0 -- nc 127.0.0.1 11212",
            "kubectl run x --image=alpine -- telnet mycache-fairlead 5001",
            "kubectl run x --image=alpine -- telnet mycache 5000",
            "kubectl port-forward daemonset/mycache-fairlead 9091",
            "kubectl get service mycache-fairlead -o jsonpath='{.spec.ports[1].port}'",
            "kubectl frobnicate daemonset/mycache-fairlead")) {
      assertThatThrownBy(() -> follow(line, cluster)).as(line).isInstanceOf(AssertionError.class);
    }
  }

  private static void follow(String line, Cluster cluster) {
    follow(new ConsoleLine(line, List.of()), cluster);
  }
}
