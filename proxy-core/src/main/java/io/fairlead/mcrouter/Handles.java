package io.fairlead.mcrouter;

import io.fairlead.config.route.AnswerSettings;
import io.fairlead.config.route.RouteSettings;
import io.fairlead.json.Json;
import io.fairlead.json.JsonString;
import io.fairlead.json.Setting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The grammar of route handles: an object with a {@code type}; a string {@code Type} or {@code
 * Type|rest}, where the rest stands in place of the object; the name of a named handle; or, where
 * several are wanted, an array of these. The same string means the same route wherever it stands.
 */
final class Handles {
  private final Pools pools;
  private final McrouterDefaults defaults;
  private final Findings findings;
  private final @Nullable String prefix;
  private final HandleKinds kinds = new HandleKinds();
  private final Map<String, Setting> named;

  /** The same handles for keys with other prefixes, this among them; empty for none. */
  private final Map<String, Handles> byPrefix;

  private final Map<String, List<RouteSettings>> resolved = new HashMap<>();
  private final Set<String> resolving = new LinkedHashSet<>();

  /**
   * Reads handles as they are for keys with one routing prefix.
   *
   * @param prefix put before keys again where a pool wants it; null for keys without one
   */
  Handles(Pools pools, McrouterDefaults defaults, Findings findings, @Nullable String prefix) {
    this.pools = pools;
    this.defaults = defaults;
    this.findings = findings;
    this.prefix = prefix;
    this.named = new LinkedHashMap<>();
    this.byPrefix = new HashMap<>();
    byPrefix.put(Objects.toString(prefix, ""), this);
  }

  private Handles(Handles siblings, @Nullable String prefix) {
    this.pools = siblings.pools;
    this.defaults = siblings.defaults;
    this.findings = siblings.findings;
    this.prefix = prefix;
    this.named = siblings.named;
    this.byPrefix = siblings.byPrefix;
  }

  /** The same handles for keys that have another prefix from there on, or none. */
  Handles under(@Nullable String otherPrefix) {
    return byPrefix.computeIfAbsent(
        Objects.toString(otherPrefix, ""), absent -> new Handles(this, otherPrefix));
  }

  @Nullable String prefix() {
    return prefix;
  }

  Pools pools() {
    return pools;
  }

  McrouterDefaults defaults() {
    return defaults;
  }

  Findings findings() {
    return findings;
  }

  /** Takes note of handles that others refer to by name. */
  void name(Setting definitions) {
    if (definitions.isArray()) {
      for (Setting handle : definitions.items()) {
        findings
            .or(Optional.<String>empty(), () -> Optional.of(handle.required("name").text()))
            .ifPresent(name -> named.put(name, handle));
      }
    } else {
      definitions.members().forEach(member -> named.put(member.key(), member));
    }
  }

  /** Exactly one handle; nothing when what is there is refused. */
  RouteSettings one(Setting setting) {
    return findings.or(nothing(), () -> onlyOne(setting));
  }

  /** The handle that a parameter must be. */
  RouteSettings one(Params params, String key) {
    return findings.or(nothing(), () -> onlyOne(params.required(key)));
  }

  private RouteSettings onlyOne(Setting setting) {
    List<RouteSettings> all = list(setting);
    if (all.isEmpty()) {
      return nothing();
    }
    if (all.size() > 1) {
      throw setting.refused("one route, and not " + all.size());
    }
    return all.get(0);
  }

  /** One handle, or null where none is given. */
  @Nullable RouteSettings oneOrNull(@Nullable Setting setting) {
    return setting == null || isEmptyText(setting) ? null : one(setting);
  }

  private static boolean isEmptyText(Setting setting) {
    return setting.isText() && setting.text().isEmpty();
  }

  /**
   * As many handles as there are; {@code Pool|A} is one for each server. Nothing stands for one
   * that is refused.
   */
  List<RouteSettings> list(@Nullable Setting setting) {
    return setting == null || isEmptyText(setting)
        ? List.of()
        : findings.or(List.of(nothing()), () -> listed(setting));
  }

  private List<RouteSettings> listed(Setting setting) {
    if (setting.isArray()) {
      List<RouteSettings> all = new ArrayList<>();
      setting.items().forEach(item -> all.addAll(list(item)));
      return all;
    }
    return setting.isObject() ? typed(setting.required("type"), setting) : written(setting);
  }

  private List<RouteSettings> typed(Setting type, Setting handle) {
    HandleKind kind = kinds.named(type.text());
    if (kind == null) {
      throw type.refused(kinds.expected(type.text()));
    }
    Params params = new Params(handle, findings).ignore("type", "name");
    List<RouteSettings> routes = kind.read(params, this);
    params.warnOfUnknown();
    return routes;
  }

  private List<RouteSettings> written(Setting setting) {
    String text = setting.text();
    if (named.containsKey(text)) {
      return named(text, setting);
    }
    List<RouteSettings> known = resolved.get(text);
    if (known == null) {
      known = List.copyOf(shortForm(text, setting));
      resolved.put(text, known);
    }
    return known;
  }

  private List<RouteSettings> shortForm(String text, Setting setting) {
    int bar = text.indexOf('|');
    String type = bar < 0 ? text : text.substring(0, bar);
    HandleKind kind = kinds.named(type);
    if (kind == null) {
      throw setting.refused(
          kinds.isKnown(type) || bar >= 0 ? kinds.expected(type) : expectedHandle());
    }
    Json rest = new JsonString(setting.json().position(), bar < 0 ? "" : text.substring(bar + 1));
    Params params = new Params(new Setting(setting.path(), setting.key(), rest), findings);
    return kind.read(params, this);
  }

  private String expectedHandle() {
    String types = "Type, Type|rest as in PoolRoute|A, or the name of a handle under named_handles";
    return named.isEmpty() ? types : types + "; there " + Names.are(named.keySet());
  }

  private List<RouteSettings> named(String name, Setting reference) {
    List<RouteSettings> known = resolved.get(name);
    if (known != null) {
      return known;
    }
    if (!resolving.add(name)) {
      throw reference.refused("a route that does not lead to itself");
    }
    Setting handle = named.get(name);
    assert handle != null;
    known = List.copyOf(list(handle));
    resolving.remove(name);
    resolved.put(name, known);
    return known;
  }

  static RouteSettings nothing() {
    return new AnswerSettings(AnswerSettings.Kind.NULL, "");
  }

  static RouteSettings error(String text) {
    return new AnswerSettings(AnswerSettings.Kind.ERROR, text);
  }
}
