package io.fairlead.config;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where deletes that a server could not be told of are kept until it can.
 *
 * @param version of the lines: 1 or 2, as mcrouter writes them
 * @param fsyncInterval how often what was written is forced to the disk, with {@link
 *     Fsync#INTERVAL}
 * @param bytes of all files that hold a delete that has not been replayed
 * @param entries deletes that have not been replayed
 * @param age after which a delete is dropped
 * @param keep whether files stay when all their deletes have been replayed
 */
public record SpoolSettings(
    Path directory,
    int version,
    Fsync fsync,
    Duration fsyncInterval,
    long bytes,
    int entries,
    Duration age,
    boolean keep) {

  /** When a delete that was written counts as safe, so that its client is answered. */
  public enum Fsync {
    /** When it is on the disk. */
    ALWAYS,
    /** When the kernel has it, which writes it out within the interval. */
    INTERVAL,
    /** When the kernel has it, which writes it out when it likes. */
    NEVER
  }

  /** Everything but the directory at its default. */
  public static SpoolSettings in(Path directory) {
    return new SpoolSettings(
        directory,
        1,
        Fsync.INTERVAL,
        Duration.ofSeconds(1),
        64L << 20,
        1_000_000,
        Duration.ofHours(1),
        false);
  }

  /** The same with lines of another version. */
  public SpoolSettings withVersion(int other) {
    return new SpoolSettings(directory, other, fsync, fsyncInterval, bytes, entries, age, keep);
  }

  /** The same with another answer to when a delete counts as safe. */
  public SpoolSettings with(Fsync policy) {
    return new SpoolSettings(directory, version, policy, fsyncInterval, bytes, entries, age, keep);
  }
}
