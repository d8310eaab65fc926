package io.fairlead.server.admin;

/** Where the process is in its life; it only moves forward. */
enum Phase {
  STARTING,
  READY,
  DRAINING
}
