package io.fairlead.backend;

import io.fairlead.Wire;
import io.fairlead.protocol.ReplyCode;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Records what became of requests: {@code slot outcome}, with / for the end of a line. */
public final class Outcomes implements ReplySink {
  private final Map<Integer, StringBuilder> pieces = new HashMap<>();
  private final Set<Integer> over = new HashSet<>();
  private final List<String> told = new ArrayList<>();
  private final boolean relays;
  private int pieceCount;
  private boolean hasWritten;

  public Outcomes() {
    this(false);
  }

  /**
   * @param relays whether replies are taken piece by piece
   */
  Outcomes(boolean relays) {
    this.relays = relays;
  }

  /** What has been told since the last call. */
  public List<String> told() {
    List<String> all = List.copyOf(told);
    told.clear();
    return all;
  }

  /** Pieces that came before a reply was complete. */
  int pieces() {
    return pieceCount;
  }

  /** Something is written behind these requests. */
  public void write() {
    hasWritten = true;
  }

  /** Slots may be used for other requests from now on. */
  public void forget() {
    over.clear();
  }

  @Override
  public boolean relays(int slot) {
    return relays;
  }

  @Override
  public boolean mayBeAskedAgain(int slot) {
    return !hasWritten;
  }

  @Override
  public void onReply(
      int slot, ReplyCode code, ByteBuf in, int from, int length, boolean complete) {
    StringBuilder text = pieces.computeIfAbsent(slot, any -> new StringBuilder());
    text.append(Wire.text(in, from, length));
    if (complete) {
      pieces.remove(slot);
      end(slot, text.toString().replace("\r\n", "/"));
    } else {
      pieceCount++;
    }
  }

  @Override
  public void onMiss(int slot) {
    end(slot, "miss");
  }

  @Override
  public void onFailure(int slot, Failure failure) {
    pieces.remove(slot);
    end(slot, failure.name());
  }

  private void end(int slot, String outcome) {
    told.add(slot + " " + (over.add(slot) ? "" : "AGAIN ") + outcome);
  }
}
