package io.fairlead.server.log;

/** In which form the log is written. */
public enum LogFormat {
  /** Pairs of keys and values: for people, and for programs that know logfmt. */
  TEXT,
  /** One JSON object on a line. */
  JSON
}
