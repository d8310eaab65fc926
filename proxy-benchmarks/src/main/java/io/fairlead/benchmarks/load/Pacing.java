package io.fairlead.benchmarks.load;

/** When a request is sent. */
public enum Pacing {
  /** As soon as the replies before it on its connection are there: the cost at full load. */
  CLOSED,
  /** At its own time, at a fixed mean rate: the cost of equal work, and honest latency. */
  OPEN
}
