package io.fairlead.access;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A name and a password, as they come in the value of memcached's login. */
public final class LoginToken {
  private final String name;
  private final byte[] password;

  private LoginToken(String name, byte[] password) {
    this.name = name;
    this.password = password;
  }

  /**
   * Takes the value apart: a name, spaces, and the password, which may have spaces too.
   *
   * @return null when it has not both
   */
  public static @Nullable LoginToken parse(byte[] value) {
    int from = skipSpaces(value, 0);
    int end = from;
    while (end < value.length && value[end] != ' ') {
      end++;
    }
    int passwordFrom = skipSpaces(value, end);
    if (passwordFrom == value.length) {
      return null;
    }
    String name = new String(value, from, end - from, StandardCharsets.ISO_8859_1);
    return new LoginToken(name, Arrays.copyOfRange(value, passwordFrom, value.length));
  }

  private static int skipSpaces(byte[] value, int from) {
    int at = from;
    while (at < value.length && value[at] == ' ') {
      at++;
    }
    return at;
  }

  public String name() {
    return name;
  }

  byte[] password() {
    return password;
  }

  @Override
  public String toString() {
    return "the login of " + name;
  }
}
