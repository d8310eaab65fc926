package io.fairlead.server.report;

import io.fairlead.config.ServerSettings;
import io.fairlead.placement.Comparison;
import io.fairlead.placement.Comparison.Change;
import io.fairlead.placement.Comparison.Move;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What moves when one configuration is replaced by another, as text and as JSON. */
public final class ComparisonReport {
  private static final int MOST_ROWS = 20;

  private final List<Comparison> pools;

  /** Each pool's keys, and where they move. */
  public ComparisonReport(List<Comparison> pools) {
    this.pools = List.copyOf(pools);
  }

  /** The part of the keys that moves, as a percentage. */
  public static double percent(long moved, long keys) {
    return keys == 0 ? 0 : 100.0 * moved / keys;
  }

  public String text() {
    StringBuilder text = new StringBuilder();
    for (Comparison pool : pools) {
      text.append(sentence("pool " + name(pool), pool.keys(), pool.moved())).append('\n');
      text.append(moves(pool));
    }
    if (pools.size() > 1) {
      text.append(sentence("all pools", keys(), moved())).append('\n');
    }
    return text.toString();
  }

  /** What becomes of all keys, as the end of a sentence. */
  public String summary() {
    if (pools.isEmpty()) {
      return "has no pool of the same name, so that all keys move";
    }
    return moved() == 0
        ? "moves no keys"
        : String.format(
            Locale.ROOT,
            "moves %d of %d keys (%s)",
            moved(),
            keys(),
            percentText(percent(moved(), keys())));
  }

  /** An object for each pool, then one for all of them. */
  public List<String> json() {
    List<String> lines = new ArrayList<>();
    objects().forEach(object -> lines.add(Json.write(object)));
    lines.add(Json.write(totals()));
    return lines;
  }

  /** An object for each pool. */
  public List<Map<String, Object>> objects() {
    List<Map<String, Object>> objects = new ArrayList<>();
    for (Comparison pool : pools) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("pool", pool.before().pool().name());
      object.put("other", pool.after().pool().name());
      object.putAll(numbers(pool.keys(), pool.moved()));
      object.put("moves", pool.moves().stream().map(ComparisonReport::move).toList());
      objects.add(object);
    }
    return objects;
  }

  /** Those of all pools together. */
  public Map<String, Object> totals() {
    return numbers(keys(), moved());
  }

  private long keys() {
    return pools.stream().mapToLong(Comparison::keys).sum();
  }

  private long moved() {
    return pools.stream().mapToLong(Comparison::moved).sum();
  }

  private static String name(Comparison pool) {
    String before = pool.before().pool().name();
    String after = pool.after().pool().name();
    return before.equals(after) ? before : before + " = " + after;
  }

  private static String sentence(String what, long keys, long moved) {
    return moved == 0
        ? what + ": 0 of " + keys + " keys move"
        : String.format(
            Locale.ROOT,
            "%s: %d of %d keys move (%s)",
            what,
            moved,
            keys,
            percentText(percent(moved, keys)));
  }

  private static String moves(Comparison pool) {
    List<Move> moves = pool.moves();
    if (moves.isEmpty()) {
      return "";
    }
    Table table =
        new Table(List.of("from", "address", "to", "address", ">keys", ">of all", "what changes"));
    for (Move move : moves.subList(0, Math.min(MOST_ROWS, moves.size()))) {
      table.add(
          List.of(
              name(move.from()),
              address(move.from()),
              name(move.to()),
              address(move.to()),
              Long.toString(move.keys()),
              percentText(percent(move.keys(), pool.keys())),
              word(move.change())));
    }
    return table.text("  ") + rest(moves);
  }

  private static String rest(List<Move> moves) {
    if (moves.size() <= MOST_ROWS) {
      return "";
    }
    List<Move> rest = moves.subList(MOST_ROWS, moves.size());
    long keys = rest.stream().mapToLong(Move::keys).sum();
    return "  … and " + rest.size() + " more such moves of " + keys + " keys together\n";
  }

  private static String word(Change change) {
    return switch (change) {
      case NOTHING -> "nothing";
      case SERVER -> "server";
      case ADDRESS -> "address only";
      case NAME -> "name only";
    };
  }

  private static String name(@Nullable ServerSettings server) {
    return server == null ? "any or none" : server.name();
  }

  private static String address(@Nullable ServerSettings server) {
    return server == null ? "-" : server.address().toString();
  }

  private static String percentText(double percent) {
    return percent < 0.1 ? "< 0.1 %" : String.format(Locale.ROOT, "%.1f %%", percent);
  }

  private static Map<String, Object> numbers(long keys, long moved) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("keys", keys);
    object.put("moved", moved);
    object.put("percent", Math.round(percent(moved, keys) * 10_000) / 10_000.0);
    return object;
  }

  private static Map<String, Object> move(Move move) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("from", server(move.from()));
    object.put("to", server(move.to()));
    object.put("change", move.change().name().toLowerCase(Locale.ROOT));
    object.put("keys", move.keys());
    return object;
  }

  private static Map<String, Object> server(@Nullable ServerSettings server) {
    Map<String, Object> object = new LinkedHashMap<>();
    if (server != null) {
      object.put("name", server.name());
      object.put("address", server.address().toString());
    }
    return object;
  }
}
