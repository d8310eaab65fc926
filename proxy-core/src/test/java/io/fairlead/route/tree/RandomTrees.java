package io.fairlead.route.tree;

import io.fairlead.config.route.AllSettings;
import io.fairlead.config.route.AnswerSettings;
import io.fairlead.config.route.BlackholeSettings;
import io.fairlead.config.route.FailoverErrors;
import io.fairlead.config.route.FailoverOrder;
import io.fairlead.config.route.FailoverSettings;
import io.fairlead.config.route.FailoverSettings.Limit;
import io.fairlead.config.route.KeySplitSettings;
import io.fairlead.config.route.LatencySettings;
import io.fairlead.config.route.MigrateSettings;
import io.fairlead.config.route.MissFailoverSettings;
import io.fairlead.config.route.ModifyExpirySettings;
import io.fairlead.config.route.ModifyKeySettings;
import io.fairlead.config.route.OperationSettings;
import io.fairlead.config.route.OutstandingSettings;
import io.fairlead.config.route.RandomSettings;
import io.fairlead.config.route.RouteSettings;
import io.fairlead.config.route.ServerRouteSettings;
import io.fairlead.config.route.ShadowSettings;
import io.fairlead.config.route.ShadowSettings.Shadow;
import io.fairlead.config.route.SlowWarmUpSettings;
import io.fairlead.config.route.SpoolAnswersSettings;
import io.fairlead.config.route.StagingSettings;
import io.fairlead.config.route.TwoLevelSettings;
import io.fairlead.config.route.WarmUpSettings;
import io.fairlead.protocol.Operation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Trees of routes at random, above leaves. */
final class RandomTrees {
  private static final int WIDEST = 4;

  private final Random random;
  private final int leaves;

  RandomTrees(Random random, int leaves) {
    this.random = random;
    this.leaves = leaves;
  }

  RouteSettings tree(int depth) {
    if (depth == 0) {
      return random.nextInt(15) == 0 ? answer() : leaf();
    }
    return switch (random.nextInt(6)) {
      case 0, 1 ->
          new AllSettings(any(AllSettings.Mode.values()), children(depth), random.nextInt(8) == 0);
      case 2, 3 -> failover(children(depth));
      case 4 -> selecting(depth);
      default -> changing(depth);
    };
  }

  private RouteSettings leaf() {
    return new ServerRouteSettings("leaves", random.nextInt(leaves));
  }

  private RouteSettings answer() {
    return new AnswerSettings(any(AnswerSettings.Kind.values()), "not today");
  }

  /** The last of them may be the first one once more. */
  private List<RouteSettings> children(int depth) {
    List<RouteSettings> different =
        Stream.generate(() -> tree(depth - 1)).limit(1 + random.nextInt(WIDEST)).toList();
    return random.nextInt(4) > 0
        ? different
        : Stream.concat(different.stream(), Stream.of(different.get(0))).toList();
  }

  private RouteSettings failover(List<RouteSettings> children) {
    if (random.nextInt(3) == 0) {
      return new MissFailoverSettings(children, random.nextBoolean());
    }
    FailoverOrder order =
        switch (random.nextInt(3)) {
          case 0 -> FailoverOrder.IN_ORDER;
          case 1 -> new FailoverOrder.LeastFailures(1 + random.nextInt(WIDEST));
          default -> new FailoverOrder.Deterministic(1 + random.nextInt(WIDEST), 2, null);
        };
    @Nullable Limit limit = random.nextInt(4) == 0 ? new Limit(0.5, 10) : null;
    return new FailoverSettings(children, FailoverErrors.DEFAULT, order, limit);
  }

  private RouteSettings selecting(int depth) {
    return switch (random.nextInt(4)) {
      case 0 -> new RandomSettings(children(depth));
      case 1 ->
          new OperationSettings(
              Map.of(any(Operation.values()), tree(depth - 1)),
              random.nextInt(4) == 0 ? null : tree(depth - 1),
              random.nextBoolean());
      case 2 -> {
        long now = System.currentTimeMillis() / 1000;
        yield new MigrateSettings(tree(depth - 1), tree(depth - 1), now - 10_000, 10_000);
      }
      default -> new BlackholeSettings(tree(depth - 1), null, Set.of(any(Operation.values())));
    };
  }

  private RouteSettings changing(int depth) {
    RouteSettings target = tree(depth - 1);
    return switch (random.nextInt(11)) {
      case 10 -> new SpoolAnswersSettings(target);
      case 0 -> OutstandingSettings.of(target, 1 + random.nextInt(3));
      case 1 -> new OutstandingSettings(target, 1, random.nextInt(3), Duration.ofMillis(5));
      case 2 ->
          new LatencySettings(target, random.nextInt(3), random.nextInt(3), random.nextInt(5));
      case 3 -> new KeySplitSettings(target, 3, random.nextBoolean(), random.nextBoolean());
      case 4 -> new ModifyKeySettings(target, null, null, "-end", random.nextBoolean());
      case 5 -> new ModifyExpirySettings(target, 60, any(ModifyExpirySettings.Action.values()));
      case 6 -> new WarmUpSettings(target, tree(depth - 1), null, random.nextBoolean());
      case 7 -> new StagingSettings(target, tree(depth - 1));
      case 8 ->
          random.nextBoolean()
              ? new TwoLevelSettings(target, tree(depth - 1), 60, random.nextInt(2) * 5, 3)
              : new SlowWarmUpSettings(target, tree(depth - 1), 0.7, 0.9, 0.1, 1.0, 5);
      default -> new ShadowSettings(target, shadows(depth));
    };
  }

  private List<Shadow> shadows(int depth) {
    return Stream.generate(
            () -> new Shadow(tree(depth - 1), 0, 1, null, 0.5, 0, random.nextBoolean()))
        .limit(1 + random.nextInt(2))
        .toList();
  }

  private <T> T any(T[] all) {
    return all[random.nextInt(all.length)];
  }
}
