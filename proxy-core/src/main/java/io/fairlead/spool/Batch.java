package io.fairlead.spool;

import java.util.List;

/** Some deletes of a backlog, as they are sent together. */
public final class Batch {
  private final Backlog backlog;
  private final SpoolFile file;
  private final long end;
  private final int expired;
  private final List<byte[]> keys;

  /**
   * @param end where in the file its last line ends
   * @param expired deletes between them that are too old to be sent
   */
  Batch(Backlog backlog, SpoolFile file, long end, int expired, List<byte[]> keys) {
    this.backlog = backlog;
    this.file = file;
    this.end = end;
    this.expired = expired;
    this.keys = keys;
  }

  /** The keys to be deleted. Not to be changed by the caller. */
  public List<byte[]> keys() {
    return keys;
  }

  Backlog backlog() {
    return backlog;
  }

  SpoolFile file() {
    return file;
  }

  long end() {
    return end;
  }

  int expired() {
    return expired;
  }

  /** How many deletes it settles. */
  int count() {
    return expired + keys.size();
  }
}
