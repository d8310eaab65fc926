package io.fairlead.config;

import io.fairlead.config.PoolSettings.Mode;

/**
 * What a pool does in which each key lives on every server; of no meaning in a sharded pool.
 *
 * @param missFailover whether a read that misses on one replica is asked of the next one
 * @param repair the part, from 0 to 1, of the misses found out so after which the replica is given
 *     the value
 * @param missedWrites what becomes of the old value on a replica that a write did not reach
 * @param failBack whether the first server is the primary again as soon as it is back
 */
public record ReplicaSettings(
    WritePolicy writes,
    ReadFrom reads,
    boolean missFailover,
    double repair,
    MissedWrites missedWrites,
    Promote promote,
    boolean failBack) {

  private static final ReplicaSettings EQUALS =
      new ReplicaSettings(
          WritePolicy.ALL,
          ReadFrom.PRIMARY,
          true,
          1,
          MissedWrites.DELETE,
          Promote.FIRST_LIVE,
          true);

  /** How many live replicas must accept a write before the client is told that it succeeded. */
  public enum WritePolicy {
    ALL,
    QUORUM,
    ANY;

    /** Of so many live replicas, and so many configured ones. */
    public int needed(int live, int all) {
      return switch (this) {
        case ALL -> live;
        case QUORUM -> all / 2 + 1;
        case ANY -> 1;
      };
    }
  }

  /** Where a read is asked first; where it goes on does not depend on it. */
  public enum ReadFrom {
    PRIMARY,
    /** Spread over the others; the primary comes last. */
    REPLICAS,
    /** Spread over all. */
    ALL
  }

  /** What becomes of the old value on a replica that a write did not reach. */
  public enum MissedWrites {
    /** It is deleted as soon as the replica can be told. */
    DELETE,
    KEEP
  }

  /** Who decides writes while the first server is away. */
  public enum Promote {
    FIRST_LIVE,
    /** Nobody: they fail. */
    NEVER
  }

  /** What a pool does unless told otherwise. */
  public static ReplicaSettings defaultFor(Mode mode) {
    return mode == Mode.PRIMARY_REPLICA ? EQUALS.with(ReadFrom.REPLICAS) : EQUALS;
  }

  public ReplicaSettings with(WritePolicy value) {
    return new ReplicaSettings(value, reads, missFailover, repair, missedWrites, promote, failBack);
  }

  public ReplicaSettings with(ReadFrom value) {
    return new ReplicaSettings(
        writes, value, missFailover, repair, missedWrites, promote, failBack);
  }

  public ReplicaSettings withRepair(double part) {
    return new ReplicaSettings(writes, reads, missFailover, part, missedWrites, promote, failBack);
  }

  public ReplicaSettings with(MissedWrites value) {
    return new ReplicaSettings(writes, reads, missFailover, repair, value, promote, failBack);
  }

  public ReplicaSettings with(Promote value, boolean goesBack) {
    return new ReplicaSettings(writes, reads, missFailover, repair, missedWrites, value, goesBack);
  }
}
