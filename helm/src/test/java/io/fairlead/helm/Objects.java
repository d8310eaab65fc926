package io.fairlead.helm;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/** The objects of one rendering. */
record Objects(List<HasMetadata> all) {
  static final String CONFIG = "fairlead.yaml";

  Objects {
    all = List.copyOf(all);
  }

  /** Parses documents, each strictly. */
  static Objects parse(String documents) {
    List<HasMetadata> found = new ArrayList<>();
    for (Object document : Chart.yaml().loadAll(documents)) {
      if (document != null) {
        @SuppressWarnings("unchecked") // an object of Kubernetes is nothing else
        Map<String, Object> fields = (Map<String, Object>) document;
        found.add(StrictModel.read(fields));
      }
    }
    return new Objects(found);
  }

  <T extends HasMetadata> List<T> of(Class<T> type) {
    return all.stream().filter(type::isInstance).map(type::cast).toList();
  }

  <T extends HasMetadata> T one(Class<T> type, String name) {
    return of(type).stream()
        .filter(object -> object.getMetadata().getName().equals(name))
        .findFirst()
        .orElseThrow(() -> new NoSuchElementException(type.getSimpleName() + " " + name + names()));
  }

  boolean has(Class<? extends HasMetadata> type, String name) {
    return of(type).stream().anyMatch(object -> object.getMetadata().getName().equals(name));
  }

  /** Kinds and names. */
  List<String> names() {
    return all.stream()
        .map(object -> object.getKind() + " " + object.getMetadata().getName())
        .toList();
  }

  /** The pods of all controllers. */
  List<PodTemplateSpec> pods() {
    List<PodTemplateSpec> pods = new ArrayList<>();
    of(DaemonSet.class).forEach(set -> pods.add(set.getSpec().getTemplate()));
    of(StatefulSet.class).forEach(set -> pods.add(set.getSpec().getTemplate()));
    of(Deployment.class).forEach(deployment -> pods.add(deployment.getSpec().getTemplate()));
    return pods;
  }

  /** The pod with the proxy as its first container. */
  PodTemplateSpec proxyPod() {
    return pods().stream()
        .filter(pod -> pod.getSpec().getContainers().get(0).getName().equals("fairlead"))
        .findFirst()
        .orElseThrow();
  }

  Container proxy() {
    return proxyPod().getSpec().getContainers().get(0);
  }

  /** The configuration in the ConfigMap of the proxy. */
  String config() {
    return of(ConfigMap.class).stream()
        .map(map -> map.getData().get(CONFIG))
        .filter(text -> text != null)
        .findFirst()
        .orElseThrow();
  }
}
