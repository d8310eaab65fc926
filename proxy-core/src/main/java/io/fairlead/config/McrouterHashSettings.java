package io.fairlead.config;

import io.fairlead.hashing.McrouterHash;
import io.fairlead.hashing.Placement;
import io.fairlead.hashing.RingMember;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Keys live where a hash function of mcrouter puts them.
 *
 * @param salt hashed behind each key, empty for none
 * @param weights from 0 to 1, in the order of the servers, where the function has weights: what is
 *     missing counts {@link #MISSING_WEIGHT}, and what there is more than servers does not count
 * @param tags the names that stand for the servers, in their order, where the function has tags;
 *     what is missing is the name of the server
 */
public record McrouterHashSettings(
    McrouterHash function, String salt, List<Double> weights, List<String> tags)
    implements PlacementSettings {

  /** The weight of a server for which the list is too short. */
  public static final double MISSING_WEIGHT = 0.5;

  public McrouterHashSettings {
    weights = List.copyOf(weights);
    tags = List.copyOf(tags);
    for (double weight : weights) {
      if (!isWeight(weight)) {
        throw new IllegalArgumentException("weight must be in range [0, 1.0]");
      }
    }
  }

  /** A function with no salt, weights or tags. */
  public static McrouterHashSettings of(McrouterHash function) {
    return new McrouterHashSettings(function, "", List.of(), List.of());
  }

  /** The same with a weight for each of so many servers; no key moves. */
  public McrouterHashSettings forServers(int count) {
    List<Double> each =
        function.isWeighted()
            ? IntStream.range(0, count).mapToObj(this::weight).toList()
            : List.of();
    return new McrouterHashSettings(function, salt, each, tags);
  }

  /** Whether a number may be a weight. */
  public static boolean isWeight(double weight) {
    return weight >= 0 && weight <= 1;
  }

  @Override
  public String distributionName() {
    return function.configName();
  }

  @Override
  public Placement over(List<RingMember> members, IntPredicate live) {
    List<String> names =
        IntStream.range(0, members.size()).mapToObj(i -> tag(members.get(i).name(), i)).toList();
    List<Double> shares = IntStream.range(0, members.size()).mapToObj(this::weight).toList();
    return function.over(salt, names, shares, live);
  }

  /** The tag of the server at {@code index}, which has this name. */
  public String tag(String name, int index) {
    return index < tags.size() ? tags.get(index) : name;
  }

  /** The weight of the server at {@code index}, whether the function has weights or not. */
  double weight(int index) {
    return index < weights.size() ? weights.get(index) : MISSING_WEIGHT;
  }

  /** Only where positions do not count: elsewhere one server less would move nearly all keys. */
  @Override
  public boolean canRehash() {
    return function.usesTags();
  }

  @Override
  public double weight(ServerSettings server, int index) {
    return function.isWeighted() ? weight(index) : 1;
  }
}
