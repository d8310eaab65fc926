package io.fairlead.hashing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The order in which twemproxy deals with the servers of a pool: shorter names first, names of one
 * length by their bytes, so {@code node-9} comes before {@code node-10}.
 *
 * <p>It decides which slots of a modulo table a server gets, and which server gets a point that two
 * of them claim.
 */
final class ServerOrder {
  private static final Comparator<byte[]> LENGTH_FIRST =
      Comparator.<byte[]>comparingInt(name -> name.length).thenComparing(Arrays::compareUnsigned);

  private ServerOrder() {}

  /** The indices of the {@code live} members, in order. */
  static int[] ofLive(List<RingMember> members, IntPredicate live) {
    byte[][] names =
        members.stream().map(member -> member.name().getBytes(UTF_8)).toArray(byte[][]::new);
    return IntStream.range(0, names.length)
        .filter(live)
        .boxed()
        .sorted(Comparator.comparing(index -> names[index], LENGTH_FIRST))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
