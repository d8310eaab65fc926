package io.fairlead.testkit;

/**
 * What a {@link FaultyMemcached} may do wrong in answering one request.
 *
 * <p>A reply that names no key is never doubled, dropped or swapped with another of its kind:
 * nobody could notice, as the protocol has nothing but the order of replies to tell them apart.
 */
public enum Fault {
  /** The reply comes in pieces, which is no fault at all. */
  IN_PIECES(false, 20),
  /** An error, and nothing is done. */
  REFUSED(false, 20),
  /** An error to a store before its value has been read; else as {@link #REFUSED}. */
  EARLY(false, 20),
  /** The request is executed and the connection closed in place of the reply. */
  CLOSED(false, 8),
  /** The same with a reset. */
  RESET(false, 8),
  /** Half the reply, then the connection is closed. */
  HALF(false, 8),
  /** Something that is no reply comes before it. */
  GARBAGE(false, 8),
  /** A reply to another kind of request comes before it. */
  WRONG_KIND(false, 8),
  /** The reply, and all behind it, come later than anybody waits. */
  LATE(false, 3),
  /** The connection stays open and nothing comes any more. */
  STALLED(false, 2),
  /** The reply comes twice. */
  TWICE(true, 10),
  /** The reply does not come, those behind it do. */
  DROPPED(true, 10),
  /** The reply comes behind that of the next retrieval. */
  SWAPPED(true, 10),
  /** The value of another key, which nobody asked for. */
  OTHER_KEY(true, 10),
  /** A value of another length than is said. */
  OTHER_LENGTH(true, 10);

  private final boolean retrievalsOnly;
  private final int weight;

  Fault(boolean retrievalsOnly, int weight) {
    this.retrievalsOnly = retrievalsOnly;
    this.weight = weight;
  }

  /** Whether it is made of replies to classic retrievals only, as these name their key. */
  boolean isForRetrievalsOnly() {
    return retrievalsOnly;
  }

  /** How often it comes, compared with others. */
  int weight() {
    return weight;
  }
}
