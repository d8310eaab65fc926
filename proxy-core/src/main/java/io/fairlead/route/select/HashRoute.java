package io.fairlead.route.select;

import io.fairlead.config.route.HashSettings;
import io.fairlead.hashing.Placement;
import io.fairlead.hashing.RingMember;
import io.fairlead.protocol.Operation;
import io.fairlead.route.Choosing;
import io.fairlead.route.Outline;
import io.fairlead.route.Question;
import io.fairlead.route.Route;
import io.fairlead.route.RouteBuilder;
import io.fairlead.route.SelectingRoute;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The key decides which child gets a request, as it decides among the servers of a pool. */
final class HashRoute extends SelectingRoute implements Choosing {
  private final String label;
  private final Placement placement;
  private final Route[] children;

  HashRoute(HashSettings settings, RouteBuilder builder) {
    List<Route> children = builder.build(settings.children());
    this.label = "hash|" + settings.placement().distributionName();
    this.children = children.toArray(Route[]::new);
    List<RingMember> members =
        IntStream.range(0, children.size())
            .mapToObj(i -> new RingMember(Integer.toString(i), 1))
            .toList();
    this.placement = builder.counting(settings.placement().over(members, index -> true));
  }

  /** There is always one, as all children take keys. */
  @Override
  protected Route select(Operation operation, byte[] key, int length) {
    return children[choice(key, length)];
  }

  @Override
  public int choice(byte[] key, int length) {
    return placement.serverOf(placement.hash(key, 0, length), key, 0, length);
  }

  @Override
  public boolean uploads() {
    return Arrays.stream(children).allMatch(Route::uploads);
  }

  @Override
  public void outline(Outline outline) {
    Question question = outline.question();
    if (question == null) {
      outline.node(label, List.of(children));
      return;
    }
    outline.leaf(label);
    outline.below(select(question.operation(), question.key(), question.key().length));
  }
}
