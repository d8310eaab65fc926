package io.fairlead.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Settings as a nutcracker.yml, as far as that form can say them.
 *
 * @param yaml empty when no pool can be one of nutcracker's
 * @param carried the settings with the pools that it has, each with one listener
 * @param lost what it does not say: each with its path, in the order of our own form
 */
public record NutcrackerExport(String yaml, ProxySettings carried, List<String> lost) {
  public NutcrackerExport {
    lost = List.copyOf(lost);
  }

  /**
   * What the form can say is found out by reading it again: what comes back is not lost.
   *
   * @throws ConfigException when it takes the text for none of its own, as with odd names
   */
  public static NutcrackerExport of(ProxySettings settings) {
    Selection selection = Selection.of(settings);
    if (selection.pools.isEmpty()) {
      return new NutcrackerExport("", selection.settings(settings), selection.lost);
    }
    NutcrackerWriter writer = new NutcrackerWriter();
    selection.pools.forEach(writer::add);
    ProxySettings carried = selection.settings(settings);
    ProxySettings kept = ConfigLoader.parse(writer.text(), "nutcracker.yml");
    requireSamePlacement(carried, kept);
    List<String> lost = new ArrayList<>(selection.lost);
    lost.addAll(LostSettings.of(carried, kept, selection.places));
    return new NutcrackerExport(writer.text(), carried, lost);
  }

  private static void requireSamePlacement(ProxySettings carried, ProxySettings kept) {
    for (int i = 0; i < carried.pools().size(); i++) {
      PoolSettings ours = carried.pools().get(i);
      PoolSettings theirs = kept.pools().get(i);
      boolean isSame =
          kept.pools().size() == carried.pools().size()
              && theirs.name().equals(ours.name())
              && withoutTls(theirs.servers()).equals(withoutTls(ours.servers()))
              && placement(theirs).equals(placement(ours));
      if (!isSame) {
        throw new IllegalStateException(theirs + " differs from " + ours);
      }
    }
  }

  private static List<ServerSettings> withoutTls(List<ServerSettings> servers) {
    return servers.stream()
        .map(server -> new ServerSettings(server.name(), server.address(), server.weight()))
        .toList();
  }

  /** But for bytes above 0x7f, which the machine of a nutcracker decides about. */
  private static RingSettings placement(PoolSettings pool) {
    RingSettings ring = (RingSettings) pool.placement();
    return new RingSettings(
        ring.hash(), ring.distribution(), ring.hashTag(), RingSettings.DEFAULT.keyBytes());
  }

  /** The pools that nutcracker can have, and what is left out with the others. */
  private static final class Selection {
    private final Map<PoolSettings, ListenerSettings> pools = new LinkedHashMap<>();
    private final List<Integer> places = new ArrayList<>();
    private final List<String> lost = new ArrayList<>();

    static Selection of(ProxySettings settings) {
      Selection selection = new Selection();
      settings.pools().forEach(pool -> selection.choose(pool, settings.listeners()));
      selection.leaveOutRest(settings);
      return selection;
    }

    private void choose(PoolSettings pool, List<ListenerSettings> listeners) {
      int place = 0;
      while (place < listeners.size() && !listeners.get(place).target().equals(pool.name())) {
        place++;
      }
      ListenerSettings listener = place < listeners.size() ? listeners.get(place) : null;
      String gap = NutcrackerGaps.of(pool, listener);
      if (listener == null || gap != null) {
        leaveOut(KeyPlaces.path("pools", pool.name()), String.valueOf(gap));
        return;
      }
      pools.put(pool, listener);
      places.add(place);
    }

    private void leaveOutRest(ProxySettings settings) {
      Set<String> served = new HashSet<>();
      pools.keySet().forEach(pool -> served.add(pool.name()));
      for (int i = 0; i < settings.listeners().size(); i++) {
        String target = settings.listeners().get(i).target();
        boolean isPool = settings.pools().stream().anyMatch(pool -> pool.name().equals(target));
        if (!isPool) {
          leaveOut("listeners[" + i + "]", "nutcracker has no routes");
        } else if (served.contains(target) && !places.contains(i)) {
          leaveOut("listeners[" + i + "]", "a pool of nutcracker has one listener");
        }
      }
      settings
          .routes()
          .forEach(
              tree -> leaveOut(KeyPlaces.path("routes", tree.name()), "nutcracker has no routes"));
    }

    private void leaveOut(String path, String reason) {
      lost.add(path + ": left out, as " + reason);
    }

    ProxySettings settings(ProxySettings all) {
      return all.change()
          .listeners(List.copyOf(pools.values()))
          .pools(List.copyOf(pools.keySet()))
          .routes(List.of())
          .build();
    }
  }
}
