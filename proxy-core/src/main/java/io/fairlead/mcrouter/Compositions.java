package io.fairlead.mcrouter;

import io.fairlead.config.route.RouteSettings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

final class Compositions {
  private Compositions() {}

  static List<RouteSettings> latest(
      List<RouteSettings> children,
      int count,
      long host,
      String salt,
      @Nullable List<Double> weights) {
    List<RouteSettings> rotated = new ArrayList<>(children);
    if (!rotated.isEmpty()) {
      Collections.rotate(rotated, (int) Math.floorMod(host, (long) rotated.size()));
    }
    return rotated.subList(0, Math.min(count, rotated.size()));
  }

  static RouteSettings ofHost(List<RouteSettings> children, long host, String salt) {
    return children.get((int) Math.floorMod(host, (long) children.size()));
  }
}
