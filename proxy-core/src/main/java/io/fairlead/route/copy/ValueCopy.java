package io.fairlead.route.copy;

import io.fairlead.metrics.Counter;
import io.fairlead.protocol.Verb;
import io.fairlead.route.Request;
import io.fairlead.route.RouteContext;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** A store of a value that is being read elsewhere, as it grows piece by piece. */
final class ValueCopy {
  private final RouteContext context;
  private @Nullable ByteBuf store;
  private long kept;

  ValueCopy(RouteContext context) {
    this.context = context;
  }

  /** Begins a store, unless there is no room to keep the value. */
  void begin(Request original, Verb verb, long flags, int expiry, int valueLength) {
    drop();
    if (!context.mayKeep(valueLength)) {
      context.loop().stats().count(Counter.COPIES_SKIPPED);
      return;
    }
    ByteBuf begun = context.buffer(valueLength);
    KeyText.store(begun, original, verb, flags, expiry, valueLength);
    store = begun;
    kept = valueLength;
    context.kept(kept);
  }

  boolean isEmpty() {
    return store == null;
  }

  /** Adds a piece of the value, or its line end. */
  void add(ByteBuf in, int from, int length) {
    ByteBuf begun = store;
    if (begun != null && length > 0) {
      begun.writeBytes(in, from, length);
    }
  }

  /** Gives the store, the value of which has come; the caller must release it. */
  @Nullable Request take() {
    ByteBuf complete = store;
    if (complete == null) {
      return null;
    }
    store = null;
    context.kept(-kept);
    context.loop().stats().count(Counter.COPIES);
    return context.written(complete);
  }

  /** Gives up what was begun. */
  void drop() {
    ByteBuf begun = store;
    if (begun != null) {
      store = null;
      context.kept(-kept);
      context.loop().outputs().giveBack(begun);
    }
  }
}
