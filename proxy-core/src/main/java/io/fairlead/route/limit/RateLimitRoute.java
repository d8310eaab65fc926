package io.fairlead.route.limit;

import io.fairlead.config.route.RateLimitSettings;
import io.fairlead.config.route.RateLimitSettings.Rate;
import io.fairlead.loop.TokenBucket;
import io.fairlead.protocol.Operation;
import io.fairlead.route.Outline;
import io.fairlead.route.Question;
import io.fairlead.route.Route;
import io.fairlead.route.SelectingRoute;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** So many requests of a kind pass in a second; the others go elsewhere. */
final class RateLimitRoute extends SelectingRoute {
  private final LongSupplier clock;
  private final String label;
  private final Route target;
  private final Route fallback;
  private final @Nullable TokenBucket gets;
  private final @Nullable TokenBucket updates;
  private final @Nullable TokenBucket deletes;

  /**
   * @param clock in nanoseconds, never back
   */
  RateLimitRoute(LongSupplier clock, RateLimitSettings settings, Route target, Route fallback) {
    this.clock = clock;
    this.target = target;
    this.fallback = fallback;
    gets = bucket(settings.gets());
    updates = bucket(settings.updates());
    deletes = bucket(settings.deletes());
    label =
        "rate-limit"
            + label("gets", settings.gets())
            + label("sets", settings.updates())
            + label("deletes", settings.deletes());
  }

  private @Nullable TokenBucket bucket(@Nullable Rate rate) {
    return rate == null ? null : new TokenBucket(rate.perSecond(), rate.burst(), clock.getAsLong());
  }

  private static String label(String kind, @Nullable Rate rate) {
    return rate == null
        ? ""
        : "|%s_rate=%s|%s_burst=%s".formatted(kind, rate.perSecond(), kind, rate.burst());
  }

  @Override
  protected Route select(Operation operation, byte[] key, int length) {
    TokenBucket bucket = bucket(operation);
    return bucket == null || bucket.take(clock.getAsLong()) ? target : fallback;
  }

  /** Null for operations without a limit. */
  private @Nullable TokenBucket bucket(Operation operation) {
    return switch (operation.kind()) {
      case GET_LIKE -> gets;
      case UPDATE_LIKE -> updates;
      case DELETE_LIKE -> deletes;
      default -> null;
    };
  }

  @Override
  public boolean uploads() {
    return target.uploads() && fallback.uploads();
  }

  @Override
  public void outline(Outline outline) {
    Question question = outline.question();
    boolean limited = question == null || bucket(question.operation()) != null;
    outline.node(label, limited ? List.of(target, fallback) : List.of(target));
  }
}
