package io.fairlead.config.route;

import io.fairlead.protocol.Operation;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Some operations are answered that nothing was done, and their requests go nowhere or elsewhere.
 */
public record BlackholeSettings(
    RouteSettings target, @Nullable RouteSettings swallowed, Set<Operation> operations)
    implements RouteSettings {
  // Written out because a compact constructor loses the @Nullable of its parameters.
  public BlackholeSettings(
      RouteSettings target, @Nullable RouteSettings swallowed, Set<Operation> operations) {
    this.target = target;
    this.swallowed = swallowed;
    this.operations = operations;
  }

  @Override
  public List<RouteSettings> children() {
    return Children.of(List.of(target), swallowed);
  }
}
