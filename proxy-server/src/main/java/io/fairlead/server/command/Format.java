package io.fairlead.server.command;

/** How a command prints its result. */
public enum Format {
  /** For people. */
  TEXT,
  /** For scripts: one JSON object on a line. */
  JSON
}
