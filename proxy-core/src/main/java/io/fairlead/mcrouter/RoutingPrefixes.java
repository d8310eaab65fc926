package io.fairlead.mcrouter;

import io.fairlead.json.Setting;
import java.util.regex.Pattern;

/** The form of a routing prefix, of which the slashes at its ends may be left out. */
final class RoutingPrefixes {
  private static final Pattern PREFIX = Pattern.compile("/[^/]+/[^/]+/");

  private RoutingPrefixes() {}

  /** The prefix with all slashes. */
  static String of(String text, Setting at) {
    String prefix = text.startsWith("/") ? text : "/" + text;
    prefix = prefix.endsWith("/") ? prefix : prefix + "/";
    if (!PREFIX.matcher(prefix).matches()) {
      throw at.refused("a prefix of the form /region/cluster/, and not " + prefix);
    }
    return prefix;
  }
}
