package io.fairlead.config;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Where the values of a configuration file stand, by key path; for those who look at settings and
 * want to point at the line they come from.
 *
 * <p>It knows nothing of what the keys mean, and is empty for a text that is no YAML.
 */
public final class KeyPlaces {
  private static final int DEEPEST = 10;
  private static final int MOST = 100_000;

  private final String file;
  private final Map<String, Node> nodes = new HashMap<>();

  private KeyPlaces(String file) {
    this.file = file;
  }

  /** The places in a file. */
  public static KeyPlaces read(Path file) {
    Problems ignored = new Problems(file.toString());
    return of(ConfigLoader.text(file, ignored), file.toString());
  }

  /** The places in a text; {@code fileName} is what messages call it. */
  public static KeyPlaces of(String text, String fileName) {
    KeyPlaces places = new KeyPlaces(fileName);
    String unmarked = text.startsWith("\uFEFF") ? text.substring(1) : text;
    Node root = YamlText.compose(unmarked, new Problems(fileName));
    if (root != null) {
      places.add(new ConfigValue(new Problems(fileName), "", root), root, 0);
    }
    return places;
  }

  /** The path of a key in the map at the path {@code parent}, empty for the document. */
  public static String path(String parent, String key) {
    return ConfigValue.pathOf(parent, key);
  }

  /** The source text of the value at a path; null when the file has none, or no scalar. */
  @Nullable String text(String path) {
    return nodes.get(path) instanceof ScalarNode scalar ? scalar.getValue() : null;
  }

  /** Whether the file has a value at a path, such as {@code pools.main.hash}. */
  public boolean has(String path) {
    return nodes.containsKey(path);
  }

  /**
   * Something odd about {@code path}, at the place of {@code at}; at the file if that is not there.
   */
  public Problem problem(String at, String path, String value, String expected) {
    Node node = nodes.get(at);
    int line = node == null ? 0 : node.getStartMark().getLine() + 1;
    int column = node == null ? 0 : node.getStartMark().getColumn() + 1;
    return new Problem(file, line, column, path, value, expected, null);
  }

  /** Aliases can make few lines into any number of paths, or go round in a circle. */
  private void add(ConfigValue value, Node node, int depth) {
    if (depth > DEEPEST || nodes.size() > MOST) {
      return;
    }
    nodes.putIfAbsent(value.path(), node);
    if (node instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) {
        if (tuple.getKeyNode() instanceof ScalarNode key) {
          add(value.at(key.getValue(), tuple.getValueNode()), tuple.getValueNode(), depth + 1);
        }
      }
    } else if (node instanceof SequenceNode sequence) {
      for (int i = 0; i < sequence.getValue().size(); i++) {
        Node element = sequence.getValue().get(i);
        add(value.element(i, element), element, depth + 1);
      }
    }
  }
}
