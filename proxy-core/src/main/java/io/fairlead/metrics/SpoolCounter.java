package io.fairlead.metrics;

/** What the spool of deletes counts. */
public enum SpoolCounter implements Countable {
  SPOOLED("deletes written to the spool because their server could not be told"),
  REPLAYED("deletes of the spool that their server was told of"),
  REFUSED_FULL("deletes not spooled because a limit was reached"),
  REFUSED_UNWRITABLE("deletes not spooled because the directory could not be written"),
  REFUSED_BUSY("deletes not spooled because too many waited to be written"),
  DROPPED_EXPIRED("deletes of the spool dropped because they were too old"),
  DROPPED_REJECTED("deletes of the spool that their server answered with an error"),
  DROPPED_UNREADABLE("lines of the spool that could not be read"),
  DROPPED_MISSING("deletes of the spool whose file somebody else has removed"),
  PENDING(Measure.gauge("deletes of the spool that their server has not been told of")),
  BYTES(Measure.gauge("bytes of the files that hold such deletes"));

  private final Measure measure;

  SpoolCounter(String description) {
    this(Measure.counter(description));
  }

  SpoolCounter(Measure measure) {
    this.measure = measure;
  }

  @Override
  public Measure measure() {
    return measure;
  }
}
