package io.fairlead.server;

import io.fairlead.config.PoolSettings;
import io.fairlead.config.ProxySettings;
import io.fairlead.placement.Comparison;
import io.fairlead.placement.KeyRule;
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
    PoolMoves moves =
        pairs.isEmpty()
            ? PoolMoves.of(old, now)
            : new PoolMoves(named(pairs, old, before, now, after), List.of(), List.of());
    List<Comparison> pools = moves.pools();
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
    count(moves, input);
    if (format == Format.JSON) {
      new ComparisonReport(pools).json().forEach(out::println);
    } else {
      out.print(new ComparisonReport(pools).text());
      moves.lost().forEach(name -> out.println("pool " + name + ": only in " + before));
      moves.added().forEach(name -> out.println("pool " + name + ": only in " + after));
      out.print(sample(input));
    }
    out.flush();
    requireFew(pools, moves.lost(), after);
    return 0;
  }

  private void count(PoolMoves moves, KeyInput input) throws UserError {
    if (input.isEmpty()) {
      moves.countMadeUp();
    } else {
      input.read((key, from, length) -> count(moves, key, from, length));
    }
  }

  private void count(PoolMoves moves, byte[] key, int from, int length) {
    if (KeyRule.refusal(key, from, length) != null) {
      refused++;
      return;
    }
    moves.count(key, from, length);
  }

  private String sample(KeyInput input) {
    if (!input.isEmpty()) {
      return refused == 0
          ? ""
          : "left out, as memcached refuses them: " + refused + " of the keys\n";
    }
    return PoolMoves.sample();
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

  private static List<Comparison> named(
      List<String> pairs, ProxySettings old, Path before, ProxySettings now, Path after)
      throws UserError {
    List<Comparison> pools = new ArrayList<>();
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      String from = equals < 0 ? pair : pair.substring(0, equals);
      String to = pair.substring(equals + 1);
      pools.add(
          PoolMoves.comparison(
              ConfigFile.pool(old, from, before), ConfigFile.pool(now, to, after)));
    }
    return pools;
  }

  private static String names(ProxySettings settings) {
    return settings.pools().stream().map(PoolSettings::name).collect(Collectors.joining(", "));
  }
}
