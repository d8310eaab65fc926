package io.fairlead.spool;

import io.fairlead.config.Address;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The deletes that one server has to be told of before it may serve anything else; of the whole
 * process, whichever event loop has spooled them.
 */
public final class Backlog {
  private final Address server;
  private final AtomicBoolean claimed = new AtomicBoolean();

  /** Files with deletes for this server; of the spool's thread. */
  private final ArrayDeque<SpoolFile> files = new ArrayDeque<>();

  private volatile long pending;

  Backlog(Address server) {
    this.server = server;
  }

  Address server() {
    return server;
  }

  /** Whether there are any; from any thread. */
  public boolean isPending() {
    return pending > 0;
  }

  /** How many; from any thread. */
  public long pending() {
    return pending;
  }

  /** Asks to be the only one who sends them; true when nobody else is. */
  public boolean claim() {
    return claimed.compareAndSet(false, true);
  }

  /** Lets somebody else try. */
  public void release() {
    claimed.set(false);
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // only the spool's thread writes
  void change(long difference) {
    pending += difference;
    assert pending >= 0;
  }

  void add(SpoolFile file) {
    files.addLast(file);
  }

  @Nullable SpoolFile first() {
    return files.peekFirst();
  }

  void removeFirst() {
    files.removeFirst();
  }
}
