package io.fairlead.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.testkit.RawClient;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads statistics of memcached as strictly as the programs that people have for it. */
final class MemcachedReaders {
  private static final Pattern ITEM = Pattern.compile("items:\\d+:\\w+");
  private static final Pattern SLAB = Pattern.compile("\\d+:\\w+|active_slabs|total_malloced");

  /** Each must be there, as a number, else mtop shows no server at all. */
  private static final List<String> OF_MTOP =
      List.of(
          "pid uptime time threads rusage_user rusage_system max_connections curr_connections",
          "total_connections rejected_connections cmd_get cmd_set cmd_flush cmd_touch cmd_meta",
          "get_hits get_misses get_expired get_flushed store_too_large store_no_memory",
          "delete_hits delete_misses incr_hits incr_misses decr_hits decr_misses touch_hits",
          "touch_misses bytes_read bytes_written bytes limit_maxbytes curr_items total_items",
          "evictions");

  /** What the exporter for Prometheus makes metrics of, where it is there. */
  private static final List<String> OF_EXPORTER =
      List.of(
          "uptime time cas_badval cmd_flush bytes limit_maxbytes curr_items total_items bytes_read",
          "bytes_written curr_connections total_connections rejected_connections conn_yields",
          "listen_disabled_num evictions reclaimed store_too_large store_no_memory accepting_conns",
          "proxy_conn_requests proxy_conn_errors proxy_req_active proxy_backend_total",
          "proxy_backend_marked_bad proxy_backend_failed");

  private MemcachedReaders() {}

  /** The fields of a reply, none of them twice or without a value. */
  static Map<String, String> stats(RawClient client, String group) {
    client.send(("stats " + group).trim() + "\r\n");
    Map<String, String> values = new LinkedHashMap<>();
    for (String line = client.readLine(); !line.equals("END"); line = client.readLine()) {
      String[] parts = line.split(" ", 3);
      assertThat(parts).as(line).hasSize(3);
      assertThat(parts[0]).as(line).isEqualTo("STAT");
      assertThat(parts[2]).as(line).isNotEmpty();
      assertThat(values.put(parts[1], parts[2])).as(line).isNull();
    }
    return values;
  }

  /**
   * What the exporter shows: its library asks for three groups on one connection, and one line that
   * it cannot read makes {@code up} 0.
   */
  static Map<String, Double> asExporter(RawClient client) {
    Map<String, String> general = stats(client, "");
    assertThat(stats(client, "items").keySet()).allMatch(name -> ITEM.matcher(name).matches());
    assertThat(stats(client, "slabs").keySet()).allMatch(name -> SLAB.matcher(name).matches());
    Map<String, String> settings = stats(client, "settings");

    Map<String, Double> metrics = new LinkedHashMap<>();
    words(OF_EXPORTER).forEach(name -> metrics.put(name, number(general, name)));
    for (String operation : List.of("get", "delete", "incr", "decr", "cas", "touch")) {
      metrics.put(operation + " hit", number(general, operation + "_hits"));
      metrics.put(operation + " miss", number(general, operation + "_misses"));
    }
    double cas =
        number(general, "cas_misses") + number(general, "cas_hits") + number(general, "cas_badval");
    metrics.put("set hit", number(general, "cmd_set") - cas);
    metrics.put("rusage_user", time(general, "rusage_user"));
    metrics.put("rusage_system", time(general, "rusage_system"));
    metrics.put("maxconns", number(settings, "maxconns"));
    assertThat(settings.get("lru_crawler")).as("else it reads more").isEqualTo("no");
    return metrics;
  }

  /** What mtop shows. */
  static Map<String, Double> asMtop(RawClient client) {
    Map<String, String> general = stats(client, "");
    assertThat(general).containsKey("version");
    Map<String, Double> shown = new LinkedHashMap<>();
    words(OF_MTOP).forEach(name -> shown.put(name, number(general, name)));
    return shown;
  }

  private static List<String> words(List<String> lines) {
    List<String> words = new ArrayList<>();
    lines.forEach(line -> words.addAll(List.of(line.split(" ", -1))));
    return words;
  }

  private static double number(Map<String, String> values, String name) {
    assertThat(values).containsKey(name);
    return Double.parseDouble(values.get(name));
  }

  private static double time(Map<String, String> values, String name) {
    assertThat(values).containsKey(name);
    String[] parts = values.getOrDefault(name, "").split("\\.", -1);
    assertThat(parts).as(name).hasSize(2);
    return Double.parseDouble(parts[0]) + Double.parseDouble(parts[1]) / 1e6;
  }
}
