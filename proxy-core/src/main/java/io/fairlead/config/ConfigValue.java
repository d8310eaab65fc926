package io.fairlead.config;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A value of the file with its position and key path.
 *
 * <p>It is read from its source text. What YAML 1.1 makes of the text (22:22 a number in base 60,
 * {@code no} a boolean, 1e3 a float) only decides whether it may stand for text without quotes, so
 * that every other reader of the file agrees with this one.
 */
final class ConfigValue {
  private static final Pattern PLAIN_KEY = Pattern.compile("[A-Za-z0-9_-]{1,60}");

  private final Problems problems;
  private final String path;
  private final Node node;

  ConfigValue(Problems problems, String path, Node node) {
    this.problems = problems;
    this.path = path;
    this.node = node;
  }

  /** What a map is turned into. */
  @FunctionalInterface
  interface MapBody<T> {
    @Nullable T read(MappingReader map);
  }

  String path() {
    return path;
  }

  /** The text, when this is a scalar that every YAML reader takes for text. */
  @Nullable String text() {
    return node instanceof ScalarNode scalar && Tag.STR.equals(scalar.getTag())
        ? scalar.getValue()
        : null;
  }

  /** The source text, when this is a scalar without quotes. */
  @Nullable String unquoted() {
    return node instanceof ScalarNode scalar && scalar.getScalarStyle() == ScalarStyle.PLAIN
        ? scalar.getValue()
        : null;
  }

  /** The source text, when this is a scalar, in quotes or not. */
  @Nullable String source() {
    return node instanceof ScalarNode scalar ? scalar.getValue() : null;
  }

  boolean isFalse() {
    return "false".equals(unquoted());
  }

  /** The same object for all values that are aliases of one. */
  Object identity() {
    return node;
  }

  boolean isMap() {
    return node instanceof MappingNode;
  }

  /** Whether this is a map that has a key. */
  boolean hasKey(String key) {
    return node instanceof MappingNode mapping
        && mapping.getValue().stream()
            .anyMatch(e -> e.getKeyNode() instanceof ScalarNode k && k.getValue().equals(key));
  }

  boolean isScalar() {
    return node instanceof ScalarNode;
  }

  boolean isList() {
    return node instanceof SequenceNode;
  }

  boolean isEmptyList() {
    return isList() && elements() == 0;
  }

  /** How many elements a list has; 0 when this is no list. */
  int elements() {
    return node instanceof SequenceNode sequence ? sequence.getValue().size() : 0;
  }

  /** The elements of a list; none when this is no list, which is then reported. */
  List<ConfigValue> list(String expected) {
    if (!(node instanceof SequenceNode sequence)) {
      refuse(expected);
      return List.of();
    }
    List<ConfigValue> elements = new ArrayList<>();
    for (Node element : sequence.getValue()) {
      elements.add(element(elements.size(), element));
    }
    return elements;
  }

  /** What {@code body} makes of a map; keys that it did not ask for are reported. */
  <T> @Nullable T map(String expected, MapBody<T> body) {
    if (!(node instanceof MappingNode mapping)) {
      return refuse(expected);
    }
    MappingReader reader = new MappingReader(this, mapping);
    T result = body.read(reader);
    reader.refuseUnknownKeys();
    return result;
  }

  /** Reports this value; gives null, for the reader to give instead of a result. */
  @SuppressWarnings("TypeParameterUnusedInFormals") // null is of every type: no cast can fail
  <T> @Nullable T refuse(String expected) {
    return refuse(expected, null);
  }

  @SuppressWarnings("TypeParameterUnusedInFormals") // as above
  <T> @Nullable T refuse(String expected, @Nullable String hint) {
    refuseAs(shown(), expected, hint);
    return null;
  }

  /** Reports this with other words than its value. */
  void refuseAs(String shown, String expected, @Nullable String hint) {
    problems.refuse(node.getStartMark(), path, shown, expected, hint);
  }

  /** Reports that the map or list element that this is lacks a key. */
  void refuseMissing(String key, String expected) {
    problems.refuse(node.getStartMark(), pathOf(key), "missing", expected, null);
  }

  /** Warns that the map that this is lacks a key. */
  void warnMissing(String key, String expected) {
    problems.warn(node.getStartMark(), pathOf(key), "missing", expected);
  }

  void warn(String expected) {
    warnAs(shown(), expected);
  }

  void warnAs(String shown, String expected) {
    problems.warn(node.getStartMark(), path, shown, expected);
  }

  ConfigValue at(String key, Node child) {
    return new ConfigValue(problems, pathOf(key), child);
  }

  ConfigValue element(int index, Node child) {
    return new ConfigValue(problems, path + "[" + index + "]", child);
  }

  /** The source position as {@code line:column}. */
  String position() {
    Mark mark = node.getStartMark();
    return (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
  }

  private String pathOf(String key) {
    return pathOf(path, key);
  }

  /** The path of a key in the map at the path {@code parent}, empty for the document. */
  static String pathOf(String parent, String key) {
    String step = PLAIN_KEY.matcher(key).matches() ? key : '"' + QuotedText.shorten(key) + '"';
    return parent.isEmpty() ? step : parent + "." + step;
  }

  private String shown() {
    if (node instanceof MappingNode mapping) {
      return mapping.getValue().isEmpty() ? "{}" : "{…}";
    }
    if (node instanceof SequenceNode sequence) {
      return sequence.getValue().isEmpty() ? "[]" : "[…]";
    }
    String source = ((ScalarNode) node).getValue();
    if (unquoted() == null) {
      return '"' + QuotedText.shorten(source) + '"';
    }
    return source.isEmpty() ? "nothing" : QuotedText.shorten(source);
  }
}
