package io.fairlead.server.admin;

import io.fairlead.server.report.Json;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Map;

/** An answer of the admin port. */
record Page(HttpResponseStatus status, String contentType, String body) {
  private static final String JSON = "application/json";

  static Page text(String body) {
    return new Page(HttpResponseStatus.OK, "text/plain; charset=utf-8", body);
  }

  static Page json(HttpResponseStatus status, Object value) {
    return new Page(status, JSON, Json.write(value) + "\n");
  }

  static Page error(HttpResponseStatus status, String message) {
    return json(status, Map.of("error", message));
  }
}
