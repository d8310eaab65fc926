package io.fairlead.config;

/** The form in which a configuration file is written. */
public enum Dialect {
  /** Fairlead's own, with {@code pools} and {@code listeners} at the top. */
  FAIRLEAD,
  /**
   * A nutcracker.yml of twemproxy: pools at the top, each with {@code listen} and {@code servers}.
   */
  NUTCRACKER,
  /** mcrouter's JSON: an object with {@code route} or {@code routes} at its top. */
  MCROUTER
}
