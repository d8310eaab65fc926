package io.fairlead.frontend;

/** Notices when a client has stopped reading its replies. */
final class UnreadWatch {
  private boolean watching;
  private long progress;
  private long progressAt;

  /** Starts watching; false when that was so already. */
  boolean start(long takenBytes, long now) {
    if (watching) {
      return false;
    }
    watching = true;
    progress = takenBytes;
    progressAt = now;
    return true;
  }

  void stop() {
    watching = false;
  }

  /** Whether the client has read nothing for {@code timeout}. */
  boolean isStuck(long takenBytes, long now, long timeout) {
    if (takenBytes != progress) {
      progress = takenBytes;
      progressAt = now;
    }
    return now - progressAt >= timeout;
  }
}
