package io.fairlead.hashing;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;

/** Any of the servers, whatever the key and the weights: for servers that all hold the same. */
final class RandomChoice implements Distribution {
  private final int[] servers;

  /** A number below its argument; called by every thread that routes. */
  private final IntUnaryOperator dice;

  RandomChoice(int[] servers, IntUnaryOperator dice) {
    this.servers = servers;
    this.dice = dice;
  }

  static RandomChoice over(List<RingMember> members, IntPredicate live) {
    return new RandomChoice(
        ServerOrder.ofLive(members, live), bound -> ThreadLocalRandom.current().nextInt(bound));
  }

  @Override
  public int serverOf(int hash) {
    return servers.length == 0 ? -1 : servers[dice.applyAsInt(servers.length)];
  }

  @Override
  public boolean usesHash() {
    return false;
  }
}
