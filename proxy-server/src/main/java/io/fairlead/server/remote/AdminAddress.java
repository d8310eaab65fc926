package io.fairlead.server.remote;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where an admin port is: {@code host}, {@code host:port}, {@code :port} or a URL. */
final class AdminAddress {
  private static final String EXPECTED = " (expected: host:port, or a URL as http://host:5001)";
  private static final int DEFAULT_PORT = 5001;
  private static final int LAST_PORT = 65535;

  private AdminAddress() {}

  /**
   * The URL of the port, without a slash at its end.
   *
   * @throws IllegalArgumentException with what is expected
   */
  static URI parse(String text) {
    boolean isUrl = text.contains("://");
    String host = text.startsWith(":") ? "127.0.0.1" + text : text;
    try {
      URI uri = new URI(isUrl ? text.replaceAll("/+$", "") : "http://" + host);
      if (!isRight(uri) || (!isUrl && !String.valueOf(uri.getPath()).isEmpty())) {
        throw new IllegalArgumentException(text + EXPECTED);
      }
      return isUrl || uri.getPort() >= 0 ? uri : new URI(uri + ":" + DEFAULT_PORT);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(text + EXPECTED, e);
    }
  }

  private static boolean isRight(URI uri) {
    return isHttp(uri.getScheme())
        && uri.getHost() != null
        && uri.getUserInfo() == null
        && uri.getQuery() == null
        && uri.getFragment() == null
        && uri.getPort() != 0
        && uri.getPort() <= LAST_PORT;
  }

  private static boolean isHttp(@Nullable String scheme) {
    return scheme != null && scheme.toLowerCase(Locale.ROOT).matches("https?");
  }
}
