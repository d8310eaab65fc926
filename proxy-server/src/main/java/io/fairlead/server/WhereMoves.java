package io.fairlead.server;

import io.fairlead.config.PoolSettings;
import io.fairlead.config.ProxySettings;
import io.fairlead.placement.Comparison;
import io.fairlead.placement.KeyRule;
import io.fairlead.placement.KeyShape;
import io.fairlead.placement.PoolPlacement;
import io.fairlead.server.command.Format;
import io.fairlead.server.command.UserError;
import io.fairlead.server.report.ComparisonReport;
import io.fairlead.server.settings.ConfigFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compares the placement of two configuration files, pool by pool. */
final class WhereMoves {
  private static final int KEYS_OF_EACH_SHAPE = 20_000;

  private final PrintWriter out;
  private final Format format;
  private final @Nullable Double failAbove;
  private long refused;

  WhereMoves(PrintWriter out, Format format, @Nullable Double failAbove) {
    this.out = out;
    this.format = format;
    this.failAbove = failAbove;
  }

  /** Prints what moves; a {@link UserError} when it is more than allowed. */
  int compare(
      ProxySettings old,
      Path before,
      ProxySettings now,
      Path after,
      List<String> pairs,
      KeyInput input)
      throws UserError {
    List<Comparison> pools =
        pairs.isEmpty() ? sameNames(old, now) : named(pairs, old, before, now, after);
    List<String> lost = pairs.isEmpty() ? without(old, now) : List.of();
    List<String> added = pairs.isEmpty() ? without(now, old) : List.of();
    if (pools.isEmpty()) {
      throw new UserError(
          "no pool has the same name in both files: give --pool A=B ("
              + before
              + " has "
              + names(old)
              + "; "
              + after
              + " has "
              + names(now)
              + ").");
    }
    count(pools, input);
    if (format == Format.JSON) {
      new ComparisonReport(pools).json().forEach(out::println);
    } else {
      out.print(new ComparisonReport(pools).text());
      lost.forEach(name -> out.println("pool " + name + ": only in " + before));
      added.forEach(name -> out.println("pool " + name + ": only in " + after));
      out.print(sample(input));
    }
    out.flush();
    requireFew(pools, lost, after);
    return 0;
  }

  private void count(List<Comparison> pools, KeyInput input) throws UserError {
    if (!input.isEmpty()) {
      input.read((key, from, length) -> count(pools, key, from, length));
      return;
    }
    for (KeyShape shape : KeyShape.values()) {
      for (int number = 0; number < KEYS_OF_EACH_SHAPE; number++) {
        byte[] key = shape.key(number);
        count(pools, key, 0, key.length);
      }
    }
  }

  private void count(List<Comparison> pools, byte[] key, int from, int length) {
    if (KeyRule.refusal(key, from, length) != null) {
      refused++;
      return;
    }
    for (Comparison pool : pools) {
      pool.add(key, from, length);
    }
  }

  private String sample(KeyInput input) {
    if (!input.isEmpty()) {
      return refused == 0
          ? ""
          : "left out, as memcached refuses them: " + refused + " of the keys\n";
    }
    String shapes =
        List.of(KeyShape.values()).stream().map(KeyShape::label).collect(Collectors.joining(", "));
    return "made-up keys, " + KEYS_OF_EACH_SHAPE + " of each shape: " + shapes + "\n";
  }

  private void requireFew(List<Comparison> pools, List<String> lost, Path after) throws UserError {
    Double most = failAbove;
    if (most == null) {
      return;
    }
    if (!lost.isEmpty()) {
      throw new UserError("pool " + lost.get(0) + " is not in " + after + ": all its keys move.");
    }
    for (Comparison pool : pools) {
      double percent = ComparisonReport.percent(pool.moved(), pool.keys());
      if (percent > most) {
        throw new UserError(
            String.format(
                Locale.ROOT,
                "%.2f %% of the keys of pool %s move (expected: at most %s %%).",
                percent,
                pool.before().pool().name(),
                most));
      }
    }
  }

  private static List<Comparison> sameNames(ProxySettings old, ProxySettings now) {
    List<Comparison> pools = new ArrayList<>();
    for (PoolSettings before : old.pools()) {
      for (PoolSettings after : now.pools()) {
        if (before.name().equals(after.name())) {
          pools.add(comparison(before, after));
        }
      }
    }
    return pools;
  }

  private static List<Comparison> named(
      List<String> pairs, ProxySettings old, Path before, ProxySettings now, Path after)
      throws UserError {
    List<Comparison> pools = new ArrayList<>();
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      String from = equals < 0 ? pair : pair.substring(0, equals);
      String to = pair.substring(equals + 1);
      pools.add(comparison(ConfigFile.pool(old, from, before), ConfigFile.pool(now, to, after)));
    }
    return pools;
  }

  private static Comparison comparison(PoolSettings before, PoolSettings after) {
    return new Comparison(PoolPlacement.of(before), PoolPlacement.of(after));
  }

  /** The pools of one file that the other one does not have. */
  private static List<String> without(ProxySettings settings, ProxySettings other) {
    List<String> names = other.pools().stream().map(PoolSettings::name).toList();
    return settings.pools().stream()
        .map(PoolSettings::name)
        .filter(name -> !names.contains(name))
        .toList();
  }

  private static String names(ProxySettings settings) {
    return settings.pools().stream().map(PoolSettings::name).collect(Collectors.joining(", "));
  }
}
