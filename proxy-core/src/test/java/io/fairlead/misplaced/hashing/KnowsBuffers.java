package io.fairlead.misplaced.hashing;

import io.netty.buffer.ByteBuf;

/** A policy that is not plain Java. */
public class KnowsBuffers {
  int hash(ByteBuf key) {
    return key.getInt(0);
  }
}
