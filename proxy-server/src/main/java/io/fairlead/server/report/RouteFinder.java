package io.fairlead.server.report;

import io.fairlead.protocol.Operation;
import io.fairlead.route.Outline;

/** Knows where routes lead. */
@FunctionalInterface
public interface RouteFinder {
  /** Where the routes of that name lead a request while all servers are up. */
  Outline outline(String routes, Operation operation, byte[] key);
}
