package io.fairlead.config;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.yaml.snakeyaml.error.Mark;
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
  private final Map<String, Mark> marks = new HashMap<>();

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
    Node root = YamlText.compose(text, new Problems(fileName));
    if (root != null) {
      places.add(new ConfigValue(new Problems(fileName), "", root), root, 0);
    }
    return places;
  }

  /** Whether the file has a value at a path, such as {@code pools.main.hash}. */
  public boolean has(String path) {
    return marks.containsKey(path);
  }

  /**
   * Something odd about {@code path}, at the place of {@code at}; at the file if that is not there.
   */
  public Problem problem(String at, String path, String value, String expected) {
    Mark mark = marks.get(at);
    int line = mark == null ? 0 : mark.getLine() + 1;
    int column = mark == null ? 0 : mark.getColumn() + 1;
    return new Problem(file, line, column, path, value, expected, null);
  }

  /** Aliases can make few lines into any number of paths, or go round in a circle. */
  private void add(ConfigValue value, Node node, int depth) {
    if (depth > DEEPEST || marks.size() > MOST) {
      return;
    }
    marks.putIfAbsent(value.path(), node.getStartMark());
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
