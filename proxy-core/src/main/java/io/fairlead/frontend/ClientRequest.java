package io.fairlead.frontend;

import io.fairlead.backend.Failure;
import io.fairlead.backend.ReplySink;
import io.fairlead.metrics.Counter;
import io.fairlead.protocol.ErrorReply;
import io.fairlead.protocol.ReplyCode;
import io.fairlead.protocol.Verb;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One request of a client until its reply has been written: one slot for each key of a retrieval,
 * one slot for anything else.
 *
 * <p>Parts of the reply are written when it is this request's turn and their own, in the order of
 * the keys; what comes earlier is held.
 */
final class ClientRequest implements ReplySink {
  private static final byte[] END = "END\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final int USUAL_SLOTS = 4;

  /** The outcomes of a slot. */
  private static final byte OPEN = 0;

  private static final byte HELD = 1;
  private static final byte NOTHING = 2;
  private static final byte FAILED = 3;

  private ClientConnection client;
  private Verb verb = Verb.GET;
  private boolean retrieval;
  private boolean noreply;
  private boolean strict;
  private boolean sealed;
  private boolean refused;
  private int replyBytes;
  private boolean endsConnection;

  private int slots;
  private int pending;

  /** Slots before this one are written, or have nothing to write. */
  private int written;

  /** The slot whose reply is being passed on piece by piece; -1 for none. */
  private int relaying = -1;

  private boolean dropping;
  private int hits;
  private int failed;
  private Failure failure = Failure.LOST;

  private byte[] states = new byte[USUAL_SLOTS];
  private int[] heldFrom = new int[USUAL_SLOTS];
  private int[] heldLength = new int[USUAL_SLOTS];
  private @Nullable ByteBuf held;

  @Nullable ClientRequest nextFree;

  ClientRequest(ClientConnection client) {
    this.client = client;
  }

  void belongsTo(ClientConnection owner) {
    client = owner;
  }

  /** Makes this a retrieval; slots follow, then {@link #seal}. */
  void beginRetrieval(Verb how, boolean errorsHideHits) {
    begin(how);
    retrieval = true;
    strict = errorsHideHits;
  }

  /** Makes this a request with one reply. */
  void beginSingle(Verb how, boolean quiet) {
    begin(how);
    noreply = quiet;
    addSlot();
    sealed = true;
  }

  /** Makes this a request whose reply is known already; it only waits for its turn. */
  void beginLocal(Verb how, byte[] reply) {
    begin(how);
    sealed = true;
    ByteBuf buffer = hold();
    addSlot();
    heldFrom[0] = buffer.writerIndex();
    heldLength[0] = reply.length;
    buffer.writeBytes(reply);
    client.onHeld(reply.length);
    settle(0, HELD);
  }

  /** Makes this the last request of the connection. */
  void beginQuit() {
    begin(Verb.QUIT);
    endsConnection = true;
    seal();
  }

  private void begin(Verb how) {
    verb = how;
    retrieval = false;
    noreply = false;
    strict = false;
    sealed = false;
    refused = false;
    endsConnection = false;
    slots = 0;
    pending = 0;
    written = 0;
    relaying = -1;
    dropping = false;
    hits = 0;
    failed = 0;
  }

  /** Adds a key; its outcome will be told under the slot that is returned. */
  int addSlot() {
    if (slots == states.length) {
      grow();
    }
    states[slots] = OPEN;
    pending++;
    return slots++;
  }

  private void grow() {
    int larger = slots * 2;
    states = Arrays.copyOf(states, larger);
    heldFrom = Arrays.copyOf(heldFrom, larger);
    heldLength = Arrays.copyOf(heldLength, larger);
  }

  /** All keys have been asked for. */
  void seal() {
    sealed = true;
    if (pending == 0) {
      client.onReady(this);
    }
  }

  /** Whether the server of one of the keys has not answered in time. */
  boolean hasTimedOut() {
    return failed > 0 && failure == Failure.TIMEOUT;
  }

  boolean isReady() {
    return sealed && pending == 0;
  }

  boolean endsConnection() {
    return endsConnection;
  }

  /** Whether the reply for a slot can be written now. */
  private boolean isTurn(int slot) {
    return slot == written && !strict && client.isFirst(this);
  }

  @Override
  public boolean relays(int slot) {
    return client.isClosed() || isTurn(slot);
  }

  @Override
  public void onReply(
      int slot, ReplyCode code, ByteBuf in, int from, int length, boolean complete) {
    if (relaying != slot) {
      if (retrieval && code.isError()) {
        refused(slot, in, from, length);
        return;
      }
      begin(slot, code);
    }
    replyBytes += length;
    if (!dropping) {
      pass(slot, in, from, length);
    }
    if (!complete) {
      relaying = slot;
      return;
    }
    relaying = -1;
    client.onReplySize(replyBytes);
    end(slot);
  }

  /** Decides what becomes of a reply of which this is the first piece. */
  private void begin(int slot, ReplyCode code) {
    replyBytes = 0;
    dropping = client.isClosed() || !wants(code);
    if (!dropping && retrieval && client.isOverBuffer()) {
      client.stats().count(Counter.VALUES_DROPPED);
      dropping = true;
      failure = Failure.CLIENT_TOO_SLOW;
      states[slot] = FAILED;
    }
  }

