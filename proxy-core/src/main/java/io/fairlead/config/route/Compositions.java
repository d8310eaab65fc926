package io.fairlead.config.route;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.fairlead.config.McrouterHashSettings;
import io.fairlead.hashing.KeyHash;
import io.fairlead.hashing.McrouterHash;
import io.fairlead.hashing.PairHash;
import io.fairlead.hashing.Placement;
import io.fairlead.hashing.RingMember;
import io.fairlead.protocol.Operation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Routes of mcrouter that are made of others, and need no kind of node of their own. */
public final class Compositions {
  private Compositions() {}

  /**
   * The children of a LatestRoute: a few of many, in an order that is always the same on one host
   * and different on others.
   *
   * @param count how many, at most
   * @param host the number of the host
   * @param salt another one makes another choice; empty for none
   * @param weights from 0 to 1, how likely each child is to be chosen; null for equal ones
   */
  public static List<RouteSettings> latest(
      List<RouteSettings> children,
      int count,
      long host,
      String salt,
      @Nullable List<Double> weights) {
    List<RouteSettings> left = new ArrayList<>(children);
    List<Double> leftWeights = new ArrayList<>(ofEach(children.size(), weights));
    List<RouteSettings> chosen = new ArrayList<>();
    long number = salted(PairHash.of(0, host), salt);
    for (int i = 0; i < count && !left.isEmpty(); i++) {
      int index = draw(number, leftWeights);
      chosen.add(removeBySwapping(left, index));
      removeBySwapping(leftWeights, index);
      number = PairHash.of(number, i);
    }
    return chosen;
  }

  private static List<Double> ofEach(int children, @Nullable List<Double> weights) {
    if (weights == null) {
      return Collections.nCopies(children, 1.0);
    }
    return IntStream.range(0, children)
        .mapToObj(i -> i < weights.size() ? weights.get(i) : McrouterHashSettings.MISSING_WEIGHT)
        .toList();
  }

  private static long salted(long number, String salt) {
    byte[] bytes = salt.getBytes(UTF_8);
    return bytes.length == 0
        ? number
        : PairHash.of(number, KeyHash.FNV1A_64.hash(bytes, 0, bytes.length));
  }

  private static int draw(long number, List<Double> weights) {
    List<RingMember> members =
        IntStream.range(0, weights.size())
            .mapToObj(i -> new RingMember(Integer.toString(i), 1))
            .toList();
    Placement placement =
        new McrouterHashSettings(McrouterHash.WEIGHTED_CH3, "", weights, List.of())
            .over(members, index -> true);
    byte[] digits = Long.toUnsignedString(number).getBytes(US_ASCII);
    long hash = placement.hash(digits, 0, digits.length);
    return placement.serverOf(hash, digits, 0, digits.length);
  }

  /** Takes out one element, whose place the last one takes. */
  private static <T> T removeBySwapping(List<T> list, int index) {
    Collections.swap(list, index, list.size() - 1);
    return list.remove(list.size() - 1);
  }

  /** The child of a HostIdRoute: one that is always the same on one host. */
  public static RouteSettings ofHost(List<RouteSettings> children, long host, String salt) {
    return children.get((int) Long.remainderUnsigned(salted(host, salt), children.size()));
  }

  /**
   * The children of a FailoverWithExptimeRoute: what is stored in a gutter expires soon, so that it
   * is gone when the usual servers are back.
   *
   * @param expirySeconds the longest expiry there; 0 for any
   */
  public static List<RouteSettings> withGutter(
      RouteSettings usual, List<RouteSettings> gutter, int expirySeconds) {
    List<RouteSettings> children = new ArrayList<>();
    children.add(usual);
    for (RouteSettings child : gutter) {
      children.add(
          expirySeconds == 0
              ? child
              : new ModifyExpirySettings(child, expirySeconds, ModifyExpirySettings.Action.MIN));
    }
    return children;
  }

  /** The policies of a RoutingGroupRoute, where the kind of the operation decides. */
  public static Map<Operation, RouteSettings> byKind(Map<Operation.Kind, RouteSettings> policies) {
    Map<Operation, RouteSettings> byOperation = new EnumMap<>(Operation.class);
    for (Operation operation : Operation.values()) {
      RouteSettings policy = policies.get(operation.kind());
      if (policy != null) {
        byOperation.put(operation, policy);
      }
    }
    return byOperation;
  }
}
