package io.fairlead.backend;

import io.fairlead.protocol.Command;
import io.fairlead.protocol.Verb;
import io.netty.buffer.ByteBuf;

/**
 * Which keys are being written through an event loop, to whatever server, and which have been since
 * a get was sent. There is one only where gets under way are shared.
 */
final class WritesUnderWay {
  /*
   * Keys are not kept: each has a place by its hash, of which many have the same. That errs on the safe
   * side, for one key is then taken to be written when another is. What changes all keys, or keys that
   * are not known, has a place of its own, which counts for every key.
   *
   * A write is under way from when it is sent until its outcome is known and has been told; one that
   * has timed out still is, until the server answers or its connection is gone.
   */

  /** The place of what writes nothing. */
  static final short NOWHERE = -1;

  private static final int PLACE_BITS = 12;
  private static final int EVERYWHERE = 1 << PLACE_BITS;
  private static final int MIX = 0x9E3779B9;

  private final int[] underWay = new int[EVERYWHERE + 1];
  private final long[] lastEnds = new long[EVERYWHERE + 1];
  private long ends;

  /** The place of a key. */
  static int place(byte[] key, int length) {
    int hash = 0;
    for (int i = 0; i < length; i++) {
      hash = step(hash, key[i]);
    }
    return placeOf(hash);
  }

  private static int place(ByteBuf in, int from, int to) {
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = step(hash, in.getByte(i));
    }
    return placeOf(hash);
  }

  private static int step(int hash, byte b) {
    return 31 * hash + b;
  }

  private static int placeOf(int hash) {
    return (hash * MIX) >>> (Integer.SIZE - PLACE_BITS);
  }

  /** Where a command writes; {@link #NOWHERE} for one that only reads. */
  static int place(Command command, ByteBuf in) {
    if (!command.writes()) {
      return NOWHERE;
    }
    boolean hasPlainKey = command.keyLength() > 0 && !isCoded(command);
    return hasPlainKey
        ? place(in, command.keyFrom(), command.keyFrom() + command.keyLength())
        : EVERYWHERE;
  }

  private static boolean isCoded(Command command) {
    return command.verb().form() == Verb.Form.META && command.meta().has('b');
  }

  /** Where a request writes that has been written already; a read is taken for a write. */
  static int place(ByteBuf request) {
    int from = request.readerIndex();
    int to = request.indexOf(from, request.writerIndex(), (byte) '\r');
    int key = to < 0 ? 0 : request.indexOf(from, to, (byte) ' ') + 1;
    if (key <= from || isMeta(request, from, key)) {
      return EVERYWHERE;
    }
    int keyEnd = request.indexOf(key, to, (byte) ' ');
    return place(request, key, keyEnd < 0 ? to : keyEnd);
  }

  /** Its key may be written in base64. */
  private static boolean isMeta(ByteBuf request, int from, int key) {
    return request.getByte(from) == 'm' && key - from == "mg ".length();
  }

  /** Something is about to be sent that writes there. */
  void began(int place) {
    underWay[place]++;
  }

  /** Its outcome has been told. */
  void ended(int place) {
    underWay[place]--;
    assert underWay[place] >= 0;
    lastEnds[place] = ++ends;
  }

  /** A moment, to be compared with what ends later. */
  long now() {
    return ends;
  }

  /** Whether nothing writes there, nor has since that moment. */
  boolean noneSince(int place, long moment) {
    return isQuiet(place, moment) && isQuiet(EVERYWHERE, moment);
  }

  private boolean isQuiet(int place, long moment) {
    return underWay[place] == 0 && lastEnds[place] <= moment;
  }
}
