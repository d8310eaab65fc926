package io.fairlead.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Tells in which form a file is written, from what stands at its top.
 *
 * <p>A pool of a nutcracker.yml may have any name, {@code pools} included; what gives it away is
 * the address behind its {@code listen}, which nothing at the top of our own form has but {@code
 * admin}, without servers.
 */
final class DialectFinder {
  private static final String EXPECTED =
      "either Fairlead's own keys, such as listeners and pools; or, as in a nutcracker.yml, only"
          + " pools by their names, each with listen and servers";
  static final Set<String> OWN_KEYS =
      Set.of(
          "listeners",
          "pools",
          "routes",
          "admin",
          "twemproxy_stats",
          "delete_spool",
          "threads",
          "limits",
          "shutdown",
          "version",
          "reload",
          "warm_up");
  private static final Set<String> POOL_KEYS = Set.of("listen", "servers");

  private final ConfigValue document;
  private final List<NodeTuple> ownKeys = new ArrayList<>();
  private final List<NodeTuple> pools = new ArrayList<>();

  private DialectFinder(ConfigValue document) {
    this.document = document;
  }

  /** The form of a document; null when it could be neither, which is then reported. */
  static @Nullable Dialect find(Node root, ConfigValue document) {
    if (!(root instanceof MappingNode top) || top.getValue().isEmpty()) {
      return Dialect.FAIRLEAD; // whose reader says what is missing
    }
    DialectFinder finder = new DialectFinder(document);
    top.getValue().forEach(finder::look);
    return finder.decide(top.getValue());
  }

  private void look(NodeTuple entry) {
    boolean isOwn = OWN_KEYS.contains(nameOf(entry));
    if (listens(entry) || (!isOwn && serves(entry))) {
      pools.add(entry);
    } else if (isOwn) {
      ownKeys.add(entry);
    }
  }

  private @Nullable Dialect decide(List<NodeTuple> top) {
    if (pools.isEmpty() && ownKeys.isEmpty()) {
      refuseNeither(top);
      return null;
    }
    if (pools.isEmpty()) {
      return Dialect.FAIRLEAD;
    }
    if (ownKeys.isEmpty()) {
      return Dialect.NUTCRACKER;
    }
    NodeTuple pool = pools.get(0);
    NodeTuple own = ownKeys.get(0);
    boolean isOwnOdd = ownKeys.size() < pools.size();
    refuse(
        isOwnOdd ? own : pool,
        isOwnOdd ? "a key of Fairlead's own form" : "a pool as in a nutcracker.yml",
        isOwnOdd ? beside(pool) : beside(own));
    return null;
  }

  private void refuseNeither(List<NodeTuple> top) {
    for (NodeTuple entry : top) {
      String hint = NearestKey.hint(nameOf(entry), OWN_KEYS);
      if (hint != null) {
        refuse(entry, "a file of unknown form", hint);
        return;
      }
    }
    for (NodeTuple entry : top) {
      for (NodeTuple inner : entriesOf(entry)) {
        String hint = NearestKey.hint(nameOf(inner), POOL_KEYS);
        if (hint != null) {
          place(entry)
              .at(nameOf(inner), inner.getKeyNode())
              .refuseAs("a file of unknown form", EXPECTED, hint);
          return;
        }
      }
    }
    refuse(top.get(0), "a file of unknown form", null);
  }

  private void refuse(NodeTuple entry, String shown, @Nullable String hint) {
    place(entry).refuseAs(shown, EXPECTED, hint);
  }

  private ConfigValue place(NodeTuple entry) {
    return document.at(nameOf(entry), entry.getKeyNode());
  }

  private String beside(NodeTuple other) {
    return "it stands beside " + QuotedText.shorten(nameOf(other)) + ", which is of the other form";
  }

  private static boolean listens(NodeTuple pool) {
    if (nameOf(pool).equals("admin") && !serves(pool)) {
      return false;
    }
    return entriesOf(pool).stream()
        .anyMatch(e -> nameOf(e).equals("listen") && e.getValueNode() instanceof ScalarNode);
  }

  private static boolean serves(NodeTuple pool) {
    return entriesOf(pool).stream()
        .anyMatch(e -> nameOf(e).equals("servers") && !(e.getValueNode() instanceof MappingNode));
  }

  private static List<NodeTuple> entriesOf(NodeTuple entry) {
    return entry.getValueNode() instanceof MappingNode map ? map.getValue() : List.of();
  }

  private static String nameOf(NodeTuple entry) {
    return entry.getKeyNode() instanceof ScalarNode key ? key.getValue() : "?";
  }
}
