package io.fairlead.frontend;

import static io.fairlead.frontend.ReplySlots.NOTHING;

import io.netty.buffer.ByteBuf;

/**
 * The parts of one reply, a slot for each: written to the client in their order when it is the
 * request's turn and their own; what comes earlier is held.
 */
final class ReplyParts {
  private final ClientRequest request;
  private final ReplySlots slots;

  /** The part that comes piece by piece, while others may come whole. */
  private final Arrival arrival = new Arrival();

  private final Arrival whole = new Arrival();
  private ClientConnection client;

  /** Nothing is written before everything has come, because one failure replaces it all. */
  private boolean waitsForAll;

  /** Slots before this one are written, or have nothing to write. */
  private int written;

  ReplyParts(ClientRequest request, ClientConnection client) {
    this.request = request;
    this.client = client;
    this.slots = new ReplySlots(client.clients());
  }

  void belongsTo(ClientConnection owner) {
    client = owner;
  }

  void begin(boolean onlyAllAtOnce) {
    waitsForAll = onlyAllAtOnce;
    written = 0;
    arrival.clear();
  }

  boolean waitsForAll() {
    return waitsForAll;
  }

  ReplySlots slots() {
    return slots;
  }

  /** Whether what comes for a slot can be written at once. */
  boolean isTurn(int slot) {
    return slot == written && !waitsForAll && client.replies().isFirst(request);
  }

  /** Whether a piece of a slot's part has come before, and not its end. */
  boolean isUnderWay(int slot) {
    return arrival.isUnderWay(slot);
  }

  /** Whether a part is being dropped that has not come to its end. */
  boolean isDropping() {
    return arrival.isDropping();
  }

  /** What a piece belongs to that has come for a slot. */
  Arrival arrival(int slot, boolean complete) {
    return complete && !arrival.isUnderWay(slot) ? whole : arrival;
  }

  /** The part that was under way comes to nothing; returns whether it had been dropped before. */
  boolean breakOff() {
    arrival.ends();
    return arrival.isDropped();
  }

  /** Writes or holds a piece. */
  void add(int slot, ByteBuf in, int from, int length) {
    if (isTurn(slot)) {
      client.write(in, from, length);
      slots.state(slot, NOTHING);
    } else {
      slots.hold(slot, in, from, length);
      client.onHeld(length);
    }
  }

  /** Holds all of a part that the proxy has by itself. */
  void hold(int slot, byte[] line) {
    slots.hold(slot, line);
    client.allowance().onHeld(line.length);
  }

  /** The outcome of a slot is known; what waits for it is written when it is its turn. */
  void settle(int slot, byte state) {
    slots.state(slot, state);
    if (isTurn(slot)) {
      writeHeld();
    }
  }

  /** It has become the request's turn. */
  void onTurn() {
    if (!waitsForAll) {
      writeHeld();
    }
  }

  /** Writes what is held from the first slot on that is not written. */
  void writeHeld() {
    while (written < slots.count() && !arrival.isUnderWay(written) && slots.isSettled(written)) {
      client.allowance().onHeld(-slots.write(written, client));
      written++;
    }
  }

  /** Gives up what is held. */
  void release() {
    client.allowance().onHeld(-slots.heldBytes());
    slots.clear();
  }
}
