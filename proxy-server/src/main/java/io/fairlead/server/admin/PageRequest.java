package io.fairlead.server.admin;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asks the admin port for.
 *
 * @param path as it was sent, without the query
 * @param parameters those of the query, decoded
 * @param accept the header of that name; empty for none
 */
record PageRequest(String path, Map<String, List<String>> parameters, String accept) {
  private static final int MOST_PARAMETERS = 16;

  /** Takes a URI apart, whatever it is. */
  static PageRequest of(String uri, String accept) {
    int query = uri.indexOf('?');
    String path = query < 0 ? uri : uri.substring(0, query);
    try {
      String rest = query < 0 ? "" : uri.substring(query + 1);
      QueryStringDecoder decoder =
          new QueryStringDecoder(rest, StandardCharsets.UTF_8, false, MOST_PARAMETERS);
      return new PageRequest(path, decoder.parameters(), accept);
    } catch (IllegalArgumentException e) {
      return new PageRequest(path, Map.of(), accept);
    }
  }

  /** The first parameter of that name; null without one. */
  @Nullable String parameter(String name) {
    List<String> values = parameters.get(name);
    return values == null ? null : values.get(0);
  }

  /** Whether a list is to be a table for a terminal: when asked for, or liked better than JSON. */
  boolean wantsTable() {
    String format = parameter("format");
    if (format != null) {
      return format.equals("table");
    }
    return Accepted.weight(accept, "text/plain") > Accepted.weight(accept, "application/json");
  }
}
