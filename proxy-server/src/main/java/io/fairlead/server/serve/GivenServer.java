package io.fairlead.server.serve;

import io.fairlead.config.Address;
import io.fairlead.config.SourcePlace;

/** What stands behind {@code --server}: a memcached server, or where servers are looked up. */
sealed interface GivenServer {
  record Named(Address address) implements GivenServer {
    @Override
    public String toString() {
      return address.toString();
    }
  }

  record LookedUp(SourcePlace place) implements GivenServer {
    @Override
    public String toString() {
      return place.toString();
    }
  }
}
