package io.fairlead.discovery;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a source of servers does.
 *
 * @param source its URL
 * @param identity what its servers are called
 * @param servers on the ring
 * @param missing those among them that it does not name any more
 * @param failures how often it could not say which servers there are
 * @param changes how often the servers were others, or elsewhere
 * @param lastSuccess when it said so last; null for never
 * @param problem why it cannot say so now; null when it can
 */
public record SourceStatus(
    String pool,
    String source,
    String identity,
    State state,
    int servers,
    int missing,
    long failures,
    long changes,
    @Nullable Instant lastSuccess,
    @Nullable String problem) {

  // Written out because a compact constructor loses the @Nullable of its parameters.
  public SourceStatus(
      String pool,
      String source,
      String identity,
      State state,
      int servers,
      int missing,
      long failures,
      long changes,
      @Nullable Instant lastSuccess,
      @Nullable String problem) {
    this.pool = pool;
    this.source = source;
    this.identity = identity;
    this.state = state;
    this.servers = servers;
    this.missing = missing;
    this.failures = failures;
    this.changes = changes;
    this.lastSuccess = lastSuccess;
    this.problem = problem;
  }

  /** Whether a source can say which servers there are. */
  public enum State {
    /** It has not said anything yet. */
    WAITING,
    /** What it said last is in use. */
    OK,
    /** It fails; what it said before is in use. */
    FAILING
  }
}
