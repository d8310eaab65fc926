package io.fairlead.metrics;

import java.util.ArrayList;
import java.util.List;

/**
 * What became of the requests of clients that lead to one pool or tree of routes, and how long they
 * took; by their commands. One loop writes, any thread may read.
 */
@SuppressWarnings("EnumOrdinal") // an index into lists that live as long as the enum is loaded
public final class RequestStats {
  private final List<ResultStats> results = new ArrayList<>();
  private final List<LatencyHistogram> times = new ArrayList<>();

  RequestStats() {
    for (CommandClass unused : CommandClass.values()) {
      results.add(new ResultStats());
      times.add(new LatencyHistogram());
    }
  }

  /** Counts what became of requests; each key of a get is one. On the owning loop only. */
  public void count(CommandClass command, ResultCounter result, int requests) {
    results.get(command.ordinal()).add(result, requests);
  }

  /** Notes how long a request took, with all its keys; on the owning loop only. */
  public void took(CommandClass command, long nanos) {
    times.get(command.ordinal()).record(nanos);
  }

  public ResultStats results(CommandClass command) {
    return results.get(command.ordinal());
  }

  public LatencyHistogram times(CommandClass command) {
    return times.get(command.ordinal());
  }
}
