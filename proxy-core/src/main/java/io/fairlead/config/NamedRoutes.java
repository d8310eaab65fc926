package io.fairlead.config;

import io.fairlead.config.PoolSettings.ArithmeticFailure;
import io.fairlead.config.PoolSettings.ErrorText;
import io.fairlead.config.PoolSettings.MultigetFailure;
import io.fairlead.config.route.RouteSettings;
import io.fairlead.config.route.RouteTreeSettings;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The routes that have a name, each read when the first one asks for it. */
final class NamedRoutes {
  static final String EXPECTED = "a map of routes by their names";
  private static final List<String> REPLY_KEYS =
      List.of("multiget_failure", "arithmetic_failure", "error_text");

  private final Map<String, MappingReader.Entry> entries = new LinkedHashMap<>();
  private final IdentityHashMap<Object, String> owners = new IdentityHashMap<>();
  private final Map<String, RouteSettings> resolved = new HashMap<>();
  private final IdentityHashMap<Object, ReplySettings> replies = new IdentityHashMap<>();
  private final Set<String> resolving = new LinkedHashSet<>();
  private final Set<String> referenced = new LinkedHashSet<>();

  /** Takes note of the routes of a file. */
  void add(ConfigValue section, List<String> poolNames) {
    section.map(
        EXPECTED,
        map -> {
          for (MappingReader.Entry entry : map.takeAll()) {
            add(entry, poolNames);
          }
          return entries;
        });
  }

  private void add(MappingReader.Entry entry, List<String> poolNames) {
    if (ValueKind.word().read(entry.key()) == null) {
      return;
    }
    if (poolNames.contains(entry.name())) {
      entry.key().refuse("a name of its own, not that of a pool");
      return;
    }
    entries.put(entry.name(), entry);
    if (entry.value().isMap()) {
      owners.putIfAbsent(entry.value().identity(), entry.name());
    }
  }

  Set<String> names() {
    return entries.keySet();
  }

  boolean has(String name) {
    return entries.containsKey(name);
  }

  /** The name of the route that this map is; empty when it has none. */
  String owner(ConfigValue map) {
    return owners.getOrDefault(map.identity(), "");
  }

  /** Reads every route, whether anything leads to it or not. */
  void readAll(RouteReader reader) {
    entries.forEach((name, entry) -> read(name, entry.value(), reader));
  }

  /** The route of a name to which another one leads. */
  RouteSettings resolve(String name, ConfigValue reference, RouteReader reader) {
    referenced.add(name);
    return read(name, reference, reader);
  }

  private RouteSettings read(String name, ConfigValue reference, RouteReader reader) {
    RouteSettings known = resolved.get(name);
    if (known != null) {
      return known;
    }
    if (!resolving.add(name)) {
      reference.refuse("a route that does not lead to itself: " + circle(name));
      return RouteReader.REFUSED;
    }
    MappingReader.Entry entry = entries.get(name);
    assert entry != null;
    RouteSettings route = reader.readNamed(name, entry.value());
    resolving.remove(name);
    resolved.put(name, route);
    return route;
  }

  private String circle(String name) {
    return resolving.stream()
        .dropWhile(each -> !each.equals(name))
        .map(QuotedText::shorten)
        .collect(Collectors.joining(" > ", "", " > " + QuotedText.shorten(name)));
  }

  /** Reads what stands beside the kind in the map of a route with a name. */
  void readReplies(MappingReader map) {
    boolean isGiven = REPLY_KEYS.stream().anyMatch(key -> map.peek(key) != null);
    ReplySettings usual = ReplySettings.DEFAULT;
    ReplySettings read =
        new ReplySettings(
            map.optional(
                "multiget_failure",
                usual.multigetFailure(),
                ValueKind.oneOf(MultigetFailure.class)),
            map.optional(
                "arithmetic_failure",
                usual.arithmeticFailure(),
                ValueKind.oneOf(ArithmeticFailure.class)),
            map.optional("error_text", usual.errorText(), ValueKind.oneOf(ErrorText.class)));
    if (isGiven) {
      replies.put(map.map().identity(), read);
    }
  }

  /** The routes to which no other leads. */
  List<String> roots() {
    return entries.keySet().stream().filter(name -> !referenced.contains(name)).toList();
  }

  /** The trees that clients are connected to, in the order of the file. */
  List<RouteTreeSettings> trees(Set<String> targets) {
    return entries.keySet().stream().filter(targets::contains).map(this::tree).toList();
  }

  private RouteTreeSettings tree(String name) {
    RouteSettings root = resolved.getOrDefault(name, RouteReader.REFUSED);
    return new RouteTreeSettings(name, root, repliesOf(name));
  }

  private ReplySettings repliesOf(String name) {
    MappingReader.Entry entry = entries.get(name);
    assert entry != null;
    boolean isOwn = owner(entry.value()).equals(name);
    return isOwn
        ? replies.getOrDefault(entry.value().identity(), ReplySettings.DEFAULT)
        : ReplySettings.DEFAULT;
  }

  /** Warns of routes that no client gets to, and of replies that none gets. */
  void warnOfUnused(Set<String> targets) {
    entries.forEach(
        (name, entry) -> {
          boolean isTarget = targets.contains(name);
          if (!isTarget && !referenced.contains(name)) {
            entry.key().warnAs("unused", "a listener or a route that leads to this one");
          } else if (!isTarget && replies.containsKey(entry.value().identity())) {
            entry
                .value()
                .warnAs(
                    String.join(", ", REPLY_KEYS),
                    "none of them here, as clients get those of the route that a listener names");
          }
        });
  }
}
