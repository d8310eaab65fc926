package io.fairlead.server.report;

import io.fairlead.config.ServerSettings;
import io.fairlead.discovery.SourceAnswer;
import io.fairlead.discovery.SourceStatus;
import io.fairlead.discovery.SourceStatus.State;
import io.fairlead.placement.LookedUp.Unanswered;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What sources have said that were asked once. */
public final class SourceLines {
  private static final int MOST_NAMES = 10;

  private final List<SourceAnswer> answers;
  private final Duration limit;

  /**
   * @param limit for how long they were waited for
   */
  public SourceLines(List<SourceAnswer> answers, Duration limit) {
    this.answers = answers;
    this.limit = limit;
  }

  /** A line for each source that has named servers. */
  public List<String> found() {
    return answers.stream().filter(SourceLines::isKnown).map(SourceLines::found).toList();
  }

  private static String found(SourceAnswer answer) {
    List<ServerSettings> servers = answer.servers();
    String names =
        servers.stream()
            .limit(MOST_NAMES)
            .map(SourceLines::shown)
            .collect(Collectors.joining(", "));
    int more = servers.size() - MOST_NAMES;
    return place(answer.status()) + " names " + names + (more > 0 ? " and " + more + " more" : "");
  }

  /** The address only where it does not follow from the name. */
  private static String shown(ServerSettings server) {
    return server.name().equals(ServerSettings.ringName(server.address()))
        ? server.address().toString()
        : server.name() + "=" + server.address();
  }

  /** A line for each source that has not. */
  public List<String> unanswered() {
    return answers.stream()
        .filter(answer -> !isKnown(answer))
        .map(
            answer ->
                place(answer.status())
                    + " has not named its servers, which are left out here: "
                    + reason(answer.status()))
        .toList();
  }

  /** The sources that have not. */
  public List<Unanswered> missing() {
    return answers.stream()
        .filter(answer -> !isKnown(answer))
        .map(SourceAnswer::status)
        .map(status -> new Unanswered(status.pool(), status.source(), reason(status)))
        .toList();
  }

  /** Each source as an object. */
  List<Map<String, Object>> objects() {
    return answers.stream().map(this::object).toList();
  }

  private Map<String, Object> object(SourceAnswer answer) {
    SourceStatus status = answer.status();
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("pool", status.pool());
    object.put("source", status.source());
    object.put("state", status.state().name().toLowerCase(Locale.ROOT));
    object.put("servers", answer.servers().stream().map(ServerSettings::name).toList());
    if (!isKnown(answer)) {
      object.put("problem", reason(status));
    }
    return object;
  }

  private static String place(SourceStatus status) {
    return "pool " + status.pool() + ": " + status.source();
  }

  private static boolean isKnown(SourceAnswer answer) {
    return answer.status().state() == State.OK;
  }

  private String reason(SourceStatus status) {
    String problem = status.problem();
    if (problem == null) {
      return "no answer within " + limit.toSeconds() + " s";
    }
    String place = status.source() + ": ";
    return problem.startsWith(place) ? problem.substring(place.length()) : problem;
  }
}
