package io.fairlead.server.report;

import io.fairlead.config.PlacementSettings;
import io.fairlead.config.RingSettings;
import io.fairlead.config.ServerSettings;
import io.fairlead.placement.KeyShape;
import io.fairlead.placement.Shares;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** The measured shares of a pool's servers; of a large pool, those that are furthest off. */
final class SharesTable {
  private static final int MOST_ROWS = 20;
  private static final String INDENT = "    ";

  private final Shares shares;

  SharesTable(Shares shares) {
    this.shares = shares;
  }

  String text() {
    int servers = shares.placement().pool().servers().size();
    int[] shown = shown(servers);
    Table table = new Table(heading());
    for (int server : shown) {
      table.add(row(server));
    }
    String rest =
        shown.length == servers
            ? ""
            : INDENT + "… and " + (servers - shown.length) + " servers nearer to their share\n";
    return "  pool "
        + shares.placement().pool().name()
        + ": "
        + rule(shares.placement().pool().placement())
        + "; % of "
        + shares.keys()
        + " keys like these on each server\n"
        + table.text(INDENT)
        + rest;
  }

  /** A server that is to have nothing, and has nothing, is not off. */
  private static double excess(double measured, double expected) {
    return measured == expected ? 0 : Math.abs(measured / expected - 1);
  }

  private static String rule(PlacementSettings placement) {
    return placement instanceof RingSettings ring
        ? ring.distributionName() + ", " + ring.hash().configName()
        : placement.distributionName();
  }

  private static List<String> heading() {
    List<String> heading = new ArrayList<>(List.of("server", "address", ">weight", ">expected"));
    for (KeyShape shape : KeyShape.values()) {
      heading.add(">" + shape.label());
    }
    return heading;
  }

  private List<String> row(int server) {
    ServerSettings settings = shares.placement().server(server);
    List<String> row = new ArrayList<>();
    row.add(settings.name());
    row.add(settings.address().toString());
    row.add(weight(shares.placement().weight(server)));
    row.add(percent(shares.expected(server)));
    for (KeyShape shape : KeyShape.values()) {
      row.add(percent(shares.measured(shape, server)));
    }
    return row;
  }

  private int[] shown(int servers) {
    IntStream all = IntStream.range(0, servers);
    if (servers <= MOST_ROWS) {
      return all.toArray();
    }
    int[] furthest =
        all.boxed()
            .sorted(Comparator.comparingDouble(this::deviation).reversed())
            .limit(MOST_ROWS)
            .mapToInt(Integer::intValue)
            .toArray();
    Arrays.sort(furthest);
    return furthest;
  }

  private double deviation(int server) {
    return Arrays.stream(KeyShape.values())
        .mapToDouble(shape -> excess(shares.measured(shape, server), shares.expected(server)))
        .max()
        .orElse(0);
  }

  /** Whole numbers of a ring, and mcrouter's from 0 to 1. */
  private static String weight(double weight) {
    return BigDecimal.valueOf(weight).stripTrailingZeros().toPlainString();
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f", 100 * share);
  }
}
