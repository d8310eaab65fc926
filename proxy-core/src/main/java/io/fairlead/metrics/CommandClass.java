package io.fairlead.metrics;

import java.util.Locale;

/** Commands that are much alike; what the label {@code command} says. */
public enum CommandClass {
  /** get, gets, gat, gats. */
  GET,
  /** set, add, replace, append, prepend, cas. */
  SET,
  DELETE,
  /** incr, decr. */
  ARITHMETIC,
  TOUCH,
  /** mg, ms, md, ma, me. */
  META,
  /** flush_all, and all that the proxy answers by itself. */
  OTHER;

  private final String label = name().toLowerCase(Locale.ROOT);

  public String label() {
    return label;
  }
}
