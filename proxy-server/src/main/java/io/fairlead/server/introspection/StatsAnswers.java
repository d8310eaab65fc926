package io.fairlead.server.introspection;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fairlead.protocol.ErrorReply;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Replies to the {@code stats} command as mcrouter gives them. */
final class StatsAnswers {
  private final RouterFacts router;
  private final GeneralStats general;
  private final Supplier<ConfigHistory> history;
  private final Supplier<Sampled> sampled;

  StatsAnswers(
      RouterFacts router,
      GeneralStats general,
      Supplier<ConfigHistory> history,
      Supplier<Sampled> sampled) {
    this.router = router;
    this.general = general;
    this.history = history;
    this.sampled = sampled;
  }

  /** The whole reply. */
  byte[] reply(String group, Supplier<Readings> readings) {
    return switch (group) {
      case "" -> lines(values(EnumSet.of(Group.BASIC), readings.get()));
      case "all" -> lines(values(EnumSet.allOf(Group.class), readings.get()));
      case "detailed" -> lines(values(EnumSet.of(Group.DETAILED), readings.get()));
      case "cmd-error" -> lines(values(EnumSet.of(Group.CMD_ERROR), readings.get()));
      case "ods" -> lines(values(EnumSet.of(Group.ODS), readings.get()));
      case "count" -> lines(values(EnumSet.of(Group.COUNT), readings.get()));
      case "external" -> lines(values(EnumSet.of(Group.BASIC), readings.get()));
      case "servers" -> lines(ServerLines.servers(readings.get(), sampled.get().latest()));
      case "suspect_servers" -> lines(ServerLines.suspects(sampled.get().latest()));
      case "version" -> lines(Map.of("mcrouter-version", router.version()));
      default -> ErrorReply.BAD_STATS_GROUP.line();
    };
  }

  /** The statistics of some groups, by name. */
  Map<String, String> values(Set<Group> groups, Readings readings) {
    StatsList list = new StatsList(groups);
    general.addTo(list, readings, history.get(), sampled.get());
    return list.values();
  }

  private static byte[] lines(Map<String, String> values) {
    StringBuilder out = new StringBuilder();
    values.forEach(
        (name, value) ->
            out.append("STAT ").append(name).append(' ').append(oneLine(value)).append("\r\n"));
    return out.append("END\r\n").toString().getBytes(UTF_8);
  }

  /** What came from the command line must not end the line. */
  private static String oneLine(String value) {
    return value.replaceAll("\\p{Cntrl}", " ");
  }
}
