package io.fairlead.route.change;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fairlead.route.Route;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which routes the routing prefix of a key means. */
final class PrefixTable {
  private static final byte[] FALLBACK = "fallback/".getBytes(UTF_8);

  private final Map<ByteRange, Route> exact = new LinkedHashMap<>();
  private final byte[][] prefixes;
  private final Route[] routes;
  private final ByteRange wanted = new ByteRange();

  /**
   * @param routes by prefix, of the form {@code /region/cluster/}
   * @param usual one of them, which comes first where a pattern means several
   */
  PrefixTable(Map<String, Route> routes, String usual) {
    List<String> names = new ArrayList<>(routes.keySet());
    names.remove(usual);
    names.add(0, usual);
    this.prefixes = names.stream().map(name -> name.getBytes(UTF_8)).toArray(byte[][]::new);
    this.routes = names.stream().map(routes::get).toArray(Route[]::new);
    for (int i = 0; i < prefixes.length; i++) {
      exact.put(new ByteRange().of(prefixes[i], 0, prefixes[i].length), this.routes[i]);
    }
  }

  /** The route of the prefix in the first {@code length} bytes of a key, or of its region. */
  @Nullable Route find(byte[] key, int length) {
    Route route = exact.get(wanted.of(key, 0, length));
    return route == null && !Glob.isPattern(key, length) ? fallback(key) : route;
  }

  private @Nullable Route fallback(byte[] key) {
    int region = 2; // behind its second slash
    while (key[region - 1] != '/') {
      region++;
    }
    for (int i = 0; i < prefixes.length; i++) {
      byte[] prefix = prefixes[i];
      if (prefix.length == region + FALLBACK.length
          && Arrays.equals(prefix, 0, region, key, 0, region)
          && Arrays.equals(prefix, region, prefix.length, FALLBACK, 0, FALLBACK.length)) {
        return routes[i];
      }
    }
    return null;
  }

  /** The routes that the pattern in the first {@code length} bytes of a key means, each once. */
  List<Route> matching(byte[] key, int length) {
    List<Route> matching = new ArrayList<>();
    for (int i = 0; i < prefixes.length; i++) {
      if (Glob.matches(key, length, prefixes[i]) && !matching.contains(routes[i])) {
        matching.add(routes[i]);
      }
    }
    return matching;
  }

  /** All routes, each once. */
  List<Route> all() {
    return Arrays.stream(routes).distinct().toList();
  }
}
