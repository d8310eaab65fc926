package io.fairlead.server.report;

import io.fairlead.config.PoolSettings;
import io.fairlead.config.Problem;
import io.fairlead.config.ProxySettings;
import io.fairlead.config.ServerSettings;
import io.fairlead.placement.FileReview;
import io.fairlead.placement.KeyShape;
import io.fairlead.placement.Shares;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a check of one file has found, as text and as JSON. */
public final class CheckReport {
  private final FileReview review;
  private final SourceLines sources;
  private final List<String> secrets;

  /**
   * @param sources what those in the file have said
   * @param secrets what is wrong with the files of passwords and keys, as they are here
   */
  public CheckReport(FileReview review, SourceLines sources, List<String> secrets) {
    this.review = review;
    this.sources = sources;
    this.secrets = List.copyOf(secrets);
  }

  /** One line on the file as a whole. */
  public String verdict() {
    ProxySettings settings = review.settings();
    if (settings == null) {
      return review.file() + ": " + count(review.problems().size(), "problem");
    }
    int servers = settings.pools().stream().mapToInt(pool -> pool.servers().size()).sum();
    int found = review.warnings().size() + secrets.size();
    String warnings = found == 0 ? "" : ", " + count(found, "warning");
    return review.file()
        + ": ok: "
        + count(settings.pools().size(), "pool")
        + ", "
        + count(servers, "server")
        + ", "
        + count(settings.listeners().size(), "listener")
        + warnings;
  }

  /** Each problem or warning on a line. */
  public List<String> findings() {
    List<String> lines = new ArrayList<>();
    review.problems().forEach(problem -> lines.add(problem.toString()));
    review.warnings().forEach(warning -> lines.add("warning: " + warning));
    secrets.forEach(warning -> lines.add("warning: " + warning));
    return lines;
  }

  /** A line for each source that has named servers. */
  public List<String> sources() {
    return sources.found();
  }

  /** How evenly the pools spread keys; empty where nothing is spread. */
  public String shares() {
    StringBuilder text = new StringBuilder();
    review.shares().forEach(shares -> text.append(new SharesTable(shares).text()));
    return text.toString();
  }

  /** Everything as one object. */
  public Map<String, Object> object() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("file", review.file().toString());
    object.put("ok", review.settings() != null);
    object.put("problems", review.problems().stream().map(CheckReport::problem).toList());
    object.put("warnings", review.warnings().stream().map(CheckReport::problem).toList());
    ProxySettings settings = review.settings();
    if (settings != null) {
      object.put("listeners", settings.listeners().size());
      object.put("pools", settings.pools().stream().map(this::pool).toList());
    }
    List<Map<String, Object>> asked = sources.objects();
    if (!asked.isEmpty()) {
      object.put("sources", asked);
    }
    if (!secrets.isEmpty()) {
      object.put("secrets", secrets);
    }
    return object;
  }

  private static Map<String, Object> problem(Problem problem) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("line", problem.line());
    object.put("column", problem.column());
    object.put("path", problem.path());
    object.put("value", problem.value());
    object.put("expected", problem.expected());
    object.put("text", problem.toString());
    return object;
  }

  private Map<String, Object> pool(PoolSettings pool) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("pool", pool.name());
    List<Map<String, Object>> servers = new ArrayList<>();
    for (int i = 0; i < pool.servers().size(); i++) {
      servers.add(server(pool, i));
    }
    object.put("servers", servers);
    return object;
  }

  private Map<String, Object> server(PoolSettings pool, int index) {
    ServerSettings server = pool.servers().get(index);
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("name", server.name());
    object.put("address", server.address().toString());
    object.put("weight", weight(pool.placement().weight(server, index)));
    for (Shares shares : review.shares()) {
      if (shares.placement().pool().equals(pool)) {
        object.put("expected", rounded(shares.expected(index)));
        object.put("measured", measured(shares, index));
      }
    }
    return object;
  }

  private static Map<String, Object> measured(Shares shares, int server) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (KeyShape shape : KeyShape.values()) {
      object.put(shape.label(), rounded(shares.measured(shape, server)));
    }
    return object;
  }

  /** Without a fraction where there is none, as for every ring. */
  private static Number weight(double weight) {
    long whole = (long) weight;
    return whole == weight ? (Number) whole : (Number) weight;
  }

  private static double rounded(double share) {
    return Math.round(share * 10_000) / 10_000.0;
  }

  private static String count(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }
}
