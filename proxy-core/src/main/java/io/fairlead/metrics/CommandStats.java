package io.fairlead.metrics;

/** How often each command came, or went out. */
public final class CommandStats extends Counters<CommandCounter> {
  CommandStats() {
    super(CommandCounter.values());
  }
}
