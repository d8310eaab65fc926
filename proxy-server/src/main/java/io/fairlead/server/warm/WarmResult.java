package io.fairlead.server.warm;

import java.util.ArrayList;
import java.util.List;

/** What has been done so far. For one thread. */
public final class WarmResult {
  private static final int PROBLEMS_SHOWN = 5;

  long listed;
  long done;
  long copied;
  long present;
  long missing;
  long stale;
  long failed;
  long bytes;
  boolean isStopped;
  private final List<String> problems = new ArrayList<>();
  private final List<String> shares = new ArrayList<>();

  /** Keys that the source named. */
  public long listed() {
    return listed;
  }

  /** Keys that have been looked at. */
  public long done() {
    return done;
  }

  /** Keys that the target has now, and had not before. */
  public long copied() {
    return copied;
  }

  /** Keys that the target had already. */
  public long present() {
    return present;
  }

  /** Keys that were gone when their turn came. */
  public long missing() {
    return missing;
  }

  /** Keys of which the value is marked as out of date, and not copied. */
  public long stale() {
    return stale;
  }

  /** Keys that the target has refused. */
  public long failed() {
    return failed;
  }

  /** Bytes of the values that were copied. */
  public long bytes() {
    return bytes;
  }

  /** Whether it was told to stop before the end. */
  public boolean isStopped() {
    return isStopped;
  }

  /** The first few different things that went wrong, as sentences. */
  public List<String> problems() {
    return List.copyOf(problems);
  }

  void onProblem(String problem) {
    if (problems.size() < PROBLEMS_SHOWN && !problems.contains(problem)) {
      problems.add(problem);
    }
  }

  /** Of a rehearsal: how many keys each server of the target would get. */
  public List<String> shares() {
    return List.copyOf(shares);
  }

  void share(String line) {
    shares.add(line);
  }
}
