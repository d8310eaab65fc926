package io.fairlead.backend;

import io.fairlead.protocol.Ascii;
import io.fairlead.protocol.ReplyShape;
import io.fairlead.protocol.Verb;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way to one server and back: whom to tell, which reply it may get, until when; for
 * a retrieval, one key of it.
 *
 * <p>A multi-get on the wire is a run of consecutive exchanges, of which the last one is marked.
 */
public final class Exchange {
  private static final int USUAL_KEY_BYTES = 64;

  private byte[] key = new byte[USUAL_KEY_BYTES];
  private int keyLength;
  private Verb verb = Verb.GET;
  private int expiry;

  ReplyShape shape = ReplyShape.RETRIEVAL;
  @Nullable ReplySink sink;
  int slot;
  int keyHash;
  long deadline;

  /** The last key of its multi-get, after whose outcome END follows. */
  boolean last;

  /** Its outcome is known; it stays in its queue only because END is still to come. */
  boolean answered;

  /** It has been asked a second time already. */
  boolean retried;

  /** It must not share a multi-get again, because one with it was refused. */
  boolean alone;

  /** Another request for the same key that shares this one's reply. */
  @Nullable Exchange twin;

  @Nullable Exchange nextFree;

  Exchange() {}

  void clear() {
    sink = null;
    twin = null;
    last = false;
    answered = false;
    retried = false;
    alone = false;
    keyLength = 0;
  }

  /** Makes this a retrieval of the key at a place of {@code in}, which is borrowed. */
  public void retrieves(Verb how, int newExpiry, ByteBuf in, int keyFrom, int length) {
    retrieval(how, newExpiry, length);
    in.getBytes(keyFrom, key, 0, length);
  }

  /** Makes this a retrieval of the same key as {@code other}'s. */
  public void retrievesLike(Exchange other) {
    retrieval(other.verb, other.expiry, other.keyLength);
    System.arraycopy(other.key, 0, key, 0, other.keyLength);
  }

  private void retrieval(Verb how, int newExpiry, int length) {
    if (length > key.length) {
      key = new byte[Ascii.MAX_KEY_BYTES];
    }
    verb = how;
    expiry = newExpiry;
    shape = ReplyShape.RETRIEVAL;
    keyLength = length;
  }

  /** The bytes of the key; the first {@link #keyLength} count. Not to be changed by the caller. */
  public byte[] key() {
    return key;
  }

  public int keyLength() {
    return keyLength;
  }

  public Verb verb() {
    return verb;
  }

  public int expiry() {
    return expiry;
  }

  boolean hasKeyOf(Exchange other) {
    return keyHash == other.keyHash
        && Arrays.equals(key, 0, keyLength, other.key, 0, other.keyLength);
  }

  /** Tells everyone who waits for this that it failed; further outcomes are ignored. */
  void fail(Failure failure) {
    answered = true;
    for (Exchange each = this; each != null; each = each.twin) {
      ReplySink told = each.sink;
      if (told != null) {
        each.sink = null;
        told.onFailure(each.slot, failure);
      }
    }
  }

  /** Tells everyone who waits for this that the key was not found. */
  void miss() {
    answered = true;
    for (Exchange each = this; each != null; each = each.twin) {
      ReplySink told = each.sink;
      if (told != null) {
        each.sink = null;
        told.onMiss(each.slot);
      }
    }
  }
}
