package io.fairlead.frontend;

import io.fairlead.config.ClientLimits;
import io.fairlead.loop.LoopLoad;
import io.fairlead.protocol.Command;
import io.fairlead.protocol.Verb;
import org.jspecify.annotations.Nullable;

/**
 * Why one client is not read from.
 *
 * <pre>
 *   its own doing    its requests come faster than they may
 *                    too many keys or requests in flight, replies that it does not read
 *                    values were dropped for want of room: they are asked for again before all else
 *                    a large value that its server does not take yet
 *                    a large value, for which everything before it must be over
 *                    its password is being checked
 *   others'          the loop has as much under way, or keeps as much, as it may
 *                    it stands in line at the gate
 * </pre>
 */
final class Holdback {
  private final RequestReader reader;
  private final ClientConnection client;
  private final ReplyQueue replies;
  private final Allowance allowance;
  private final GatePass pass;
  private final Forwarding forwarding;
  private final Standing standing;
  private final LoopLoad load;
  private final PacedClients paced;

  /** Null where requests may come as fast as they can. */
  private @Nullable RequestPace pace;

  /** It was counted that a limit of the client holds it back. */
  private boolean refused;

  private boolean untilQuiet;
  private boolean untilAskedAgain;

  Holdback(ClientConnection client, RequestReader reader, PacedClients paced) {
    this.client = client;
    this.reader = reader;
    this.paced = paced;
    this.replies = client.replies();
    this.allowance = client.allowance();
    this.pass = client.pass();
    this.forwarding = client.forwarding();
    this.standing = client.standing();
    this.load = client.loop().load();
  }

  /** Lets other limits hold. */
  void follow(ClientLimits limits) {
    pace = RequestPace.of(client, paced, limits, pace);
  }

  /** The pace of a client goes on where it was on another event loop. */
  void goOnFor(Holdback before) {
    if (pace != null && before.pace != null) {
      pace.goOnFor(before.pace);
    }
  }

  @Nullable RequestPace pace() {
    return pace;
  }

  /** Whether another request may be read, or another key of the present one. */
  boolean mayTakeMore() {
    return !isRefused() && !waitsForOthers() && (pace == null || pace.admits());
  }

  /** Whether the client has all that it may have, which is counted once until it goes on. */
  private boolean isRefused() {
    if (allowance.allowsMore(requestsBefore())) {
      return false;
    }
    if (!refused) {
      refused = true;
      allowance.countRefusal(requestsBefore());
    }
    return true;
  }

  /** A get that is being read does not count against itself. */
  private int requestsBefore() {
    return replies.size() - (reader.keys().isOpen() ? 1 : 0);
  }

  /** A request was read, or a key of one. */
  void took() {
    if (pace != null) {
      pace.take();
    }
  }

  /** Reads that can be repeated are taken freely; others only when what is in flight fits. */
  boolean mayTake(Command command) {
    boolean repeatable = command.verb().form() == Verb.Form.RETRIEVAL;
    boolean local = command.verb().form() == Verb.Form.LOCAL;
    return repeatable || local || allowance.allowsFinal();
  }

  /** Holds the client back until nothing is in the way any more. */
  void untilClear() {
    client.pause();
    waitForLoad();
  }

  /** Until it is known whether a password is right. */
  void untilVerdict() {
    client.pause();
  }

  /** Until every request has been answered. */
  void untilQuiet() {
    untilQuiet = true;
    client.pause();
  }

  /**
   * Until a value that was dropped has been asked for again, so that a later write of this client
   * cannot overtake the get.
   */
  void untilAskedAgain() {
    untilAskedAgain = true;
    client.pause();
  }

  /** Whether none of the reasons is left; may ask for what was dropped. */
  boolean isOver() {
    if (standing.isChecked()) {
      return false;
    }
    boolean isClear = isClear();
    if (!isClear && isForLoad()) {
      waitForLoad();
    }
    return isClear;
  }

  private void waitForLoad() {
    if (load.isHigh()) {
      load.await(client);
    }
  }

  private boolean isClear() {
    if (untilQuiet) {
      untilQuiet = !forwarding.isQuiet();
    }
    if (untilAskedAgain) {
      askDropped();
    }
    if (untilQuiet || untilAskedAgain || standsInLine()) {
      return false;
    }
    if (isUploading()) {
      return !reader.values().waitsForServer();
    }
    boolean isOver =
        !isRefused() && allowance.allowsResuming(requestsBefore()) && !waitsForOthers();
    refused &= !isOver;
    return isOver;
  }

  /** Whether it is the loop's load that has to be waited for. */
  private boolean isForLoad() {
    return load.isHigh() && !untilQuiet && !untilAskedAgain && !standsInLine() && !isUploading();
  }

  /** Whether it is called when it may go on. */
  private boolean standsInLine() {
    return pass.isInLine() || (pace != null && pace.isWaiting());
  }

  private boolean isUploading() {
    return reader.values().isUploading();
  }

  private void askDropped() {
    // A key may have one reply under way only, so what is being dropped must come to its end first.
    while (untilAskedAgain
        && !replies.isDropping()
        && (allowance.allowsMore(0) || allowance.allowsNext())) {
      untilAskedAgain = replies.askDeferred();
    }
  }

  /** Whether it has to wait for its turn; one that waits for no reply never has to. */
  private boolean waitsForOthers() {
    return (load.isFull() || load.isNearlyFull()) && waitsForReply();
  }

  /** A get that is being read waits for nothing as long as none of its keys is asked for. */
  private boolean waitsForReply() {
    boolean hasIdleGet = reader.keys().isOpen() && allowance.hasNoKeyInFlight();
    return replies.size() > (hasIdleGet ? 1 : 0);
  }
}
