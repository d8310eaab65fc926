package io.fairlead.backend;

import io.fairlead.protocol.ReplyCode;
import io.fairlead.protocol.ReplyShape;
import io.fairlead.protocol.Verb;
import io.fairlead.protocol.Words;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way to one server and back: whom to tell, which reply it may get, until when;
 * for a retrieval, one key of it.
 *
 * <p>A multi-get on the wire is a run of consecutive exchanges, of which the last one is marked.
 */
public final class Exchange {
  /*
   * There are thousands of these when many clients ask for a hundred keys each, more than the
   * processor's caches hold. So what only a few of them need is kept elsewhere, and the room for a key
   * is that of a usual one.
   */
  private static final int USUAL_KEY_BYTES = 40;

  private byte[] key = new byte[USUAL_KEY_BYTES];
  private short keyLength;
  private Verb verb = Verb.GET;
  private int expiry;

  /** What a meta request wants repeated; made for the first one. */
  private @Nullable MetaEcho echo;

  ReplyShape shape = ReplyShape.RETRIEVAL;
  @Nullable ReplySink sink;
  int slot;
  int keyHash;
  long deadline;

  /** How long the request is; not known for a key of a multi-get. */
  int requestBytes;

  /** The last key of its multi-get, after whose outcome END follows. */
  boolean last;

  /**
   * Whoever waited for it has been told the outcome; it stays queued until the server has replied.
   */
  boolean answered;

  /** It was not answered in time, which is counted; when its reply comes is not. */
  boolean timedOut;

  /** Its value has come; it stays queued because END, which ends the multi-get, has not. */
  boolean replied;

  /** It has been asked a second time already. */
  boolean retried;

  /** It must not share a multi-get again, because one with it was refused. */
  boolean alone;

  /** Another request for the same key that shares this one's reply. */
  @Nullable Exchange twin;

  /** The last of those that share this one's reply; null when there is none. */
  private @Nullable Exchange lastTwin;

  /** It is among the gets that others may join. */
  boolean isShared;

  /** Where it writes, as far as that is of interest. */
  short writtenPlace = WritesUnderWay.NOWHERE;

  Exchange() {}

  void clear() {
    assert !isShared && writtenPlace == WritesUnderWay.NOWHERE;
    sink = null;
    twin = null;
    lastTwin = null;
    last = false;
    answered = false;
    timedOut = false;
    replied = false;
    retried = false;
    alone = false;
    keyLength = 0;
  }

  /** What the reply to this meta request will repeat of it. */
  MetaEcho echo() {
    MetaEcho present = echo;
    if (present == null) {
      present = new MetaEcho();
      echo = present;
    }
    return present;
  }

  /** Makes this a retrieval of the key at a place of {@code in}, which is borrowed. */
  public void retrieves(Verb how, int newExpiry, ByteBuf in, int keyFrom, int length) {
    retrieval(how, newExpiry, length);
    Words.copy(in, keyFrom, length, key);
  }

  /** Makes this a retrieval of a key. */
  public void retrieves(Verb how, int newExpiry, byte[] newKey) {
    retrieves(how, newExpiry, newKey, newKey.length);
  }

  /** Makes this a retrieval of the key in the first {@code length} bytes. */
  public void retrieves(Verb how, int newExpiry, byte[] newKey, int length) {
    retrieval(how, newExpiry, length);
    System.arraycopy(newKey, 0, key, 0, length);
  }

  /** Makes this a retrieval like {@code other}, but of another key. */
  public void retrievesInsteadOf(Exchange other, byte[] from, int at, int length) {
    retrieval(other.verb, other.expiry, length);
    System.arraycopy(from, at, key, 0, length);
  }

  /** Gives a retrieval that touches another expiry. */
  public void expires(int newExpiry) {
    expiry = newExpiry;
  }

  /** Makes this a retrieval of the same key as {@code other}'s. */
  public void retrievesLike(Exchange other) {
    retrieval(other.verb, other.expiry, other.keyLength);
    keyHash = other.keyHash;
    System.arraycopy(other.key, 0, key, 0, other.keyLength);
  }

