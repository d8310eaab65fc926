package io.fairlead.server.admin;

import io.fairlead.server.report.Json;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An answer of the admin port. */
record Page(HttpResponseStatus status, String contentType, String body) {
  static final String JSON = "application/json";

  static Page text(String body) {
    return new Page(HttpResponseStatus.OK, "text/plain; charset=utf-8", body);
  }

  static Page html(String body) {
    return new Page(HttpResponseStatus.OK, "text/html; charset=utf-8", body);
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
