package io.fairlead.spool;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.fairlead.config.Address;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The lines of mcrouter's asynclog, read and written.
 *
 * <pre>
 *   ["AS1.0",1410611165.754,"C",["127.0.0.1",5001,"delete key\r\n"]]
 *   ["AS2.0",1410611229.747,"C",{"k":"key","p":"A","h":"[127.0.0.1]:5001","f":"fairlead"}]
 * </pre>
 */
final class SpoolLine {
  /*
   * A key that came as base64 may hold bytes which the classic delete cannot: it is written as
   * "md BASE64 b\r\n", always in the first form, since that one holds a command and the second only a
   * key. Whoever sends the command as it stands does right with both.
   *
   * A server on a unix socket, which mcrouter does not have, is written with the address of the
   * configuration as its host and port 0.
   */
  private static final String FLAVOR = "fairlead";
  private static final String UNIX = "unix:";
  private static final int LONGEST_KEY = 250;

  /** In base64 it is as long as a key may be; of a longer one no server can be told. */
  private static final int LONGEST_KEY_IN_BASE64 = LONGEST_KEY / 4 * 3;

  private SpoolLine() {}

  /** The line with its line end. */
  static byte[] encode(SpooledDelete delete, int version) {
    StringBuilder line = new StringBuilder(160);
    boolean second = version == 2 && isPlain(delete.key());
    line.append(second ? "[\"AS2.0\"," : "[\"AS1.0\",");
    appendTime(line, delete.millis());
    line.append(",\"C\",");
    if (second) {
      fields(line, delete);
    } else {
      command(line, delete);
    }
    return line.append("]\n").toString().getBytes(ISO_8859_1);
  }

  private static void appendTime(StringBuilder line, long millis) {
    line.append(millis / 1000).append('.');
    String fraction = Long.toString(millis % 1000 + 1000);
    line.append(fraction, 1, fraction.length());
  }

  private static void command(StringBuilder line, SpooledDelete delete) {
    line.append('[');
    JsonText.quote(line, host(delete.server()));
    line.append(',').append(port(delete.server())).append(',');
    JsonText.quote(line, command(delete.key()));
    line.append(']');
  }

  private static String command(byte[] key) {
    return isPlain(key)
        ? "delete " + new String(key, ISO_8859_1) + "\r\n"
        : "md " + Base64.getEncoder().encodeToString(key) + " b\r\n";
  }

  private static void fields(StringBuilder line, SpooledDelete delete) {
    line.append("{\"k\":");
    JsonText.quote(line, new String(delete.key(), ISO_8859_1));
    line.append(",\"p\":");
    JsonText.quote(line, delete.pool());
    line.append(",\"h\":");
    JsonText.quote(line, "[" + host(delete.server()) + "]:" + port(delete.server()));
    line.append(",\"f\":");
    JsonText.quote(line, FLAVOR);
    line.append('}');
  }

  private static String host(Address server) {
    return server instanceof Address.Tcp tcp
        ? tcp.host()
        : new String(server.toString().getBytes(UTF_8), ISO_8859_1);
  }

  private static int port(Address server) {
    return server instanceof Address.Tcp tcp ? tcp.port() : 0;
  }

  /** Whether the classic delete can have this key. */
  static boolean isPlain(byte[] key) {
    for (byte b : key) {
      if ((b >= 0 && b <= ' ') || b == 0x7f) {
        return false;
      }
    }
    return key.length > 0;
  }

  /** The delete in a line without its line end; null when there is none. */
  static @Nullable SpooledDelete decode(byte[] bytes, int from, int to) {
    try {
      Object line = JsonText.parse(new String(bytes, from, to - from, ISO_8859_1));
      return line instanceof List<?> fields && fields.size() == 4 ? decode(fields) : null;
    } catch (JsonText.Malformed e) {
      return null;
    }
  }

  private static @Nullable SpooledDelete decode(List<?> fields) {
    if (!(fields.get(1) instanceof Double seconds) || !"C".equals(fields.get(2))) {
      return null;
    }
    long millis = Math.round(seconds * 1000);
    if ("AS1.0".equals(fields.get(0)) && fields.get(3) instanceof List<?> first) {
      return decodeFirst(millis, first);
    }
    if ("AS2.0".equals(fields.get(0)) && fields.get(3) instanceof Map<?, ?> second) {
      return decodeSecond(millis, second);
    }
    return null;
  }

  private static @Nullable SpooledDelete decodeFirst(long millis, List<?> fields) {
    if (fields.size() != 3
        || !(fields.get(0) instanceof String host)
        || !(fields.get(1) instanceof Double port)
        || !(fields.get(2) instanceof String command)) {
      return null;
    }
    return delete(millis, address(host, port), "", key(command));
  }

  private static @Nullable SpooledDelete decodeSecond(long millis, Map<?, ?> fields) {
    if (!(fields.get("k") instanceof String key) || !(fields.get("h") instanceof String place)) {
      return null;
    }
    String pool = fields.get("p") instanceof String name ? name : "";
    return delete(millis, address(place), pool, key.getBytes(ISO_8859_1));
  }

  private static @Nullable SpooledDelete delete(
      long millis, @Nullable Address server, String pool, byte @Nullable [] key) {
    if (server == null || key == null || !isDeletable(key)) {
      return null;
    }
    return new SpooledDelete(millis, server, pool, key);
  }

  private static boolean isDeletable(byte[] key) {
    return key.length > 0 && key.length <= (isPlain(key) ? LONGEST_KEY : LONGEST_KEY_IN_BASE64);
  }

  private static byte @Nullable [] key(String command) {
    String[] words = command.stripTrailing().split(" ", -1);
    if (words[0].equals("delete") && words.length >= 2) {
      byte[] key = words[1].getBytes(ISO_8859_1);
      return isPlain(key) ? key : null;
    }
    if (words[0].equals("md") && words.length == 3 && words[2].equals("b")) {
      try {
        return Base64.getDecoder().decode(words[1]);
      } catch (IllegalArgumentException e) {
        return null;
      }
    }
    return null;
  }

  private static @Nullable Address address(String host, double port) {
    if (host.startsWith(UNIX)) {
      String path = new String(host.getBytes(ISO_8859_1), UTF_8).substring(UNIX.length());
      return new Address.Unix(path);
    }
    boolean isPort = port >= 1 && port <= 65535;
    return isPort && !host.isEmpty() ? new Address.Tcp(host, (int) port) : null;
  }

  /** A host in brackets, or without them, and a port. */
  private static @Nullable Address address(String place) {
    int colon = place.lastIndexOf(':');
    if (colon < 1) {
      return null;
    }
    boolean inBrackets = place.startsWith("[") && place.charAt(colon - 1) == ']';
    String host = inBrackets ? place.substring(1, colon - 1) : place.substring(0, colon);
    try {
      return address(host, Integer.parseInt(place.substring(colon + 1)));
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
