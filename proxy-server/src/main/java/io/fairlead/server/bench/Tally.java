package io.fairlead.server.bench;

import io.fairlead.testkit.load.Histogram;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What has come of the requests to one address; counts only while it is asked to. */
final class Tally {
  private static final int PROBLEMS_SHOWN = 3;

  final Histogram latency = new Histogram();
  long gets;
  long sets;
  long hits;
  long misses;
  long errors;
  long unsent;
  private long replies;
  private boolean isCounting;
  private final List<String> problems = new ArrayList<>();

  void count(boolean counts) {
    isCounting = counts;
  }

  /** All replies since the start, counted or not. */
  long replies() {
    return replies;
  }

  /** The first few different things that went wrong. */
  List<String> problems() {
    return List.copyOf(problems);
  }

  void onGet(long due, long now, int found, int missing, @Nullable String problem) {
    onReply(due, now, problem);
    if (isCounting) {
      gets++;
      hits += found;
      misses += problem == null ? missing : 0;
    }
  }

  void onSet(long due, long now, @Nullable String problem) {
    onReply(due, now, problem);
    if (isCounting) {
      sets++;
    }
  }

  private void onReply(long due, long now, @Nullable String problem) {
    replies++;
    if (isCounting) {
      latency.record(now - due);
    }
    if (problem != null) {
      onError(problem);
    }
  }

  /** A request that was due and could not even be sent: it has waited at least that long. */
  void onUnsent(long waitedNanos) {
    if (isCounting) {
      unsent++;
      latency.record(waitedNanos);
    }
  }

  /** A request that was never answered: it has waited at least that long. */
  void onUnanswered(long waitedNanos, String problem) {
    if (isCounting) {
      latency.record(waitedNanos);
    }
    onError(problem);
  }

  /** Something went wrong, whether it counts or not: an error must not hide in the warm-up. */
  void onError(String problem) {
    errors++;
    if (problems.size() < PROBLEMS_SHOWN && !problems.contains(problem)) {
      problems.add(problem);
    }
  }
}
