package io.fairlead.config;

/**
 * Whether a pool says which of its keys are asked for most.
 *
 * @param keys how many of them
 */
public record HotKeySettings(boolean on, int keys, Show show) {
  public static final HotKeySettings DEFAULT = new HotKeySettings(true, 20, Show.FULL);
  public static final HotKeySettings OFF = new HotKeySettings(false, DEFAULT.keys, DEFAULT.show);
  public static final int MOST_KEYS = 100;

  /** What is shown of a key, which may be personal data. */
  public enum Show {
    FULL,
    /** Its first 8 bytes. */
    SHORT,
    /** The first 16 hexadecimal digits of its SHA-256. */
    HASH
  }
}
