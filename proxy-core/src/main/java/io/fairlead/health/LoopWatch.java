package io.fairlead.health;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Lets one event loop follow the health of a pool: all its servers at once, so that it never acts
 * on half a change.
 */
public final class LoopWatch {
  private final PoolHealth pool;
  private final Executor loop;
  private final List<Follower> followers = new CopyOnWriteArrayList<>();
  private @Nullable Map<ServerHealth, ServerView> seen;

  /** A server on an event loop. */
  public interface Follower {
    ServerHealth health();

    /** Takes note; its neighbours may not have yet. */
    void follow(ServerView view);

    /** All have taken note: does what is to be done. */
    void act();
  }

  LoopWatch(PoolHealth pool, Executor loop) {
    this.pool = pool;
    this.loop = loop;
  }

  void add(Follower follower) {
    followers.add(follower);
    ServerView view = pool.views().get(follower.health());
    if (view != null) {
      follower.follow(view);
      follower.act();
    }
  }

  /** Lets a server hear nothing any more. */
  public void remove(Follower follower) {
    followers.remove(follower);
    pool.forget(this, follower);
  }

  boolean isEmpty() {
    return followers.isEmpty();
  }

  /** The server of which this is the health, on this loop; null when there is none. */
  @Nullable Follower followerOf(ServerHealth health) {
    for (Follower follower : followers) {
      if (follower.health().equals(health)) {
        return follower;
      }
    }
    return null;
  }

  boolean isOn(Executor other) {
    return loop.equals(other);
  }

  /** Something has changed; from any thread. */
  void changed() {
    loop.execute(this::refresh);
  }

  /** Catches up with what has changed; at once for a loop that has caused it. */
  @SuppressWarnings("ReferenceEquality") // each change makes another one
  public void refresh() {
    Map<ServerHealth, ServerView> views = pool.views();
    if (views == seen) {
      return;
    }
    seen = views;
    for (Follower follower : followers) {
      ServerView view = views.get(follower.health());
      if (view != null) { // else its pool has it no more
        follower.follow(view);
      }
    }
    followers.forEach(Follower::act);
  }
}
