package io.fairlead.route.failover;

import io.fairlead.config.route.FailoverOrder;
import io.fairlead.config.route.FailoverSettings;
import io.fairlead.protocol.Operation;
import io.fairlead.protocol.Result;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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
  List<Integer> tries(Operation operation, List<Outcome> outcomes) {
    FailoverSettings.@Nullable Limit limit = settings.limit();
    if (limit != null) {
      account =
          account
              .add(BigDecimal.valueOf(limit.rate()))
              .min(BigDecimal.valueOf(Math.max(1, limit.burst())));
    }
    List<Integer> order = order();
    List<Integer> tries = new ArrayList<>();
    for (int child : order) {
      tries.add(child);
      Outcome outcome = outcomes.get(child);
      failuresInRow[child] = outcome.isError() ? failuresInRow[child] + 1 : 0;
      boolean fails =
          outcome.isError() && settings.errors().of(operation).contains(outcome.result());
      if (!fails || tries.size() == order.size() || !pays(outcome.result())) {
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

  private List<Integer> order() {
    List<Integer> order =
        new ArrayList<>(IntStream.range(0, failuresInRow.length).boxed().toList());
    if (settings.order() instanceof FailoverOrder.LeastFailures least) {
      order.subList(1, order.size()).sort(Comparator.comparing(child -> failuresInRow[child]));
      return order.subList(0, Math.min(order.size(), least.mostTries()));
    }
    return order;
  }
}
