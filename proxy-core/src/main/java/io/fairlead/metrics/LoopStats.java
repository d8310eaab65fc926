package io.fairlead.metrics;

/** The counters of one event loop. */
public final class LoopStats extends Counters<Counter> {
  private final CommandStats received = new CommandStats();
  private final CommandStats sent = new CommandStats();
  private final CommandStats besides = new CommandStats();
  private boolean isBesides;
  private final ResultStats answered = new ResultStats();
  private final ResultStats failed = new ResultStats();
  private final OutcomeStats outcomes = new OutcomeStats();

  public LoopStats() {
    super(Counter.values());
  }

  /** What clients ask for; keys of plain gets are counted by {@link Counter#GET_KEYS} alone. */
  public CommandStats received() {
    return received;
  }

  /** What servers are asked for, key by key. */
  public CommandStats sent() {
    return sent;
  }

  /**
   * Of these, what is sent because the reply of another server was not enough, and what is copied
   * to shadows.
   */
  public CommandStats besides() {
    return besides;
  }

  /**
   * Says whether requests are sent besides, from now on.
   *
   * @return what was said before
   */
  public boolean countBesides(boolean now) {
    boolean before = isBesides;
    isBesides = now;
    return before;
  }

  /** Counts a request that is sent to a server. */
  public void countSent(CommandCounter command) {
    sent.count(command);
    countIfBesides(command);
  }

  /** Counts one key of a multi-get, which itself is counted when it is complete. */
  public void countIfBesides(CommandCounter command) {
    if (isBesides) {
      besides.count(command);
    }
  }

  /** What became of requests of clients, as memcached counts it. */
  public OutcomeStats outcomes() {
    return outcomes;
  }

  /** Requests of clients that failed, and why. */
  public ResultStats answered() {
    return answered;
  }

  /** Requests that servers failed, and why, also those of which no client hears. */
  public ResultStats failed() {
    return failed;
  }
}
