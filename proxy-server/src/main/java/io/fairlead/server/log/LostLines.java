package io.fairlead.server.log;

import java.util.concurrent.atomic.AtomicLong;

/** How many lines of the log could not be written, and have not been told of yet. */
final class LostLines {
  private final AtomicLong lost = new AtomicLong();

  void add(long lines) {
    lost.addAndGet(lines);
  }

  long count() {
    return lost.get();
  }

  /** Those there are, of which somebody else tells now. */
  long take() {
    return lost.getAndSet(0);
  }
}
