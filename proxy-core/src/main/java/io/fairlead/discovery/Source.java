package io.fairlead.discovery;

import io.fairlead.config.ServerSettings;
import java.util.List;

/** What names the servers of a pool; it tells its feed, on the thread of the discovery. */
interface Source extends AutoCloseable {
  /** Begins to look; the feed is told of what is found until this is closed. */
  void start();

  @Override
  void close();

  /** Who is told. */
  interface Listener {
    /** These servers there are, in any order. */
    void onServers(List<ServerSettings> servers);

    /**
     * The same, but there may be others: a part of the question was not answered, so that nothing
     * follows from a server that is not among them.
     */
    void onSomeServers(List<ServerSettings> servers);

    /** It cannot be said at present which servers there are. */
    void onFailure(String reason);
  }
}
