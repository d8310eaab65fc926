package io.fairlead.misplaced.protocol;

import io.fairlead.misplaced.backend.Server;

/** Looks up, and closes a circle with {@link Server}. */
public class KnowsServers {
  Server server = new Server();
}
