package io.fairlead.config.route;

import java.util.List;

/**
 * Large values are stored in pieces.
 *
 * @param threshold the largest value that is stored whole, and the size of the pieces
 * @param batch pieces that are fetched at once; 0 for all
 */
public record BigValueSettings(RouteSettings target, int threshold, int batch)
    implements RouteSettings {
  @Override
  public List<RouteSettings> children() {
    return List.of(target);
  }
}
