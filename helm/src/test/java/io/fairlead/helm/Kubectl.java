package io.fairlead.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks up what a command line of kubectl names: in a cluster it would find the same. */
record Kubectl(Cluster cluster) {
  private static final Set<String> PODS = Set.of("pod", "pods");
  private static final String SLICES = "endpointslices";
  private static final String SERVICE_LABEL = "kubernetes.io/service-name";
  private static final String OWN_HOST = "127.0.0.1";
  private static final String JSONPATH = "jsonpath=";
  private static final Pattern CONNECTS = Pattern.compile("(?:nc|telnet) ([\\w.-]+) (\\d+)");

  /** Fails when something of it is not there, or nothing here knows what it means. */
  void check(ConsoleLine line) {
    List<String> words = line.wordsAfter(1);
    switch (words.get(0)) {
      case "get" -> get(words.get(1), words, line);
      case "rollout" -> cluster.pod(words.get(2));
      case "logs" -> cluster.pod(words.get(1));
      case "exec" -> exec(cluster.pod(words.get(1)), line);
      case "port-forward" ->
          assertThat(ports(cluster.pod(words.get(1)))).contains(Integer.parseInt(words.get(2)));
      case "annotate" -> selects(words.get(1), words);
      case "run" -> run(line);
      case "apply" -> cluster.apply(after("-f", words));
      default -> throw new AssertionError("nobody has said what this is: " + line.text());
    }
  }

  private void get(String kind, List<String> words, ConsoleLine line) {
    if (words.contains("-l")) {
      selects(kind, words);
      return;
    }
    HasMetadata object = cluster.object(kind, words.get(2));
    if (words.contains("-o")) {
      String path = after("-o", words);
      assertThat(path).startsWith(JSONPATH);
      JsonNode value = at(object, path.substring(JSONPATH.length()));
      assertThat(value.isMissingNode()).as(path).isFalse();
      if (!line.output().isEmpty()) {
        assertThat(value.asText()).isEqualTo(String.join("\n", line.output()));
      }
    }
  }

  /** What an expression such as {@code {.spec.ports[0].port}} finds. */
  private static JsonNode at(HasMetadata object, String path) {
    JsonNode node = JsonMapper.builder().build().valueToTree(object);
    String inner = path.substring(2, path.length() - 1).replaceAll("\\[(\\d+)]", ".$1");
    for (String step : inner.split("(?<!\\\\)\\.")) {
      node = node.isArray() ? node.path(Integer.parseInt(step)) : node.path(step.replace("\\", ""));
    }
    return node;
  }

  private void selects(String kind, List<String> words) {
    String labels = after("-l", words);
    if (kind.equals(SLICES)) {
      cluster.service(Cluster.labels(labels).get(SERVICE_LABEL));
    } else {
      assertThat(kind).isIn(PODS);
      assertThat(cluster.podsWith(labels)).as(labels).isNotEmpty();
    }
  }

  /** In a pod that is there, a program finds what listens in that pod. */
  private void exec(PodTemplateSpec pod, ConsoleLine line) {
    Matcher connects = CONNECTS.matcher(line.text());
    while (connects.find()) {
      assertThat(connects.group(1)).isEqualTo(OWN_HOST);
      assertThat(ports(pod)).contains(Integer.parseInt(connects.group(2)));
    }
  }

  /** In one that is made for it, what services lead to. */
  private void run(ConsoleLine line) {
    Matcher connects = CONNECTS.matcher(line.text());
    while (connects.find()) {
      int port = Integer.parseInt(connects.group(2));
      assertThat(cluster.service(connects.group(1)).getSpec().getPorts())
          .as(connects.group())
          .anyMatch(each -> each.getPort() == port);
    }
  }

  private static List<Integer> ports(PodTemplateSpec pod) {
    return pod.getSpec().getContainers().stream()
        .map(Container::getPorts)
        .flatMap(List::stream)
        .map(port -> port.getContainerPort())
        .toList();
  }

  private static String after(String option, List<String> words) {
    return words.get(words.indexOf(option) + 1);
  }
}
