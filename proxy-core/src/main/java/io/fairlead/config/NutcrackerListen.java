package io.fairlead.config;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a pool of a nutcracker.yml listens: {@code host:port}, taken apart at the last colon, or an
 * absolute path, with or without the permission bits of the socket behind its last space.
 *
 * @param mode null for what the umask leaves
 */
record NutcrackerListen(Address address, @Nullable Integer mode) {
  static final String EXPECTED = "host:port, or /path with or without octal permissions behind it";

  /** What C's strtol takes for an octal number, and what it ignores. */
  private static final Pattern OCTAL = Pattern.compile("(?s)\\s*([+-]?)0*([0-7]*).*");

  private static final Pattern CLEAN_OCTAL = Pattern.compile("0?[0-7]{1,3}");
  private static final int MOST_OCTAL_DIGITS = 21; // of a long

  private static final int MOST_PERMISSIONS = 0777;

  NutcrackerListen(Address address, @Nullable Integer mode) {
    this.address = address;
    this.mode = mode;
  }

  static @Nullable NutcrackerListen read(ConfigValue value) {
    String text = value.source();
    if (text == null || text.isEmpty()) {
      return value.refuse(EXPECTED);
    }
    return text.startsWith("/") ? unix(text, value) : tcp(text, value);
  }

  /**
   * The host as other programs know it: an IPv6 address stands bare in a nutcracker.yml, but in
   * brackets it is meant all the same.
   */
  static String host(String text, String anyHost) {
    boolean isBracketed = text.startsWith("[") && text.endsWith("]") && text.indexOf(':') > 0;
    if (isBracketed) {
      return text.substring(1, text.length() - 1);
    }
    return text.equals("*") ? anyHost : text;
  }

  /** A path ends for the kernel at the first NUL. */
  static String upToNul(String path) {
    int nul = path.indexOf('\0');
    return nul < 0 ? path : path.substring(0, nul);
  }

  private static @Nullable NutcrackerListen tcp(String text, ConfigValue value) {
    int colon = text.lastIndexOf(':');
    if (colon <= 0) {
      return value.refuse(EXPECTED, colon == 0 ? "0.0.0.0" + text + " listens everywhere" : null);
    }
    int port = NutcrackerNumber.wrapped(text.substring(colon + 1), value);
    if (port < 1 || port > 65535) {
      return value.refuse("a port from 1 to 65535 behind the last colon");
    }
    String host = host(text.substring(0, colon), "0.0.0.0");
    return new NutcrackerListen(new Address.Tcp(host, port), null);
  }

  private static @Nullable NutcrackerListen unix(String text, ConfigValue value) {
    int space = text.lastIndexOf(' ');
    String path = upToNul(space < 0 ? text : text.substring(0, space));
    if (path.getBytes(StandardCharsets.UTF_8).length > AddressText.LONGEST_SOCKET_PATH) {
      return value.refuse("a socket path of at most 107 bytes");
    }
    Integer mode = space < 0 ? null : permissions(text.substring(space + 1), value);
    if (mode != null && (mode < 0 || mode > MOST_PERMISSIONS)) {
      return value.refuse("permissions from 0001 to 0777 behind the path");
    }
    return new NutcrackerListen(new Address.Unix(path), mode);
  }

  /**
   * What C makes of the text: what is no octal digit ends it, and 32 bits are kept. Where nothing
   * is left, so is 0, which leaves the permissions to the umask.
   */
  private static @Nullable Integer permissions(String text, ConfigValue value) {
    Matcher octal = OCTAL.matcher(text);
    String digits = octal.matches() ? octal.group(2) : "";
    if (digits.length() > MOST_OCTAL_DIGITS) {
      return -1;
    }
    int bits = digits.isEmpty() ? 0 : (int) Long.parseLong(octal.group(1) + digits, 8);
    if (bits >= 0 && bits <= MOST_PERMISSIONS && !CLEAN_OCTAL.matcher(text).matches()) {
      value.warn(
          "octal permissions behind the path; "
              + (bits == 0 ? "the umask decides" : SocketMode.format(bits) + " is used")
              + ", as with nutcracker");
    }
    return bits == 0 ? null : (Integer) bits;
  }
}
