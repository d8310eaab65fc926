package io.fairlead.route.change;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fairlead.config.route.HashStopSettings;
import io.fairlead.hashing.RoutingKey;
import io.fairlead.protocol.Operation;
import io.fairlead.route.Outline;
import io.fairlead.route.Question;
import io.fairlead.route.Route;
import io.fairlead.route.RouteContext;
import io.fairlead.route.SelectingRoute;
import io.fairlead.route.answer.ErrorRoute;
import java.util.Arrays;

/** Keys with a hash stop pass only when they begin with a prefix that may. */
final class HashStopRoute extends SelectingRoute {
  private final Route target;
  private final Route refusal;
  private final byte[][] prefixes;

  HashStopRoute(RouteContext context, HashStopSettings settings, Route target) {
    this.target = target;
    this.refusal =
        new ErrorRoute(context, "HashStopAllowListRoute: no hash stop is allowed in this key");
    this.prefixes =
        settings.prefixes().stream().map(each -> each.getBytes(UTF_8)).toArray(byte[][]::new);
  }

  @Override
  protected Route select(Operation operation, byte[] key, int length) {
    boolean stops = RoutingKey.hashedLength(key, 0, length) < length;
    return stops && !isAllowed(key, length) ? refusal : target;
  }

  private boolean isAllowed(byte[] key, int length) {
    for (byte[] prefix : prefixes) {
      if (length >= prefix.length
          && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean uploads() {
    return target.uploads();
  }

  @Override
  public void outline(Outline outline) {
    outline.leaf("hash-stop-allow-list");
    Question question = outline.question();
    outline.below(
        question == null
            ? target
            : select(question.operation(), question.key(), question.key().length));
  }
}
