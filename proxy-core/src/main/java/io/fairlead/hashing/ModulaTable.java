package io.fairlead.hashing;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Slots that are dealt out to servers, as many to each as its weight; a hash belongs to the slot
 * that is its remainder by their number.
 *
 * <p>The slots of a server are neighbours, so only the ends of the runs are kept: a weight of
 * 100000 costs no more than one of 1.
 */
public final class ModulaTable implements Distribution {
  private final int[] servers;

  /** The first slot behind those of each server. */
  private final long[] ends;

  private final long slots;

  private ModulaTable(int[] servers, long[] ends) {
    this.servers = servers;
    this.ends = ends;
    this.slots = ends.length == 0 ? 0 : ends[ends.length - 1];
  }

  static ModulaTable over(List<RingMember> members, IntPredicate live) {
    int[] servers = ServerOrder.ofLive(members, live);
    long[] ends = Arrays.stream(servers).mapToLong(i -> members.get(i).weight()).toArray();
    Arrays.parallelPrefix(ends, Long::sum);
    return new ModulaTable(servers, ends);
  }

  @Override
  public int serverOf(int hash) {
    if (slots == 0) {
      return -1;
    }
    int found = Arrays.binarySearch(ends, slotOf(hash));
    // An end that is found is not part of its run; what is not found belongs where it would stand.
    return servers[found >= 0 ? found + 1 : -found - 1];
  }

  /** The slot that a hash belongs to; there must be one. */
  public long slotOf(int hash) {
    return Integer.toUnsignedLong(hash) % slots;
  }

  /** How many slots there are: the sum of the weights. */
  public long size() {
    return slots;
  }
}
