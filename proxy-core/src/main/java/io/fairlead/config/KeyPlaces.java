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
  private final Map<String, Place> places = new HashMap<>();

  private KeyPlaces(String file) {
    this.file = file;
  }

  /**
   * Where a value stands.
   *
   * @param line counted from 1
   * @param column counted from 1, in characters
   * @param text the value as it was written; null when it is no scalar, or nobody asks
   */
  public record Place(int line, int column, @Nullable String text) {
    public Place(int line, int column, @Nullable String text) {
      this.line = line;
      this.column = column;
      this.text = text;
    }

    private static Place of(Node node) {
      return new Place(
          node.getStartMark().getLine() + 1,
          node.getStartMark().getColumn() + 1,
          node instanceof ScalarNode scalar ? scalar.getValue() : null);
    }
  }

  /** The places that another reader has found, by their paths. */
  public static KeyPlaces of(Map<String, Place> found, String fileName) {
    KeyPlaces places = new KeyPlaces(fileName);
    places.places.putAll(found);
    return places;
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
    Place place = places.get(path);
    return place == null ? null : place.text();
  }

  /** Whether the file has a value at a path, such as {@code pools.main.hash}. */
  public boolean has(String path) {
    return places.containsKey(path);
  }

  /**
   * Something odd about {@code path}, at the place of {@code at}; at the file if that is not there.
   */
  public Problem problem(String at, String path, String value, String expected) {
    Place place = places.get(at);
    return new Problem(
        file,
        place == null ? 0 : place.line(),
        place == null ? 0 : place.column(),
        path,
        value,
        expected,
        null);
  }

  /** Aliases can make few lines into any number of paths, or go round in a circle. */
  private void add(ConfigValue value, Node node, int depth) {
    if (depth > DEEPEST || places.size() > MOST) {
      return;
    }
    places.putIfAbsent(value.path(), Place.of(node));
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
