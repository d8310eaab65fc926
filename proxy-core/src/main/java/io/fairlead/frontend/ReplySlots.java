package io.fairlead.frontend;

import io.fairlead.loop.OutputBuffers;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** The parts of one reply: for each key its outcome, and the bytes that came before their turn. */
final class ReplySlots {
  /** What is known of a slot. */
  static final byte OPEN = 0;

  /** Its bytes have come and are held here. */
  static final byte HELD = 1;

  /** Nothing is left to write: it has been written, was not found, or is not wanted. */
  static final byte NOTHING = 2;

  static final byte FAILED = 3;

  /** Its value was dropped for want of room and is to be asked for again. */
  static final byte DEFERRED = 4;

  private static final int USUAL_SLOTS = 4;
  private static final int MOST_KEPT_SLOTS = 1024;

  private final OutputBuffers buffers;
  private final Clients clients;
  private final PriorityQueue<Deferred> deferred = new PriorityQueue<>();
  private byte[] states = new byte[USUAL_SLOTS];
  private int[] heldFrom = new int[USUAL_SLOTS];
  private int[] heldLength = new int[USUAL_SLOTS];
  private int count;
  private int heldBytes;
  private @Nullable ByteBuf held;

  /** What the proxy itself says in one of the slots: it takes no buffer to wait for its turn. */
  private byte @Nullable [] line;

  private int lineSlot;

  /** A key to be asked for again. */
  static final class Deferred implements Comparable<Deferred> {
    final int slot;
    final byte[] key;

    private Deferred(int slot, byte[] key) {
      this.slot = slot;
      this.key = key;
    }

    @Override
    public int compareTo(Deferred other) {
      return Integer.compare(slot, other.slot);
    }
  }

  ReplySlots(Clients clients) {
    this.buffers = clients.loop.outputs();
    this.clients = clients;
  }

  /** Adds an open slot and gives its number. */
  int add() {
    if (count == states.length) {
      int larger = count * 2;
      states = Arrays.copyOf(states, larger);
      heldFrom = Arrays.copyOf(heldFrom, larger);
      heldLength = Arrays.copyOf(heldLength, larger);
    }
    states[count] = OPEN;
    return count++;
  }

  int count() {
    return count;
  }

  byte state(int slot) {
    return states[slot];
  }

  void state(int slot, byte state) {
    states[slot] = state;
  }

  /** Whether the outcome of a slot is known for good. */
  boolean isSettled(int slot) {
    return states[slot] != OPEN && states[slot] != DEFERRED;
  }

  /**
   * Keeps bytes of a slot until their turn comes; the bytes of one slot must come without others'.
   */
  void hold(int slot, ByteBuf in, int from, int length) {
    begin(slot, length).writeBytes(in, from, length);
  }

  /** Keeps all that there will be of a slot; nobody changes the bytes any more. */
  void hold(int slot, byte[] text) {
    if (line != null) {
      begin(slot, text.length).writeBytes(text);
      return;
    }
    line = text;
    lineSlot = slot;
    states[slot] = HELD;
    heldLength[slot] = text.length;
    heldBytes += text.length;
  }

  private ByteBuf begin(int slot, int length) {
    ByteBuf buffer = held;
    if (buffer == null) {
      // One that grows as it is filled would take twice the room of a large value.
      boolean isLarge = length > OutputBuffers.LEAST_BYTES;
      buffer = held = isLarge ? buffers.allocate(length) : buffers.take();
      clients.account(OutputBuffers.LEAST_BYTES); // of which a small reply may need little
    }
    if (states[slot] != HELD) {
      states[slot] = HELD;
      heldFrom[slot] = buffer.writerIndex();
      heldLength[slot] = 0;
    }
    heldLength[slot] += length;
    heldBytes += length;
    return buffer;
  }

  /** Writes what is held of a slot, if anything is; returns how many bytes that was. */
  int write(int slot, ClientConnection client) {
    if (states[slot] != HELD) {
      return 0;
    }
    int length = heldLength[slot];
    if (line != null && slot == lineSlot) {
      client.write(line);
    } else if (held != null) {
      client.write(held, heldFrom[slot], length);
    }
    states[slot] = NOTHING;
    heldBytes -= length;
    return length;
  }

  /** Bytes that are held and not written. */
  int heldBytes() {
    return heldBytes;
  }

  void defer(int slot, byte[] key) {
    states[slot] = DEFERRED;
    deferred.add(new Deferred(slot, key));
  }

  /**
   * The first key to be asked for again, which counts as asked for now; null when there is none.
   */
  @Nullable Deferred nextDeferred() {
    Deferred next = deferred.poll();
    if (next != null) {
      states[next.slot] = OPEN;
    }
    return next;
  }

  /** Forgets everything. */
  void clear() {
    count = 0;
    heldBytes = 0;
    line = null;
    deferred.clear();
    if (states.length > MOST_KEPT_SLOTS) {
      states = new byte[USUAL_SLOTS];
      heldFrom = new int[USUAL_SLOTS];
      heldLength = new int[USUAL_SLOTS];
    }
    if (held != null) {
      clients.account(-OutputBuffers.LEAST_BYTES);
      buffers.giveBack(held);
      held = null;
    }
  }
}
