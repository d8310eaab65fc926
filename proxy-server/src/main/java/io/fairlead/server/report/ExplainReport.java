package io.fairlead.server.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fairlead.config.ListenerSettings;
import io.fairlead.config.ProxySettings;
import io.fairlead.route.Outline;
import io.fairlead.route.Question;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Where requests for a pool or a route go, as text and as JSON. */
public final class ExplainReport {
  private final String target;
  private final boolean isRoute;
  private final List<String> listeners;
  private final @Nullable Question question;
  private final Outline outline;

  /**
   * @param question the request in question; null for all
   */
  public ExplainReport(
      ProxySettings settings, String target, @Nullable Question question, Outline outline) {
    this.target = target;
    this.isRoute = settings.routes().stream().anyMatch(tree -> tree.name().equals(target));
    this.listeners =
        settings.listeners().stream()
            .filter(listener -> listener.target().equals(target))
            .map(ListenerSettings::address)
            .map(Object::toString)
            .toList();
    this.question = question;
    this.outline = outline;
  }

  /** A heading, the tree, and with a question the servers. */
  public String text() {
    StringBuilder text = new StringBuilder();
    if (question != null) {
      text.append(question.operation().configName()).append(' ').append(key(question));
      text.append(": ");
    }
    text.append(isRoute ? "route " : "pool ").append(target);
    text.append(listeners.isEmpty() ? "" : " on " + String.join(", ", listeners)).append('\n');
    outline.nodes().stream().filter(node -> !isHeading(node)).forEach(node -> line(text, node));
    if (question != null) {
      servers(text);
    }
    return text.toString();
  }

  /** The root of a tree, and a pool that is asked for itself, are in the heading. */
  private static boolean isHeading(Outline.Node node) {
    return node.depth() == 0;
  }

  private static void line(StringBuilder text, Outline.Node node) {
    text.append("  ".repeat(node.depth()));
    text.append(node.condition().isEmpty() ? "" : node.condition() + " -> ");
    text.append(RouteLabel.words(node.label())).append('\n');
  }

  private void servers(StringBuilder text) {
    List<String> servers = outline.servers();
    if (servers.isEmpty()) {
      text.append("  no server is asked\n");
      return;
    }
    text.append(servers.size() == 1 ? "server: " : "servers, in this order: ")
        .append(String.join(", ", servers))
        .append('\n');
  }

  /** Everything as one object on a line. */
  public String json() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put(isRoute ? "route" : "pool", target);
    object.put("listeners", listeners);
    if (question != null) {
      object.put("operation", question.operation().configName());
      object.put("key", key(question));
    }
    object.put("nodes", outline.nodes().stream().map(ExplainReport::node).toList());
    object.put("servers", outline.servers());
    return Json.write(object) + "\n";
  }

  private static Map<String, Object> node(Outline.Node node) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("depth", node.depth());
    if (!node.condition().isEmpty()) {
      object.put("condition", node.condition());
    }
    object.put("label", node.label());
    return object;
  }

  private static String key(Question question) {
    return new String(question.key(), UTF_8)
        .chars()
        .mapToObj(c -> Character.isISOControl(c) ? "?" : Character.toString(c))
        .collect(Collectors.joining());
  }
}
