package io.fairlead.backend;

import io.fairlead.loop.ProxyLoop;
import io.fairlead.protocol.Command;
import io.fairlead.protocol.Verb;
import io.fairlead.spool.Backlog;
import io.fairlead.spool.LoopSpool;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The deletes that a server could not be told of: catches them when they fail, and tells the server
 * before it serves anything else.
 */
public final class SpooledDeletes {
  /*
   * Nothing but deletes is sent to a server while its backlog has an entry, on whichever loop that was
   * spooled: other requests fail at once. They do not wait, because a server that has failed a delete is
   * dead as a rule, and when it is not, all is over after one round trip.
   *
   * Deletes go on being sent as usual. If they waited in the spool too, a steady stream of them would
   * keep the backlog from ever becoming empty.
   *
   * One loop at a time tells the server (it has the claim). It is tried with growing pauses, and at once
   * when the server shows a sign of life: any reply, on any connection of this loop.
   */

  /** Flags of a meta delete that change nothing of what it does. */
  private static final String HARMLESS_FLAGS = "bkOq";

  private final ProxyLoop loop;
  private final Server server;
  private final LoopSpool spool;
  private final Backlog backlog;
  private final Backoff backoff = new Backoff();
  private @Nullable GuardedDelete free;
  private @Nullable Replay replay;
  private boolean isScheduled;
  private boolean stopped;

  SpooledDeletes(ProxyLoop loop, Server server, LoopSpool spool) {
    this.loop = loop;
    this.server = server;
    this.spool = spool;
    this.backlog = spool.backlog(server.settings().address());
  }

  void start() {
    if (backlog.isPending()) { // since before the proxy was started
      replayLater();
    }
  }

  /** Whether a command is a delete that can be kept by its key alone. */
  public static boolean takes(Command command) {
    return command.verb() == Verb.DELETE
        || (command.verb() == Verb.MD && command.meta().hasOnly(HARMLESS_FLAGS));
  }

  boolean arePending() {
    if (!backlog.isPending()) {
      return false;
    }
    replayLater(); // as they may have come from a process that has ended, and nobody begins
    return true;
  }

  /** A sink that keeps the delete when it fails, and else passes on what it is told. */
  ReplySink guard(Command command, ByteBuf in, ReplySink sink, int slot) {
    return take().begin(command, in, sink, slot);
  }

  /**
   * The same for a classic delete that has been written already.
   *
   * @param request borrowed
   */
  ReplySink guard(ByteBuf request, ReplySink sink, int slot) {
    return take().begin(request, sink, slot);
  }

  private GuardedDelete take() {
    GuardedDelete taken = free;
    if (taken == null) {
      return new GuardedDelete(loop, this);
    }
    free = taken.nextFree;
    taken.nextFree = null;
    return taken;
  }

  void giveBack(GuardedDelete delete) {
    delete.nextFree = free;
    free = delete;
  }

  /** Hands a delete that has failed to the spool. */
  void add(byte[] key, GuardedDelete receipt) {
    spool.add(server.settings().address(), server.pool().name(), key, receipt);
  }

  /** A delete is in the spool now, and the server is held back. */
  void onSpooled() {
    if (!isScheduled) {
      replayNow();
    }
  }

  /** The server has answered something. */
  void onAnswer() {
    if (backlog.isPending()) {
      replayNow();
    }
  }

  private void replayNow() {
    if (stopped || replay != null || !backlog.isPending()) {
      return;
    }
    if (!backlog.claim()) {
      replayLater(); // unless the loop that tells the server now gets to the end
      return;
    }
    Replay begun = new Replay(loop, server, spool, backlog, this::onReplayEnded);
    replay = begun;
    begun.start();
  }

  private void onReplayEnded(boolean hasSettledAny) {
    replay = null;
    backlog.release();
    if (hasSettledAny) {
      backoff.reset();
    }
    if (backlog.isPending()) {
      replayLater();
    }
  }

  private void replayLater() {
    if (!isScheduled && replay == null) {
      isScheduled = true;
      loop.later(this::onPauseOver, backoff.nextNanos());
    }
  }

  private void onPauseOver() {
    isScheduled = false;
    replayNow();
  }

  void stop() {
    stopped = true;
    Replay running = replay;
    if (running != null) {
      running.close();
    }
  }
}
