package io.fairlead.testkit;

import java.util.List;

/** One way to get a memcached on this machine. */
public interface MemcachedProvider {
  /** Whether {@link #start} has what it needs. May look for a program or call a daemon. */
  boolean isAvailable();

  /**
   * Starts a memcached on a free port and returns when it answers.
   *
   * @param arguments added to the command line, for example {@code -I 2m}
   */
  MemcachedServer start(List<String> arguments);
}
