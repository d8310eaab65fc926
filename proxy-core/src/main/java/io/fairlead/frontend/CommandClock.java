package io.fairlead.frontend;

/** Since when the command has been arriving of which a part is there and the rest is not. */
final class CommandClock {
  private boolean running;
  private boolean watched;
  private long begunAt;
  private long lines;
  private boolean wasInValue;

  /**
   * Something of the client was read.
   *
   * @param isArriving whether a command has begun to arrive, and its client could send the rest
   * @param consumed whether any of it is done with
   * @param inValue whether a value is being taken as it comes
   * @param linesRead lines that have been read up to now
   * @return whether a command has begun for which nobody watches the time
   */
  boolean onRead(boolean isArriving, boolean consumed, boolean inValue, long linesRead) {
    boolean goesOn = running && (!consumed || (inValue && isSameValue(linesRead)));
    running = isArriving;
    wasInValue = inValue;
    lines = linesRead;
    return isArriving && !goesOn;
  }

  /** Whether it is the value that was coming before, or that of the line that was. */
  private boolean isSameValue(long linesRead) {
    return linesRead == lines + (wasInValue ? 0 : 1);
  }

  /** Begins anew; returns whether somebody has to watch from now on. */
  boolean start(long now) {
    running = true;
    begunAt = now;
    boolean isNew = !watched;
    watched = true;
    return isNew;
  }

  void restart(long now) {
    begunAt = now;
  }

  boolean isRunning() {
    return running;
  }

  long elapsed(long now) {
    return now - begunAt;
  }

  /** Nobody watches it any more. */
  long ignored() {
    watched = false;
    return ClientWatch.OVER;
  }
}
