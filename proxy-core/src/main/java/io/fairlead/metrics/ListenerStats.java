package io.fairlead.metrics;

/** What one event loop counts of one listener. */
public final class ListenerStats extends Counters<ListenerCounter> {
  private final String listener;

  /**
   * @param listener its address in the settings
   */
  public ListenerStats(String listener) {
    super(ListenerCounter.values());
    this.listener = listener;
  }

  /** Its address in the settings. */
  public String listener() {
    return listener;
  }

  /** Whether there are clients, or something is still kept for those that were. */
  public boolean hasClients() {
    return get(ListenerCounter.CONNECTIONS) > 0 || get(ListenerCounter.BUFFERED_BYTES) > 0;
  }
}
