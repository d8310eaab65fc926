package io.fairlead.server.doctor;

/**
 * What a check has found, in a line.
 *
 * @param check what was looked at, as {@code server}
 * @param subject which one of these, as {@code main/cache-a}; may be empty
 * @param text how it is, and what to do when it is not well
 */
public record Finding(Level level, String check, String subject, String text) {
  /** How bad it is. */
  public enum Level {
    OK,
    /** It works, but not as well as it could, or not for ever. */
    WARN,
    /** It does not work. */
    FAIL
  }

  static Finding ok(String check, String subject, String text) {
    return new Finding(Level.OK, check, subject, text);
  }

  static Finding warn(String check, String subject, String text) {
    return new Finding(Level.WARN, check, subject, text);
  }

  static Finding fail(String check, String subject, String text) {
    return new Finding(Level.FAIL, check, subject, text);
  }
}
