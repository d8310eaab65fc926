package io.fairlead.server.admin;

import io.fairlead.server.report.Json;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer of the admin port.
 *
 * @param policy what a browser may do with it
 */
record Page(HttpResponseStatus status, String contentType, String body, String policy) {
  static final String JSON = "application/json";
  private static final String HTML = "text/html; charset=utf-8";

  /** Pages need nothing from anywhere; those that do something else say so. */
  static final String NOTHING =
      "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  Page(HttpResponseStatus status, String contentType, String body) {
    this(status, contentType, body, NOTHING);
  }

  static Page text(String body) {
    return new Page(HttpResponseStatus.OK, "text/plain; charset=utf-8", body);
  }

  static Page html(String body) {
    return html(body, NOTHING);
  }

  static Page html(String body, String policy) {
    return new Page(HttpResponseStatus.OK, HTML, body, policy);
  }

  static Page json(Object value) {
    return json(HttpResponseStatus.OK, value);
  }

  static Page json(HttpResponseStatus status, Object value) {
    return new Page(status, JSON, Json.write(value) + "\n");
  }

  static Page error(HttpResponseStatus status, String message) {
    return json(status, Map.of("error", message));
  }

  /** Nothing is called so; with what may have been meant. */
  static Page unknown(String message, @Nullable String hint) {
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("error", message);
    if (hint != null) {
      page.put("hint", hint);
    }
    return json(HttpResponseStatus.NOT_FOUND, page);
  }
}
