package io.fairlead.server.remote;

import io.fairlead.json.JsonException;
import io.fairlead.json.JsonNull;
import io.fairlead.json.Setting;
import io.fairlead.server.client.Printable;
import io.fairlead.server.remote.Snapshot.Counts;
import io.fairlead.server.remote.Snapshot.Event;
import io.fairlead.server.remote.Snapshot.HotKey;
import io.fairlead.server.remote.Snapshot.Pool;
import io.fairlead.server.remote.Snapshot.Server;
import io.fairlead.server.remote.Snapshot.Times;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Understands pages of the admin port. Members that are not there are none or empty, as a proxy
 * leaves out what it does not know; those of another kind than they should be are refused with a
 * {@link JsonException}.
 */
final class SnapshotReader {
  private static final double MOST = 1e18;

  private SnapshotReader() {}

  static Snapshot snapshot(Setting page) {
    Setting totals = page.required("totals");
    return new Snapshot(
        page.required("time_ms").integer(0, Long.MAX_VALUE),
        text(page, "host"),
        text(page, "version"),
        count(page, "uptime_seconds"),
        text(page, "phase"),
        counts(totals),
        count(totals, "clients"),
        times(page),
        list(page, "loops", loop -> count(loop, "lag_us")).stream().reduce(0L, Math::max),
        list(page, "pools", SnapshotReader::pool),
        list(page, "hot_keys", SnapshotReader::hotKey),
        list(page, "events", SnapshotReader::event));
  }

  /** Those of the page {@code /servers}. */
  static List<Server> servers(Setting page) {
    return list(page, "servers", SnapshotReader::server);
  }

  static Order order(Setting page) {
    return new Order(text(page, "state"), count(page, "in_flight"), text(page, "warning"));
  }

  /** What is wrong, in a sentence with the way out. */
  static String mistake(Setting page) {
    String hint = text(page, "hint");
    return text(page, "error") + (hint.isEmpty() ? "" : "; " + hint);
  }

  private static Pool pool(Setting row) {
    String hash = text(row, "hash");
    String distribution = text(row, "distribution");
    Setting panic = known(row, "panic");
    return new Pool(
        text(row, "pool"),
        text(row, "kind"),
        hash.equals(distribution) ? hash : hash + " " + distribution,
        panic != null && panic.flag(),
        counts(row),
        times(row),
        list(row, "servers", SnapshotReader::server));
  }

  private static Server server(Setting row) {
    return new Server(
        text(row, "server"),
        text(row, "address"),
        text(row, "state"),
        text(row, "reason"),
        known(row, "next_probe_ms") == null ? -1 : count(row, "next_probe_ms"),
        number(row, "share", -1),
        count(row, "connections"),
        count(row, "in_flight"),
        counts(row),
        times(row));
  }

  private static HotKey hotKey(Setting row) {
    return new HotKey(
        text(row, "pool"), text(row, "key"), number(row, "share", 0), number(row, "per_second", 0));
  }

  private static Event event(Setting row) {
    Setting pairs = known(row, "pairs");
    String facts =
        pairs == null
            ? ""
            : pairs.members().stream()
                .map(pair -> pair.key() + "=" + pair.text())
                .collect(Collectors.joining(" "));
    return new Event(
        count(row, "time_ms"), text(row, "level"), text(row, "message"), Printable.of(facts));
  }

  private static Counts counts(Setting row) {
    return new Counts(
        count(row, "requests"), count(row, "hits"), count(row, "misses"), count(row, "errors"));
  }

  private static Times times(Setting row) {
    Setting latency = known(row, "latency");
    return latency == null
        ? Times.UNKNOWN
        : new Times(count(latency, "p50_us"), count(latency, "p99_us"));
  }

  private static @Nullable Setting known(Setting object, String key) {
    Setting value = object.at(key);
    return value == null || value.json() instanceof JsonNull ? null : value;
  }

  private static String text(Setting object, String key) {
    Setting value = known(object, key);
    return value == null ? "" : Printable.of(value.text());
  }

  private static long count(Setting object, String key) {
    Setting value = known(object, key);
    return value == null ? 0 : value.integer(Long.MIN_VALUE, Long.MAX_VALUE);
  }

  private static double number(Setting object, String key, double otherwise) {
    Setting value = known(object, key);
    return value == null ? otherwise : value.number(-MOST, MOST);
  }

  private static <T> List<T> list(Setting object, String key, Function<Setting, T> of) {
    Setting value = known(object, key);
    return value == null ? List.of() : value.items().stream().map(of).toList();
  }
}
