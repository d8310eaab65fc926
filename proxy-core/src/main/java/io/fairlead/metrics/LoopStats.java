package io.fairlead.metrics;

/** The counters of one event loop. */
public final class LoopStats extends Counters<Counter> {
  private final CommandStats received = new CommandStats();
  private final CommandStats sent = new CommandStats();
  private final ResultStats answered = new ResultStats();
  private final ResultStats failed = new ResultStats();

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

  /** Requests of clients that failed, and why. */
  public ResultStats answered() {
    return answered;
  }

  /** Requests that servers failed, and why, also those of which no client hears. */
  public ResultStats failed() {
    return failed;
  }
}
