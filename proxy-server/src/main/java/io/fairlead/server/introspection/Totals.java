package io.fairlead.server.introspection;

import static io.fairlead.metrics.Counters.joined;

import io.fairlead.metrics.CommandCounter;
import io.fairlead.metrics.CommandStats;
import io.fairlead.metrics.Counter;
import io.fairlead.metrics.LoopStats;
import io.fairlead.metrics.ResultCounter;
import io.fairlead.metrics.ResultStats;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was counted since the start, by mcrouter's names for it, without their {@code _count}. */
final class Totals {
  /** Operations of mcrouter that no client of this proxy can ask for. */
  private static final List<String> FOREIGN =
      List.of("flushre", "lease_get", "lease_set", "metaget");

  /** mcrouter's names for results of requests. */
  private static final Map<String, ResultCounter> RESULTS =
      Map.of(
          "busy", ResultCounter.BUSY,
          "connect_error", ResultCounter.CONNECT_ERROR,
          "connect_timeout", ResultCounter.CONNECT_TIMEOUT,
          "data_timeout", ResultCounter.TIMEOUT,
          "local_error", ResultCounter.LOCAL_ERROR,
          "tko", ResultCounter.TKO);

  private final Map<String, Long> commands = new LinkedHashMap<>();
  private final Map<String, Long> sent = new LinkedHashMap<>();
  private final Map<String, Long> requests = new LinkedHashMap<>();
  private final Map<String, Long> results = new LinkedHashMap<>();

  private long sentAtAll;

  Totals(List<LoopStats> loops) {
    addCommands(loops);
    addResults(loops);
    long replied = sum(commands);
    long errors = results.getOrDefault("result_error", 0L);
    requests.put("request_error", errors);
    requests.put("request_replied", replied);
    requests.put("request_sent", sentAtAll);
    requests.put("request_success", Math.max(0, replied - errors));
  }

  private void addCommands(List<LoopStats> loops) {
    List<CommandStats> received = loops.stream().map(LoopStats::received).toList();
    List<CommandStats> out = loops.stream().map(LoopStats::sent).toList();
    List<CommandStats> besides = loops.stream().map(LoopStats::besides).toList();
    for (CommandCounter command : CommandCounter.values()) {
      long came = joined(received, command);
      if (command == CommandCounter.GET) {
        came += joined(loops, Counter.GET_KEYS) - otherKeys(received);
      }
      long all = joined(out, command);
      add(command.statName(), Math.max(0, came), all - joined(besides, command), all);
    }
    FOREIGN.forEach(name -> add(name, 0, 0, 0));
  }

  private static long otherKeys(List<CommandStats> received) {
    return joined(received, CommandCounter.GETS)
        + joined(received, CommandCounter.GAT)
        + joined(received, CommandCounter.GATS);
  }

  /**
   * Those that were sent besides are in the last number only; a key may be counted as such first.
   */
  private void add(String command, long came, long out, long outAll) {
    commands.put("cmd_" + command, came);
    sent.put("cmd_" + command + "_out", Math.max(0, out));
    sent.put("cmd_" + command + "_out_all", outAll);
    sentAtAll += outAll;
  }

  private void addResults(List<LoopStats> loops) {
    List<ResultStats> ofClients = loops.stream().map(LoopStats::answered).toList();
    List<ResultStats> ofServers = loops.stream().map(LoopStats::failed).toList();
    RESULTS.forEach(
        (name, result) -> {
          results.put("result_" + name, joined(ofClients, result));
          results.put("result_" + name + "_all", joined(ofServers, result));
        });
    results.put("result_error", errors(ofClients));
    results.put("result_error_all", errors(ofServers));
  }

  private static long errors(List<ResultStats> stats) {
    return Arrays.stream(ResultCounter.values())
        .filter(ResultCounter::isError)
        .mapToLong(result -> joined(stats, result))
        .sum();
  }

  private static long sum(Map<String, Long> values) {
    return values.values().stream().mapToLong(Long::longValue).sum();
  }

  /** What clients asked for. */
  Map<String, Long> commands() {
    return commands;
  }

  /** What servers were asked for. */
  Map<String, Long> sent() {
    return sent;
  }

  Map<String, Long> requests() {
    return requests;
  }

  Map<String, Long> results() {
    return results;
  }

  /** All of them. */
  Map<String, Long> all() {
    Map<String, Long> all = new LinkedHashMap<>(commands);
    all.putAll(sent);
    all.putAll(requests);
    all.putAll(results);
    return all;
  }

  /** The name of a total, when its rate has the name {@code rate}. */
  static String nameOfTotal(String rate) {
    return rate + "_count";
  }
}
