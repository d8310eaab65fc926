package io.fairlead.twemproxy;

import io.fairlead.testkit.RawClient;
import java.net.InetSocketAddress;
import java.time.Duration;

/** Asks the admin port for a page. */
final class HttpGet {
  private HttpGet() {}

  static String body(InetSocketAddress address, String path) {
    try (RawClient client = RawClient.connect(address)) {
      client.send("GET " + path + " HTTP/1.0\r\n\r\n");
      String answer = client.readUntilQuiet(Duration.ofSeconds(10));
      return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }
  }
}
