package io.fairlead.routes;

import io.fairlead.config.route.AllSettings;
import io.fairlead.config.route.BigValueSettings;
import io.fairlead.config.route.BlackholeSettings;
import io.fairlead.config.route.HashStopSettings;
import io.fairlead.config.route.KeyPartsSettings;
import io.fairlead.config.route.LatencySettings;
import io.fairlead.config.route.MissFailoverSettings;
import io.fairlead.config.route.ModifyExpirySettings;
import io.fairlead.config.route.ModifyKeySettings;
import io.fairlead.config.route.OutstandingSettings;
import io.fairlead.config.route.RateLimitSettings;
import io.fairlead.config.route.RouteSettings;
import io.fairlead.config.route.RoutingPrefixSettings;
import io.fairlead.config.route.ShadowSettings;
import io.fairlead.config.route.SizeSplitSettings;
import io.fairlead.config.route.SlowWarmUpSettings;
import io.fairlead.config.route.StagingSettings;
import io.fairlead.config.route.TwoLevelSettings;
import io.fairlead.config.route.WarmUpSettings;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * A random stack of routes above the server {@code s0} that no client can tell from the server
 * itself: copies and caches behind it live there too, under names of their own.
 */
final class RandomTree {
  private static final int LONGEST_STACK = 5;
  private static final int KINDS = 18;

  /** Values from here on are stored elsewhere or in pieces. */
  private static final int LARGE = 3000;

  private final Random random;
  private int names;
  private boolean splits;
  private boolean deletesTwice;
  private RouteSettings root = RouteSetup.pool(0);
  private final StringBuilder description = new StringBuilder("s0");

  RandomTree(Random random) {
    this.random = random;
    for (int i = 1 + random.nextInt(LONGEST_STACK); i > 0; i--) {
      root = above(root, random.nextInt(KINDS));
      String name = root.getClass().getSimpleName().replace("Settings", "");
      description.insert(0, name + " > ");
    }
  }

  RouteSettings root() {
    return root;
  }

  /** Whether a key has to be in several places for its delete to be told as done. */
  boolean deletesTwice() {
    return deletesTwice;
  }

  /** Whether large values live elsewhere, so that only stores and reads are as on one server. */
  boolean splits() {
    return splits;
  }

  private RouteSettings above(RouteSettings below, int kind) {
    return switch (kind) {
      case 0 -> new ModifyKeySettings(below, nextName(), null, null, false);
      case 1 -> new ModifyKeySettings(below, null, null, ":e" + names++, false);
      case 2 -> new ModifyKeySettings(below, nextName(), null, ":s", false);
      case 3 -> routingPrefix(below);
      case 4 -> new ModifyExpirySettings(below, 1 << 20, ModifyExpirySettings.Action.MIN);
      case 5 -> new WarmUpSettings(below, hidden(), null, random.nextBoolean());
      case 6 -> new TwoLevelSettings(below, hidden(), 100, 100, 0);
      case 7 -> staging(below);
      case 8 -> splits ? below : sizeSplit(below);
      case 9 -> splits ? below : bigValue(below);
      case 10 -> shadow(below);
      case 11 -> OutstandingSettings.of(below, 1 + random.nextInt(3));
      case 12 -> rateLimit(below);
      case 13 -> new SlowWarmUpSettings(below, below, 0.7, 0.9, 0.1, 1, 10);
      case 14 -> new BlackholeSettings(below, null, Set.of());
      case 15 -> new HashStopSettings(new KeyPartsSettings(below, 2, ':'), List.of(""));
      case 16 -> new AllSettings(AllSettings.Mode.INITIAL, List.of(below, hidden()));
      default -> random.nextBoolean() ? missFailover(below) : new LatencySettings(below, 0, 0, 1);
    };
  }

  private String nextName() {
    return "n" + names++ + ":";
  }

  /** What nobody else reads or writes on the same server. */
  private RouteSettings hidden() {
    return new ModifyKeySettings(RouteSetup.pool(0), "hidden" + nextName(), null, null, false);
  }

  private RouteSettings routingPrefix(RouteSettings below) {
    RouteSettings other = new ModifyKeySettings(below, nextName(), null, null, false);
    return new RoutingPrefixSettings(Map.of("/a/b/", other, "/u/u/", below), below, "/u/u/", false);
  }

  private RouteSettings staging(RouteSettings below) {
    deletesTwice = true;
    return new StagingSettings(below, hidden());
  }

  private RouteSettings sizeSplit(RouteSettings below) {
    splits = true;
    return new SizeSplitSettings(below, hidden(), LARGE, 0, 60, random.nextBoolean(), 1);
  }

  private RouteSettings bigValue(RouteSettings below) {
    splits = true;
    return new BigValueSettings(below, LARGE, random.nextInt(4));
  }

  private RouteSettings shadow(RouteSettings below) {
    return new ShadowSettings(
        below,
        List.of(
            new ShadowSettings.Shadow(hidden(), 0, 0.7, null, 1),
            new ShadowSettings.Shadow(hidden(), 0, 1, null, 0.5)));
  }

  private static RouteSettings rateLimit(RouteSettings below) {
    RateLimitSettings.Rate rate = new RateLimitSettings.Rate(10, 10);
    return new RateLimitSettings(below, rate, rate, rate, below);
  }

  private RouteSettings missFailover(RouteSettings below) {
    return new MissFailoverSettings(List.of(below, hidden()), random.nextBoolean());
  }

  @Override
  public String toString() {
    return description.toString();
  }
}
