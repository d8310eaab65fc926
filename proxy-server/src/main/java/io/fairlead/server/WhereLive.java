package io.fairlead.server;

import io.fairlead.config.PoolSettings;
import io.fairlead.config.ProxySettings;
import io.fairlead.placement.KeyRule;
import io.fairlead.placement.PoolPlacement;
import io.fairlead.server.client.Servers;
import io.fairlead.server.command.Format;
import io.fairlead.server.command.UserError;
import io.fairlead.server.holders.Holding;
import io.fairlead.server.holders.Inquiry;
import io.fairlead.server.holders.ServerAnswer;
import io.fairlead.server.log.Logs;
import io.fairlead.server.report.LiveJson;
import io.fairlead.server.report.LiveReport;
import io.fairlead.server.report.LiveTable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Asks the servers of pools which of some keys they have. */
final class WhereLive {
  /** They are kept in memory, and so are the answers of all servers. */
  private static final int MOST_KEYS = 10_000;

  private final List<byte[]> keys = new ArrayList<>();
  private final OutputStream out;
  private final PrintWriter err;
  private final Format format;
  private final Duration timeout;

  WhereLive(OutputStream out, PrintWriter err, Format format, Duration timeout) {
    this.out = out;
    this.err = err;
    this.format = format;
    this.timeout = timeout;
  }

  /** Prints what they have; the status is 1 when one of them has not answered. */
  int ask(ProxySettings settings, List<PoolPlacement> pools, KeyInput input) throws UserError {
    input.read(this::add);
    if (keys.size() > MOST_KEYS) {
      throw new UserError(
          "--live asks for at most " + MOST_KEYS + " keys at a time: give fewer of them.");
    }
    List<byte[]> asked =
        keys.stream().filter(key -> KeyRule.refusal(key, 0, key.length) == null).toList();
    List<ServerAnswer> answers = asked.isEmpty() ? List.of() : answers(settings, pools, asked);
    print(pools, answers);
    answers.stream()
        .filter(answer -> !answer.isKnown())
        .forEach(answer -> err.println("fairlead: " + answer.name() + " " + answer.problem()));
    err.flush();
    return answers.stream().allMatch(ServerAnswer::isKnown) ? 0 : 1;
  }

  private void add(byte[] bytes, int from, int length) {
    if (keys.size() <= MOST_KEYS) {
      keys.add(Arrays.copyOfRange(bytes, from, from + length));
    }
  }

  private List<ServerAnswer> answers(
      ProxySettings settings, List<PoolPlacement> pools, List<byte[]> asked) throws UserError {
    List<PoolSettings> chosen = pools.stream().map(PoolPlacement::pool).toList();
    try (Servers servers = Servers.of(settings, timeout)) {
      return Logs.without("io.fairlead", () -> new Inquiry(servers, asked).answers(chosen));
    } catch (IOException e) {
      throw new UserError(e.getMessage() + ".", e);
    }
  }

  private void print(List<PoolPlacement> pools, List<ServerAnswer> answers) throws UserError {
    LiveReport report = format == Format.JSON ? new LiveJson(out) : new LiveTable(answers, out);
    try {
      int index = 0;
      for (byte[] key : keys) {
        String refusal = KeyRule.refusal(key, 0, key.length);
        if (refusal != null) {
          report.refused(refusal, key);
          continue;
        }
        print(report, pools, answers, key, index++);
      }
      report.end();
    } catch (IOException e) {
      KeyInput.requireGone(e);
    }
  }

  private static void print(
      LiveReport report,
      List<PoolPlacement> pools,
      List<ServerAnswer> answers,
      byte[] key,
      int index)
      throws IOException {
    int from = 0;
    for (PoolPlacement pool : pools) {
      int to = Math.min(answers.size(), from + pool.pool().servers().size());
      report.add(pool, key, Holding.of(pool, key, index, answers.subList(from, to)));
      from = to;
    }
  }
}
