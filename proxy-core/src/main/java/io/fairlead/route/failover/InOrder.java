package io.fairlead.route.failover;

import java.util.stream.IntStream;

/** The children as they are configured. */
final class InOrder extends ChildOrder {
  private final int[] others;

  InOrder(int children) {
    super("failover");
    this.others = IntStream.range(1, children).toArray();
  }

  @Override
  int[] others(byte[] key, int length, int tried) {
    return without(tried, others);
  }
}