  /** Quiet requests are told nothing but what they did not expect. */
  private boolean wants(ReplyCode code) {
    if (!noreply) {
      return true;
    }
    return switch (verb) {
      case MG -> code != ReplyCode.EN;
      case MS, MD -> code != ReplyCode.HD;
      case MA -> code != ReplyCode.HD && code != ReplyCode.VA;
      case ME -> true;
      default -> false;
    };
  }

  private void pass(int slot, ByteBuf in, int from, int length) {
    if (isTurn(slot)) {
      client.write(in, from, length);
      if (states[slot] == OPEN) {
        hits++;
        states[slot] = NOTHING;
      }
      return;
    }
    ByteBuf buffer = hold();
    if (states[slot] == OPEN) {
      heldFrom[slot] = buffer.writerIndex();
      heldLength[slot] = 0;
      states[slot] = HELD;
      hits++;
    }
    heldLength[slot] += length;
    buffer.writeBytes(in, from, length);
    client.onHeld(length);
  }

  private ByteBuf hold() {
    ByteBuf buffer = held;
    if (buffer == null) {
      buffer = held = client.takeBuffer();
    }
    return buffer;
  }

  /** The reply of a slot is complete. */
  private void end(int slot) {
    if (states[slot] == FAILED) {
      failed++;
    }
    settle(slot, states[slot] == OPEN ? NOTHING : states[slot]);
  }

  /** A retrieval was answered with an error line: that line is the reply when there is one key. */
  private void refused(int slot, ByteBuf in, int from, int length) {
    if (slots > 1 || !sealed) {
      fail(slot, Failure.INVALID_REPLY);
      return;
    }
    refused = true;
    if (!client.isClosed()) {
      pass(slot, in, from, length);
    }
    end(slot);
  }

  @Override
  public void onMiss(int slot) {
    settle(slot, NOTHING);
  }

  @Override
  public void onFailure(int slot, Failure why) {
    if (relaying == slot) {
      relaying = -1;
      client.abandon(); // half a value has been written: nothing can follow it
    }
    fail(slot, why);
  }

  /** The reply is this error, or nothing, because the request itself turned out to be bad. */
  void replaceBy(@Nullable ErrorReply error) {
    if (error == null) {
      settle(0, NOTHING);
      return;
    }
    client.stats().count(Counter.CLIENT_ERRORS);
    ByteBuf buffer = hold();
    heldFrom[0] = buffer.writerIndex();
    heldLength[0] = error.line().length;
    buffer.writeBytes(error.line());
    client.onHeld(heldLength[0]);
    settle(0, HELD);
  }

  private void fail(int slot, Failure why) {
    failed++;
    failure = why;
    settle(slot, FAILED);
  }

  private void settle(int slot, byte state) {
    states[slot] = state;
    pending--;
    if (retrieval) {
      client.onKeyEnded();
    }
    if (isTurn(slot)) {
      writeTurns();
    }
    if (isReady()) {
      client.onReady(this);
    }
  }

  /** Writes what is held from the first slot on whose turn it is. */
  private void writeTurns() {
    while (written < slots && states[written] != OPEN && written != relaying) {
      writeHeld(written);
      written++;
    }
  }

  private void writeHeld(int slot) {
    ByteBuf buffer = held;
    if (states[slot] == HELD && buffer != null) {
      client.write(buffer, heldFrom[slot], heldLength[slot]);
      client.onHeld(-heldLength[slot]);
    }
  }

  /** It has become this request's turn. */
  void onFirst() {
    if (!strict) {
      writeTurns();
    }
  }

  /** Writes what is left of a reply that is complete. */
  void finish() {
    if (!retrieval || refused) {
      finishSingle();
    } else if (failed > 0 && (strict || failed == slots)) {
      client.serverError(failure);
    } else {
      writeTurns();
      if (failed > 0) {
        client.stats().count(Counter.PARTIAL_GETS);
      }
      client.write(END);
    }
    if (retrieval) {
      count();
    }
  }

  private void finishSingle() {
    writeTurns();
    if (failed > 0 && !isSilent()) {
      client.serverError(failure);
    }
  }

  /** Classic noreply hides errors too; meta's q never does. */
  private boolean isSilent() {
    return noreply && verb.form() != Verb.Form.META;
  }

  private void count() {
    client.stats().add(Counter.GET_KEYS, slots);
    client.stats().add(Counter.GET_HITS, hits);
    if (failed > 0) {
      client.stats().add(Counter.GET_FAILED, failed);
    }
    int misses = slots - hits - failed;
    if (misses > 0) {
      client.stats().add(Counter.GET_MISSES, misses);
    }
  }

  /** Gives up what was held; the request is over. */
  void release() {
    if (held != null) {
      int unwritten = 0;
      for (int slot = written; slot < slots; slot++) {
        unwritten += states[slot] == HELD ? heldLength[slot] : 0;
      }
      client.onHeld(-unwritten);
      client.giveBuffer(held);
      held = null;
    }
  }
}
