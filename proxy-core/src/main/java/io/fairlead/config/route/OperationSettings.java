package io.fairlead.config.route;

import io.fairlead.protocol.Operation;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The operation decides which child gets a request.
 *
 * @param otherwise for an operation without a policy; null for an error
 * @param errorOfMcrouter whether that error is mcrouter's, which does not say what is wrong
 */
public record OperationSettings(
    Map<Operation, RouteSettings> policies,
    @Nullable RouteSettings otherwise,
    boolean errorOfMcrouter)
    implements RouteSettings {
  // Written out because a compact constructor loses the @Nullable of its parameters.
  public OperationSettings(
      Map<Operation, RouteSettings> policies,
      @Nullable RouteSettings otherwise,
      boolean errorOfMcrouter) {
    this.policies = Collections.unmodifiableMap(new LinkedHashMap<>(policies));
    this.otherwise = otherwise;
    this.errorOfMcrouter = errorOfMcrouter && otherwise == null;
  }

  /** One whose error says what is wrong. */
  public OperationSettings(
      Map<Operation, RouteSettings> policies, @Nullable RouteSettings otherwise) {
    this(policies, otherwise, false);
  }

  @Override
  public List<RouteSettings> children() {
    return Children.of(policies.values(), otherwise);
  }
}
