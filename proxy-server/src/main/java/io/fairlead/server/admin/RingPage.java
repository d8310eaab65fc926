package io.fairlead.server.admin;

import io.fairlead.config.NearestKey;
import io.fairlead.config.PoolSettings;
import io.fairlead.config.RingSettings;
import io.fairlead.config.ServerSettings;
import io.fairlead.placement.PoolPlacement;
import io.fairlead.placement.PoolPlacement.Rule;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** {@code /ring?pool=NAME}: who owns which part of the hash space of a pool, for drawing it. */
final class RingPage {
  private static final int SLOTS = 720;
  private static final byte[] NO_KEY = {};

  private final AdminState state;
  private final Placements placements;

  RingPage(AdminState state, Placements placements) {
    this.state = state;
    this.placements = placements;
  }

  Page page(PageRequest request) {
    ProxyView proxy = state.proxy();
    List<PoolSettings> pools = proxy == null ? List.of() : proxy.settings().pools();
    List<String> names = pools.stream().map(PoolSettings::name).toList();
    String name = request.parameter("pool");
    if (name == null && pools.size() != 1) {
      return Page.error(
          HttpResponseStatus.BAD_REQUEST, "pool: missing (expected: /ring?pool=NAME)");
    }
    for (PoolSettings pool : pools) {
      if (name == null || pool.name().equals(name)) {
        return ring(pool);
      }
    }
    return Page.unknown("no such pool: " + name, NearestKey.hint(String.valueOf(name), names));
  }

  private Page ring(PoolSettings pool) {
    PoolPlacement placement = placements.of(pool);
    if (!hasRing(placement)) {
      return Page.error(
          HttpResponseStatus.NOT_FOUND,
          "pool "
              + pool.name()
              + " has no ring: it is "
              + Words.of(pool.mode())
              + ", with the distribution "
              + pool.placement().distributionName());
    }
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("pool", pool.name());
    for (PoolFacts facts : state.readings().poolFacts().get()) {
      if (facts.pool().equals(pool.name())) {
        page.put("fingerprint", facts.fingerprint());
      }
    }
    page.put("servers", pool.servers().stream().map(ServerSettings::name).toList());
    page.put(
        "shares", IntStream.range(0, pool.servers().size()).mapToObj(placement::shareOf).toList());
    page.put("slots", slots(placement));
    return Page.json(page);
  }

  /** Whether a hash alone says which server has a key. */
  static boolean hasRing(PoolPlacement placement) {
    boolean isAlone = placement.rule() == Rule.ONLY && !placement.pool().mode().hasReplicas();
    return placement.hasPositions()
        || (isAlone && placement.pool().placement() instanceof RingSettings);
  }

  /** The owner of the middle of each part. */
  private static List<Integer> slots(PoolPlacement placement) {
    List<Integer> slots = new ArrayList<>(SLOTS);
    for (int i = 0; i < SLOTS; i++) {
      long middle = (2L * i + 1) * (1L << 31) / SLOTS;
      slots.add(placement.serverOf(middle, NO_KEY, 0, 0));
    }
    return slots;
  }
}
