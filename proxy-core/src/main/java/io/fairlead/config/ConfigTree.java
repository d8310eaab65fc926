package io.fairlead.config;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A configuration as maps, lists, strings, numbers and booleans, for those who want it in another
 * form than YAML.
 */
public final class ConfigTree {
  private ConfigTree() {}

  /** What {@link ConfigWriter} has written. */
  public static Object of(String yaml) {
    Problems problems = new Problems("");
    Node root = YamlText.compose(yaml, problems);
    if (root == null) {
      throw new IllegalArgumentException("no configuration");
    }
    return value(root);
  }

  private static Object value(Node node) {
    if (node instanceof MappingNode mapping) {
      Map<String, Object> map = new LinkedHashMap<>();
      for (NodeTuple tuple : mapping.getValue()) {
        map.put(((ScalarNode) tuple.getKeyNode()).getValue(), value(tuple.getValueNode()));
      }
      return map;
    }
    if (node instanceof SequenceNode sequence) {
      List<Object> list = new ArrayList<>();
      sequence.getValue().forEach(element -> list.add(value(element)));
      return list;
    }
    return scalar((ScalarNode) node);
  }

  /** As every reader of configurations takes it: what else YAML 1.1 has numbers for is text. */
  private static Object scalar(ScalarNode scalar) {
    String text = scalar.getValue();
    if (scalar.getScalarStyle() != ScalarStyle.PLAIN) {
      return text;
    }
    if (text.equals("true") || text.equals("false")) {
      return text.equals("true");
    }
    if (ValueKind.WHOLE_NUMBER.matcher(text).matches()) {
      return Long.valueOf(text);
    }
    return ValueKind.DECIMAL.matcher(text).matches() ? new BigDecimal(text) : text;
  }
}
