package io.fairlead.discovery;

import io.fairlead.config.Address;
import io.fairlead.config.Identity;
import io.fairlead.config.ServerSettings;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A line of a file with servers: {@code host:port}, {@code host:port:weight}, either with a name
 * behind a space; or nothing. What follows a {@code #} at the start or behind a space is a comment.
 */
final class ServerLine {
  private static final String EXPECTED = "host:port[:weight] [name]";
  private static final Pattern COMMENT = Pattern.compile("(^|\\s)#.*");
  private static final Pattern WEIGHTED =
      Pattern.compile("((?:[^:\\[\\]]+|\\[[^\\[\\]]*]):[0-9]+):([0-9]+)");
  private static final Pattern NAME = Pattern.compile("[!-~]{1,255}");
  private static final int LARGEST_WEIGHT = 1_000_000;

  private ServerLine() {}

  /**
   * Reads a line; null when it names no server.
   *
   * @throws IllegalArgumentException with what was expected
   */
  static @Nullable ServerSettings parse(String line, Identity identity) {
    String text = COMMENT.matcher(line).replaceFirst("").strip();
    if (text.isEmpty()) {
      return null;
    }
    String[] words = text.split("\\s+", -1);
    if (words.length > 2 || (words.length == 2 && !NAME.matcher(words[1]).matches())) {
      throw refused(text, EXPECTED);
    }
    Matcher weighted = WEIGHTED.matcher(words[0]);
    String place = weighted.matches() ? weighted.group(1) : words[0];
    int weight = weighted.matches() ? weight(text, weighted.group(2)) : 1;
    Address address = Address.parse(place, ServerSettings.DEFAULT_PORT);
    if (address instanceof Address.Tcp tcp && tcp.port() == 0) {
      throw refused(text, "a port from 1 to 65535");
    }
    String name = words.length == 2 ? words[1] : name(address, identity);
    return new ServerSettings(name, address, weight);
  }

  private static String name(Address address, Identity identity) {
    return address instanceof Address.Tcp tcp && identity == Identity.HOSTNAME
        ? ServerNames.firstLabel(tcp.host())
        : ServerSettings.ringName(address);
  }

  private static int weight(String text, String digits) {
    int weight = digits.length() > 7 ? 0 : Integer.parseInt(digits);
    if (weight < 1 || weight > LARGEST_WEIGHT) {
      throw refused(text, "a weight from 1 to " + LARGEST_WEIGHT);
    }
    return weight;
  }

  private static IllegalArgumentException refused(String text, String expected) {
    return new IllegalArgumentException(text + " (expected: " + expected + ")");
  }
}
