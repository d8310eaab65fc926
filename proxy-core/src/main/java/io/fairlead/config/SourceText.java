package io.fairlead.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sources of servers as they are written: a URL whose scheme says what kind it is. */
public final class SourceText {
  static final String EXPECTED =
      "dns://name:port, dns+srv://_port._tcp.name, file:///path, k8s://namespace/service or"
          + " elasticache://host:port";

  private static final Pattern URL = Pattern.compile("([a-z][a-z0-9+]*)://(.*)");
  private static final Pattern SRV_NAME = Pattern.compile("[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,252})");
  private static final Pattern SERVICE =
      Pattern.compile(
          "([a-z0-9](?:[a-z0-9-]{0,62}))/([a-z0-9](?:[a-z0-9-]{0,62}))(?::([a-z0-9-]{1,63}))?");
  private static final Pattern PORT = Pattern.compile("[0-9]+");

  private SourceText() {}

  /** Whether a text is written like a source, and not like an address. */
  public static boolean isSource(String text) {
    return URL.matcher(text).matches();
  }

  /**
   * Reads a source.
   *
   * @throws IllegalArgumentException with what was expected
   */
  public static SourcePlace parse(String text) {
    Matcher url = URL.matcher(text);
    if (!url.matches()) {
      throw new BadValueException(text, EXPECTED);
    }
    String rest = url.group(2);
    return switch (url.group(1)) {
      case "dns" -> {
        Address.Tcp host = host(text, rest, "dns://name:port");
        yield new SourcePlace.Dns(host.host(), host.port());
      }
      case "dns+srv" -> srv(text, rest);
      case "file" -> file(text, rest);
      case "k8s" -> service(text, rest);
      case "elasticache" -> {
        Address.Tcp host = host(text, rest, "elasticache://host:port");
        yield new SourcePlace.ElastiCache(host.host(), host.port());
      }
      default -> throw new BadValueException(text, EXPECTED);
    };
  }

  private static Address.Tcp host(String text, String rest, String expected) {
    boolean isPath = rest.startsWith("/") || rest.startsWith("unix:");
    try {
      if (!isPath
          && AddressText.parse(rest, ServerSettings.DEFAULT_PORT, 1) instanceof Address.Tcp tcp) {
        return tcp;
      }
    } catch (BadValueException e) {
      throw new BadValueException(text, expected + " with " + e.expected());
    }
    throw new BadValueException(text, expected);
  }

  private static SourcePlace srv(String text, String name) {
    if (!SRV_NAME.matcher(name).matches()) {
      throw new BadValueException(
          text, "dns+srv://name without a port, as in dns+srv://_memcache._tcp.cache.example.com");
    }
    return new SourcePlace.Srv(name);
  }

  private static SourcePlace file(String text, String path) {
    try {
      if (!path.isEmpty()) {
        return new SourcePlace.ServerFile(Path.of(path));
      }
    } catch (InvalidPathException e) {
      // refused below
    }
    throw new BadValueException(text, "file:///path of a file with one server in each line");
  }

  private static SourcePlace service(String text, String rest) {
    Matcher service = SERVICE.matcher(rest);
    String port = service.matches() ? service.group(3) : null;
    if (!service.matches() || (port != null && !isPort(port))) {
      throw new BadValueException(
          text,
          "k8s://namespace/service, with :port or :name of a port where the service has several");
    }
    return new SourcePlace.Kubernetes(service.group(1), service.group(2), port);
  }

  private static boolean isPort(String port) {
    if (!PORT.matcher(port).matches()) {
      return true;
    }
    int number = port.length() > 5 ? 0 : Integer.parseInt(port);
    return number >= 1 && number <= 65535;
  }
}
