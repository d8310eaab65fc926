package io.fairlead.server.introspection;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.testkit.RawClient;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads statistics the way the usual exporter for mcrouter does, and as strictly. */
final class ExporterModel {
  private static final List<String> OPERATIONS =
      List.of(
          "add",
          "append",
          "cas",
          "decr",
          "flushall",
          "flushre",
          "get",
          "gets",
          "incr",
          "metaget",
          "prepend",
          "replace",
          "touch",
          "set",
          "delete",
          "lease_get",
          "lease_set");
  private static final List<String> RESULTS =
      List.of(
          "busy",
          "connect_error",
          "connect_timeout",
          "data_timeout",
          "error",
          "local_error",
          "tko");
  private static final List<String> OTHERS =
      List.of(
          "start_time",
          "dev_null_requests",
          "duration_us",
          "fibers_allocated",
          "proxy_reqs_processing",
          "proxy_reqs_waiting",
          "config_failures",
          "config_last_attempt",
          "config_last_success",
          "num_clients",
          "ps_user_time_sec",
          "ps_system_time_sec",
          "ps_rss",
          "ps_vsize",
          "asynclog_requests");

  private ExporterModel() {}

  /** The names that it reads as numbers. */
  static List<String> numbers() {
    List<String> names = new ArrayList<>(OTHERS);
    for (String operation : OPERATIONS) {
      for (String suffix : List.of("", "_count", "_out", "_out_all")) {
        names.add("cmd_" + operation + suffix);
      }
    }
    for (String kind : List.of("error", "replied", "sent", "success")) {
      names.add("request_" + kind);
      names.add("request_" + kind + "_count");
    }
    for (String result : RESULTS) {
      for (String suffix : List.of("", "_count", "_all", "_all_count")) {
        names.add("result_" + result + suffix);
      }
    }
    for (String state : List.of("closed", "down", "new", "up")) {
      names.add("num_servers_" + state);
    }
    return names;
  }

  /** Asks for a group; a line without a value fails, as it ends the exporter. */
  static Map<String, String> stats(RawClient client, String group) {
    String reply = client.send(("stats " + group).trim() + "\r\n").readThrough("END\r\n");
    Map<String, String> values = new LinkedHashMap<>();
    for (String line : reply.split("\r\n", -1)) {
      if (line.equals("END")) {
        break;
      }
      String[] parts = line.split(" ", 3);
      assertThat(parts).as(line).hasSize(3);
      assertThat(parts[0]).isEqualTo("STAT");
      assertThat(parts[2]).as(line).isNotEmpty();
      assertThat(values.put(parts[1], parts[2])).as(line).isNull();
    }
    return values;
  }

  /** What it makes of {@code stats servers}: the numbers of each server by its name. */
  static Map<String, Map<String, Double>> servers(RawClient client) {
    Map<String, Map<String, Double>> servers = new LinkedHashMap<>();
    stats(client, "servers").forEach((server, line) -> servers.put(server, numbersOf(line)));
    return servers;
  }

  private static Map<String, Double> numbersOf(String line) {
    Map<String, Double> numbers = new LinkedHashMap<>();
    for (String half : line.split(";", 2)) {
      for (String item : half.strip().split(" ", -1)) {
        String[] pair = item.replace(";", "").split(":", 2);
        if (pair.length == 2) {
          numbers.put(pair[0], Double.valueOf(pair[1]));
        }
      }
    }
    return numbers;
  }
}
