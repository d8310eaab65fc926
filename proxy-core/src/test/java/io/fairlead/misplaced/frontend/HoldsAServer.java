package io.fairlead.misplaced.frontend;

import io.fairlead.misplaced.backend.Server;

/** Should know a route only. */
public class HoldsAServer {
  Server server = new Server();
}
