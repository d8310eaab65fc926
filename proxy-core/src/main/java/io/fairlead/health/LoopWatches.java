package io.fairlead.health;

import io.fairlead.health.LoopWatch.Follower;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The event loops that follow the health of a pool, and what they are to do about each server. The
 * lock of the pool guards all but what is published.
 */
final class LoopWatches {
  private final PoolHealth pool;
  private final List<LoopWatch> watches = new ArrayList<>();
  private boolean isChanged;
  private volatile Map<ServerHealth, ServerView> views = Map.of();

  LoopWatches(PoolHealth pool) {
    this.pool = pool;
  }

  /** That of an event loop, which may be its first. */
  LoopWatch of(Executor loop) {
    for (LoopWatch watch : watches) {
      if (watch.isOn(loop)) {
        return watch;
      }
    }
    LoopWatch added = new LoopWatch(pool, loop);
    watches.add(added);
    return added;
  }

  /** Forgets one that nobody needs any more. */
  void removeIfEmpty(LoopWatch watch) {
    if (watch.isEmpty()) {
      watches.remove(watch);
    }
  }

  /** One of those loops that have the server; null when none has. */
  @Nullable Follower followerOf(ServerHealth server) {
    for (LoopWatch watch : watches) {
      Follower follower = watch.followerOf(server);
      if (follower != null) {
        return follower;
      }
    }
    return null;
  }

  /** Something has changed, and is told when the whole change is known. */
  void change() {
    isChanged = true;
  }

  /** The whole change, if there is one, is known: each loop is told to look at it. */
  void publish(PoolRules rules) {
    if (!isChanged) {
      return;
    }
    isChanged = false;
    Map<ServerHealth, ServerView> next = new HashMap<>();
    for (ServerHealth server : rules.servers()) {
      next.put(server, rules.view(server));
    }
    views = next;
    watches.forEach(LoopWatch::changed);
  }

  /** What loops are to do about each server; another map after each change. From any thread. */
  Map<ServerHealth, ServerView> views() {
    return views;
  }
}
