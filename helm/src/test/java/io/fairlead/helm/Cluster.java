package io.fairlead.helm;

import static java.util.Objects.requireNonNull;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;

/** The objects that the commands of a page have made so far, as a cluster would have them. */
final class Cluster {
  private static final String NAMESPACE = "default";

  private final Map<String, Objects> releases = new LinkedHashMap<>();

  /** Does what {@code helm install} and {@code helm upgrade} do, with these words behind them. */
  void install(List<String> words) {
    Iterator<String> rest = words.iterator();
    String release = rest.next();
    TemplateCommand command =
        new Helm(Chart.REPOSITORY.resolve(rest.next()))
            .template()
            .withName(release)
            .withNamespace(NAMESPACE)
            .withKubeVersion(Rendering.KUBERNETES);
    while (rest.hasNext()) {
      String option = rest.next();
      String value = rest.next();
      int equals = value.indexOf('=');
      switch (option) {
        case "--set" -> command.set(value.substring(0, equals), value.substring(equals + 1));
        case "--set-file" ->
            command.setFile(value.substring(0, equals), file(value.substring(equals + 1)));
        case "-f" -> command.withValuesFile(file(value));
        default -> throw new IllegalArgumentException("an option that no page has used: " + option);
      }
    }
    releases.put(release, Objects.parse(command.call()));
  }

  /** Does what {@code kubectl apply} does with a file. */
  void apply(String file) {
    releases.put(file, Objects.parse(Chart.read(file(file))));
  }

  private static Path file(String name) {
    return Chart.REPOSITORY.resolve(name);
  }

  Objects release(String name) {
    return requireNonNull(releases.get(name), () -> "no release " + name);
  }

  /** An object by its kind, in any case, and name. */
  HasMetadata object(String kind, String name) {
    List<String> known = new ArrayList<>();
    for (Objects objects : releases.values()) {
      for (HasMetadata object : objects.all()) {
        if (object.getKind().toLowerCase(Locale.ROOT).equals(kind)) {
          known.add(object.getMetadata().getName());
          if (object.getMetadata().getName().equals(name)) {
            return object;
          }
        }
      }
    }
    throw new NoSuchElementException("no " + kind + " " + name + ", but " + known);
  }

  /** The template of a pod, as of {@code cache-0}, or of the first of {@code daemonset/proxy}. */
  PodTemplateSpec pod(String name) {
    int slash = name.indexOf('/');
    if (slash >= 0) {
      return template(object(name.substring(0, slash), name.substring(slash + 1)));
    }
    int dash = name.lastIndexOf('-');
    StatefulSet set = (StatefulSet) object("statefulset", name.substring(0, dash));
    int ordinal = Integer.parseInt(name.substring(dash + 1));
    if (ordinal >= set.getSpec().getReplicas()) {
      throw new NoSuchElementException("no pod " + name);
    }
    return set.getSpec().getTemplate();
  }

  private static PodTemplateSpec template(HasMetadata controller) {
    if (controller instanceof DaemonSet set) {
      return set.getSpec().getTemplate();
    }
    return ((StatefulSet) controller).getSpec().getTemplate();
  }

  /** Pods with all of these labels, as in {@code a=b,c=d}. */
  List<PodTemplateSpec> podsWith(String labels) {
    Map<String, String> wanted = labels(labels);
    return releases.values().stream()
        .flatMap(objects -> objects.pods().stream())
        .filter(pod -> pod.getMetadata().getLabels().entrySet().containsAll(wanted.entrySet()))
        .toList();
  }

  static Map<String, String> labels(String text) {
    Map<String, String> labels = new TreeMap<>();
    for (String label : text.split(",")) {
      String[] sides = label.split("=", 2);
      labels.put(sides[0], sides[1]);
    }
    return labels;
  }

  /** The service that a host name leads to from within the cluster. */
  Service service(String host) {
    String name = host.split("\\.")[0];
    return (Service) object("service", name);
  }

  /** Those of a page that stand between two of its commands are others. */
  Optional<String> clash() {
    Map<String, String> owners = new HashMap<>();
    for (Map.Entry<String, Objects> release : releases.entrySet()) {
      for (String name : release.getValue().names()) {
        String other = owners.put(name, release.getKey());
        if (other != null) {
          return Optional.of(name + " is of " + other + " and of " + release.getKey());
        }
      }
    }
    return Optional.empty();
  }
}