  private void retrieval(Verb how, int newExpiry, int length) {
    if (length > key.length) {
      key = new byte[roomFor(length)];
    }
    verb = how;
    expiry = newExpiry;
    shape = ReplyShape.RETRIEVAL;
    keyLength = (short) length;
  }

  private static int roomFor(int length) {
    int room = USUAL_KEY_BYTES;
    while (room < length) {
      room *= 2;
    }
    return room;
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

  /** Sets a hash of the key, any one, by which equal keys are found. */
  public void hashed(int hash) {
    keyHash = hash;
  }

  boolean hasKeyOf(Exchange other) {
    return keyHash == other.keyHash
        && Arrays.equals(key, 0, keyLength, other.key, 0, other.keyLength);
  }

  /** Lets {@code other}, and all that share its reply, share this one's, after those that do. */
  void share(Exchange other) {
    Exchange end = lastTwin == null ? this : lastTwin;
    end.twin = other;
    lastTwin = other.lastTwin == null ? other : other.lastTwin;
  }

  /**
   * Lets no more than so many have this one's reply, this one among them; more do only if they must
   * not be asked again.
   *
   * @return the first of those who are left over, with the others; null when nobody is
   */
  @Nullable Exchange keepSharers(int most) {
    int kept = sink == null ? 0 : 1;
    Exchange end = this;
    Exchange rest = null;
    Exchange each = twin;
    while (each != null) {
      Exchange next = each.twin;
      each.twin = null;
      each.lastTwin = null;
      if (kept < most || !each.mayBeAskedAgain()) {
        end.twin = each;
        end = each;
        kept += each.sink == null ? 0 : 1;
      } else if (rest == null) {
        rest = each;
      } else {
        rest.share(each);
      }
      each = next;
    }
    end.twin = null;
    lastTwin = twin == null ? null : end;
    return rest;
  }

  /** Whether it may be asked again without its client's later writes being seen. */
  public boolean mayBeAskedAgain() {
    ReplySink told = sink;
    return told != null && told.mayBeAskedAgain(slot);
  }

  /** Whether that is true of all who share this one's reply. */
  boolean mayAllBeAskedAgain() {
    for (Exchange each = this; each != null; each = each.twin) {
      if (each.sink != null && !each.mayBeAskedAgain()) {
        return false;
      }
    }
    return true;
  }

  /** Takes over from {@code other} whom to tell, and until when. */
  void replaces(Exchange other) {
    retrievesLike(other);
    sink = other.sink;
    slot = other.slot;
    twin = other.twin;
    lastTwin = other.lastTwin;
    deadline = other.deadline;
    other.sink = null;
    other.twin = null;
    other.lastTwin = null;
  }

  /** Whether its outcome says how long a request took: that of a multi-get ends with the last. */
  boolean endsRequest() {
    return !timedOut && (last || shape != ReplyShape.RETRIEVAL);
  }

  /** Whether it is asked again because its connection was lost. */
  boolean isSecondAttempt() {
    return retried && !alone;
  }

  /** Tells everyone who waits for this that it failed; further outcomes are ignored. */
  public void failed(Failure failure) {
    answered = true;
    for (Exchange each = this; each != null; each = each.twin) {
      ReplySink told = each.sink;
      if (told != null) {
        each.sink = null;
        Telling.failure(told, each.slot, failure);
      }
    }
  }

  /** Whether the sink takes its reply piece by piece now. */
  public boolean relays() {
    ReplySink told = sink;
    return told == null || told.relays(slot);
  }

  /** Tells the sink of this one of a reply, or of a piece of it. */
  public void reply(ReplyCode code, ByteBuf in, int from, int length, boolean complete) {
    ReplySink told = sink;
    if (told == null) {
      return;
    }
    if (complete) {
      answered = true;
      sink = null;
    }
    try {
      told.onReply(slot, code, in, from, length, complete);
    } catch (Throwable e) {
      sink = null;
      Telling.onFault(told, slot, e);
    }
  }

  /** Tells everyone who waits for this that the key was not found. */
  public void miss() {
    answered = true;
    for (Exchange each = this; each != null; each = each.twin) {
      ReplySink told = each.sink;
      if (told != null) {
        each.sink = null;
        Telling.miss(told, each.slot);
      }
    }
  }
}
