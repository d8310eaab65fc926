package io.fairlead.config.route;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Copies of requests go elsewhere, and no client hears of their replies. */
public record ShadowSettings(RouteSettings target, List<Shadow> shadows) implements RouteSettings {
  public ShadowSettings {
    shadows = List.copyOf(shadows);
  }

  @Override
  public List<RouteSettings> children() {
    return Children.of(
        List.of(target), shadows.stream().map(Shadow::target).toArray(RouteSettings[]::new));
  }

  /**
   * Where copies go, and of what.
   *
   * @param keysFrom the part of all keys, by their hash, from here
   * @param keysTo to here; both from 0 to 1
   * @param keys only these keys; null for all
   * @param requests the part of the requests, by chance
   * @param mostInFlight how many may be under way on an event loop; more are dropped. 0 for any
   *     number
   * @param compares whether the replies are compared with those of the target
   */
  public record Shadow(
      RouteSettings target,
      double keysFrom,
      double keysTo,
      @Nullable Set<String> keys,
      double requests,
      int mostInFlight,
      boolean compares) {
    /** mcrouter's default. */
    public static final int MOST_IN_FLIGHT = 1000;

    /** With the usual number of copies, which are not compared. */
    public Shadow(
        RouteSettings target,
        double keysFrom,
        double keysTo,
        @Nullable Set<String> keys,
        double requests) {
      this(target, keysFrom, keysTo, keys, requests, MOST_IN_FLIGHT, false);
    }

    // Written out because javac loses the @Nullable of nested types without it.
    public Shadow(
        RouteSettings target,
        double keysFrom,
        double keysTo,
        @Nullable Set<String> keys,
        double requests,
        int mostInFlight,
        boolean compares) {
      this.target = target;
      this.keysFrom = keysFrom;
      this.keysTo = keysTo;
      this.keys = keys;
      this.requests = requests;
      this.mostInFlight = mostInFlight;
      this.compares = compares;
    }
  }
}
