package io.fairlead.server;

/** How a command prints its result. */
enum Format {
  /** For people. */
  TEXT,
  /** For scripts: one JSON object on a line. */
  JSON
}
