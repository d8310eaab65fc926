package io.fairlead.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fairlead.json.Json;
import io.fairlead.json.JsonException;
import io.fairlead.json.JsonObject;
import io.fairlead.json.JsonReader;
import io.fairlead.json.Setting;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Tells a configuration of mcrouter from YAML, of which JSON is a part: a file of our own and a
 * nutcracker.yml may be written with braces too.
 *
 * <p>What gives it away is {@code route} or {@code routes} at the top, and nothing beside it that
 * only our own form has. A file with a mistake in its JSON is known by its words, so that the
 * mistake is explained as one of JSON.
 */
final class McrouterText {
  /** Keys at the top of our own form that mcrouter does not have. */
  private static final List<String> NOT_ITS_OWN =
      List.of("listeners", "admin", "twemproxy_stats", "threads", "limits", "version", "reload");

  private static final Pattern BEGINS =
      Pattern.compile("\\A\\x{FEFF}?(?:\\s|//[^\\n]*+\\n|/\\*(?s:.*?)\\*/)*+\\{");

  private static final Pattern ROUTES = Pattern.compile("\"routes?\"\\s*:");

  private static final Pattern OTHERS =
      Pattern.compile("\"(?:listen|" + String.join("|", NOT_ITS_OWN) + ")\"\\s*:");

  private McrouterText() {}

  static boolean isOne(byte[] content) {
    String text = new String(content, UTF_8);
    if (!BEGINS.matcher(text).lookingAt() || !ROUTES.matcher(text).find()) {
      return false;
    }
    try {
      return isOne(JsonReader.read("", content).root());
    } catch (JsonException e) {
      return !OTHERS.matcher(text).find();
    }
  }

  private static boolean isOne(Json root) {
    if (!(root instanceof JsonObject top)
        || NOT_ITS_OWN.stream().anyMatch(key -> top.value(key) != null)) {
      return false;
    }
    Setting document = Setting.ofRoot(top);
    boolean hasRoute = top.value("route") != null && !isNutcrackerPool(document.required("route"));
    return hasRoute || (top.value("routes") != null && hasPrefixes(document.required("routes")));
  }

  /** A pool may have any name. */
  private static boolean isNutcrackerPool(Setting route) {
    return route.isObject() && route.at("listen") != null;
  }

  /** Trees of our own form have names, and no prefixes with slashes. */
  private static boolean hasPrefixes(Setting routes) {
    return !routes.isObject()
        || routes.members().stream().allMatch(route -> route.key().indexOf('/') >= 0);
  }
}
