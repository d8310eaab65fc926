package io.fairlead.route.failover;

import io.fairlead.config.McrouterHashSettings;
import io.fairlead.config.PlacementSettings;
import io.fairlead.config.route.FailoverOrder;
import io.fairlead.config.route.FailoverSettings;
import io.fairlead.hashing.McrouterHash;
import io.fairlead.hashing.Placement;
import io.fairlead.hashing.RingMember;
import io.fairlead.protocol.Operation;
import io.fairlead.protocol.Result;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What a failover does by its description: one request after the other, nothing hidden. */
final class FailoverModel {
  private final FailoverSettings settings;
  private final int[] failuresInRow;
  private BigDecimal account;

  FailoverModel(FailoverSettings settings) {
    this.settings = settings;
    this.failuresInRow = new int[settings.children().size()];
    FailoverSettings.@Nullable Limit limit = settings.limit();
    this.account = limit == null ? BigDecimal.ZERO : BigDecimal.valueOf(limit.burst());
  }

  /** The children that are asked, of which the last one gives the answer. */
  List<Integer> tries(Operation operation, byte[] key, List<Outcome> outcomes) {
    FailoverSettings.@Nullable Limit limit = settings.limit();
    if (limit != null) {
      account =
          account
              .add(BigDecimal.valueOf(limit.rate()))
              .min(BigDecimal.valueOf(Math.max(1, limit.burst())));
    }
    List<Integer> order = order(key);
    int errors = 0;
    List<Integer> tries = new ArrayList<>();
    for (int child : order) {
      tries.add(child);
      Outcome outcome = outcomes.get(child);
      failuresInRow[child] = outcome.isError() ? failuresInRow[child] + 1 : 0;
      boolean fails =
          outcome.isError() && settings.errors().of(operation).contains(outcome.result());
      errors += outcome.result() == Result.TKO ? 0 : 1;
      if (!fails
          || tries.size() == order.size()
          || errors == mostErrorTries()
          || !pays(outcome.result())) {
        break;
      }
    }
    return tries;
  }

  private boolean pays(Result result) {
    if (settings.limit() == null || result == Result.TKO) {
      return true;
    }
    boolean rich = account.compareTo(BigDecimal.ONE) >= 0;
    account = rich ? account.subtract(BigDecimal.ONE) : account;
    return rich;
  }

  private int mostErrorTries() {
    return settings.order() instanceof FailoverOrder.Deterministic deterministic
        ? deterministic.mostErrorTries()
        : Integer.MAX_VALUE;
  }

  private List<Integer> order(byte[] key) {
    FailoverOrder order = settings.order();
    List<Integer> all = new ArrayList<>(IntStream.range(0, failuresInRow.length).boxed().toList());
    if (order instanceof FailoverOrder.LeastFailures least) {
      all.subList(1, all.size()).sort(Comparator.comparingInt(child -> failuresInRow[child]));
      return all.subList(0, Math.min(all.size(), least.mostTries()));
    }
    if (order instanceof FailoverOrder.Deterministic deterministic) {
      return bySalts(key, deterministic);
    }
    return order instanceof FailoverOrder.Rendezvous rendezvous ? byTags(key, rendezvous) : all;
  }

  /** Where the key lives under one salt after the other. */
  private List<Integer> bySalts(byte[] key, FailoverOrder.Deterministic order) {
    List<Integer> children = new ArrayList<>(List.of(0));
    List<Double> weights = order.weights();
    McrouterHash function = weights == null ? McrouterHash.CH3 : McrouterHash.WEIGHTED_CH3;
    int most = Math.min(order.mostTries(), failuresInRow.length);
    for (int salt = 2; children.size() < most; salt++) {
      PlacementSettings placement =
          new McrouterHashSettings(
              function, Integer.toString(salt), weights == null ? List.of() : weights, List.of());
      int child = owner(placement, key, failuresInRow.length, index -> true);
      if (!children.contains(child)) {
        children.add(child);
      }
    }
    return children;
  }

  /** Where the key lives while those before do not count. */
  private List<Integer> byTags(byte[] key, FailoverOrder.Rendezvous order) {
    List<Double> weights = order.weights();
    McrouterHash function =
        weights == null ? McrouterHash.RENDEZVOUS : McrouterHash.WEIGHTED_RENDEZVOUS;
    PlacementSettings placement =
        new McrouterHashSettings(function, "", weights == null ? List.of() : weights, order.tags());
    List<Integer> tagged = new ArrayList<>();
    while (tagged.size() < order.tags().size()) {
      tagged.add(owner(placement, key, order.tags().size(), index -> !tagged.contains(index)));
    }
    boolean firstHasNoTag = order.tags().size() < failuresInRow.length;
    List<Integer> children = new ArrayList<>(firstHasNoTag ? List.of(0) : List.of());
    tagged.forEach(index -> children.add(firstHasNoTag ? index + 1 : index));
    return children;
  }

  private static int owner(PlacementSettings settings, byte[] key, int servers, IntPredicate live) {
    List<RingMember> members =
        IntStream.range(0, servers).mapToObj(i -> new RingMember("any", 1)).toList();
    Placement placement = settings.over(members, live);
    return placement.serverOf(placement.hash(key, 0, key.length), key, 0, key.length);
  }
}
