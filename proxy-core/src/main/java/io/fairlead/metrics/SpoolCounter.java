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
  PENDING("deletes of the spool that their server has not been told of", true),
  BYTES("bytes of the files that hold such deletes", true);

  private final String description;
  private final boolean gauge;

  SpoolCounter(String description) {
    this(description, false);
  }

  SpoolCounter(String description, boolean gauge) {
    this.description = description;
    this.gauge = gauge;
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public boolean isGauge() {
    return gauge;
  }
}
