package io.fairlead.frontend;

import io.fairlead.config.LimitSettings;

/**
 * How much a client may have in flight, so that the replies fit what may be buffered for it.
 *
 * <p>What a reply will need is judged by the values this client got before: the expectation rises
 * at once and falls slowly. A new client starts with few keys in flight.
 */
final class Allowance {
  private static final int FIRST_EXPECTATION = 256 << 10;
  private static final int LEAST_EXPECTATION = 64;

  /**
   * The first values of a client are learned from quickly, later ones by a part of 2 to this power.
   */
  private static final int LEARNING_REPLIES = 32;

  private static final int LEARNING_SHIFT = 3;
  private static final int FALLING_SHIFT = 6;

  /**
   * What may be buffered while the loop keeps more than it may: enough for a client that reads, so
   * that those that do not read cost the others nothing.
   */
  private static final int SHORT_OF_MEMORY_BYTES = 64 << 10;

  private final ClientConnection client;
  private final int bufferBytes;
  private final int mostRequests;

  private int keysInFlight;
  private int expectedBytes = FIRST_EXPECTATION;
  private int repliesSeen;
  private long heldBytes;

  Allowance(ClientConnection client, LimitSettings limits) {
    this.client = client;
    this.bufferBytes = limits.clientBufferBytes();
    this.mostRequests = limits.clientRequests();
  }

  void onAsked() {
    keysInFlight++;
  }

  void onEnded() {
    keysInFlight--;
  }

  void onReplySize(int bytes) {
    int shift = FALLING_SHIFT;
    if (repliesSeen < LEARNING_REPLIES) {
      repliesSeen++;
      shift = LEARNING_SHIFT;
    }
    expectedBytes =
        bytes > expectedBytes ? bytes : expectedBytes - ((expectedBytes - bytes) >> shift);
  }

  /** Changes the account of bytes that are held until their turn comes. */
  void onHeld(int difference) {
    heldBytes += difference;
  }

  long heldBytes() {
    return heldBytes;
  }

  private long room() {
    return roomToWrite() - heldBytes;
  }

  private long roomToWrite() {
    int most =
        client.isShortOfMemory() ? Math.min(bufferBytes, SHORT_OF_MEMORY_BYTES) : bufferBytes;
    return most - client.unreadBytes();
  }

  /**
   * Whether a value that has come can be kept. One whose turn it is can, as long as the client
   * reads: those that are held wait for it.
   */
  boolean hasRoomFor(boolean itsTurn) {
    return (itsTurn ? roomToWrite() : room()) >= 0;
  }

  /** Whether another request or key may be begun with so many requests waiting for replies. */
  boolean allowsMore(int requests) {
    long room = room();
    return room >= 0 && keysInFlight < window(room) && requests <= mostRequests;
  }

  /** Whether so much has been answered that going on is worth it. */
  boolean allowsResuming(int requests) {
    return allowsMore(requests) && keysInFlight <= window(room()) / 2;
  }

  /** Whether a value may be asked for again although what is held takes all the room. */
  boolean allowsNext() {
    return keysInFlight == 0 && hasRoomFor(true);
  }

  private int window(long room) {
    long fitting = room / Math.max(expectedBytes, LEAST_EXPECTATION);
    return (int) Math.max(1, Math.min(fitting, mostRequests));
  }
}
