package io.fairlead.server;

import io.fairlead.config.ConfigException;
import io.fairlead.config.ConfigLoader;
import io.fairlead.config.ProxySettings;
import io.fairlead.runtime.Proxy;
import io.fairlead.server.command.UserError;
import io.fairlead.server.remote.RemoteException;
import io.fairlead.server.remote.RemoteProxy;
import io.fairlead.server.report.ComparisonReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What becomes of a running proxy when it takes a file in place of what it serves now. */
final class RunningDifference {
  private final String proxy;
  private final PoolMoves moves;
  private final ComparisonReport report;
  private final List<String> takeRestart;

  private RunningDifference(String proxy, PoolMoves moves, List<String> takeRestart) {
    this.proxy = proxy;
    this.moves = moves;
    this.report = new ComparisonReport(moves.pools());
    this.takeRestart = List.copyOf(takeRestart);
  }

  /** Asks the proxy what it serves, and compares. */
  static RunningDifference of(RemoteProxy proxy, ProxySettings file) throws UserError {
    ProxySettings present = present(proxy);
    PoolMoves moves = PoolMoves.of(present, file);
    moves.countMadeUp();
    return new RunningDifference(proxy.toString(), moves, Proxy.takeRestart(present, file));
  }

  private static ProxySettings present(RemoteProxy proxy) throws UserError {
    try {
      return ConfigLoader.parse(proxy.config(), proxy + "/config");
    } catch (RemoteException e) {
      throw new UserError(e.getMessage() + ".", e);
    } catch (ConfigException e) {
      throw new UserError(
          "what the proxy serves cannot be read here, as when it has another version, or names that"
              + " only a file of another form may have: "
              + e.problems().get(0),
          e);
    }
  }

  /** What moves, and a sentence on all of it. */
  String text(Path file) {
    String sample = moves.pools().isEmpty() ? "" : PoolMoves.sample();
    return report.text() + sample + sentence(file) + "\n";
  }

  private String sentence(Path file) {
    List<String> parts = new ArrayList<>();
    parts.add(report.summary());
    if (!moves.added().isEmpty()) {
      parts.add("adds " + pools(moves.added()));
    }
    if (!moves.lost().isEmpty()) {
      parts.add("removes " + pools(moves.lost()));
    }
    if (!takeRestart.isEmpty()) {
      parts.add("needs a restart for " + String.join(", ", takeRestart));
    }
    return file + ", in place of what " + proxy + " serves, " + String.join("; ", parts);
  }

  private static String pools(List<String> names) {
    return (names.size() == 1 ? "pool " : "pools ") + String.join(", ", names);
  }

  /** The same for a program. */
  Map<String, Object> object() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("proxy", proxy);
    object.putAll(report.totals());
    object.put("pools", report.objects());
    object.put("added", moves.added());
    object.put("removed", moves.lost());
    object.put("take_restart", takeRestart);
    return object;
  }
}
