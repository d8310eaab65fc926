package io.fairlead.frontend;

import io.fairlead.config.ClientLimits;
import io.fairlead.loop.LoopLoad;
import io.fairlead.metrics.Counter;

/**
 * How much a client may have in flight, so that the replies fit what may be buffered for it.
 *
 * <p>What a reply will need is judged by the values this client got before: the expectation rises
 * at once and falls slowly. A value that finds no room can be asked for again as long as the client
 * has not written since; where it could not be, a client of which little is known must start with
 * few values in flight.
 */
final class Allowance {
  private static final int FIRST_EXPECTATION = 1 << 10;
  private static final int LEAST_EXPECTATION = 64;

  /** The expectation falls towards a smaller value by a part of 2 to this power. */
  private static final int FALLING_SHIFT = 6;

  /** After so many keys a client is known well enough. */
  private static final int REPLIES_TO_LEARN_FROM = 32;

  /** What values are taken to be meanwhile, where they could not be asked for again. */
  private static final int CAUTIOUS_EXPECTATION = 256 << 10;

  /**
   * What may be buffered while the loop keeps more than it may: enough for a client that reads, so
   * that those that do not read cost the others nothing.
   */
  private static final int SHORT_OF_MEMORY_BYTES = 64 << 10;

  /** The same while new requests are refused. */
  private static final int OVERLOADED_BYTES = 4 << 10;

  private final ClientConnection client;
  private final int bufferBytes;
  private final int mostRequests;

  private int keysInFlight;
  private int expectedBytes = FIRST_EXPECTATION;
  private long repliesSeen;
  private long heldBytes;

  Allowance(ClientConnection client, ClientLimits limits) {
    this.client = client;
    this.bufferBytes = limits.clientBufferBytes();
    this.mostRequests = limits.clientRequests();
  }

  void onAsked() {
    keysInFlight++;
  }

  void onEnded() {
    keysInFlight--;
    repliesSeen++;
  }

  boolean hasNoKeyInFlight() {
    return keysInFlight == 0;
  }

  /** A value of this size has come. */
  void onValue(int bytes) {
    expectedBytes =
        bytes > expectedBytes ? bytes : expectedBytes - ((expectedBytes - bytes) >> FALLING_SHIFT);
  }

  /** Changes the account of bytes that are held until their turn comes. */
  void onHeld(int difference) {
    heldBytes += difference;
  }

  long heldBytes() {
    return heldBytes;
  }

  private long room() {
    return most() - client.unsentBytes() - heldBytes;
  }

  private int most() {
    LoopLoad load = client.loop().load();
    if (!load.isShortOfMemory()) {
      return bufferBytes;
    }
    return Math.min(bufferBytes, load.isNearlyFull() ? OVERLOADED_BYTES : SHORT_OF_MEMORY_BYTES);
  }

  /**
   * Whether a value that has come can be kept. One whose turn it is can when nothing is unread,
   * whatever is held: those that are held wait for it.
   *
   * @param least bytes that must find room
   */
  boolean hasRoomFor(boolean itsTurn, int least) {
    return itsTurn ? room() >= 0 || client.unsentBytes() == 0 : room() >= least;
  }

  /** Whether another request or key may be begun with so many requests before it unanswered. */
  boolean allowsMore(int requests) {
    long room = room();
    return room >= 0 && keysInFlight < window(room) && requests < mostRequests;
  }

  /** Counts that none may be begun, by what is in the way. */
  void countRefusal(int requests) {
    boolean isForRequests = requests >= mostRequests || keysInFlight >= mostRequests;
    client
        .stats()
        .count(isForRequests ? Counter.LIMIT_CLIENT_REQUESTS : Counter.LIMIT_CLIENT_BUFFER);
  }

  /** Whether a request may be begun after which, or for which, no value can be asked for again. */
  boolean allowsFinal() {
    boolean known = repliesSeen >= REPLIES_TO_LEARN_FROM;
    return known
        || keysInFlight == 0
        || keysInFlight < room() / Math.max(expectedBytes, CAUTIOUS_EXPECTATION);
  }

  /** Whether so much has been answered that going on is worth it. */
  boolean allowsResuming(int requests) {
    return allowsMore(requests) && keysInFlight <= window(room()) / 2;
  }

  /** Whether a value may be asked for again although what is held takes all the room. */
  boolean allowsNext() {
    return keysInFlight == 0 && hasRoomFor(true, 0);
  }

  private int window(long room) {
    long fitting = room / Math.max(expectedBytes, LEAST_EXPECTATION);
    return (int) Math.max(1, Math.min(fitting, mostRequests));
  }
}
