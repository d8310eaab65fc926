package io.fairlead.server.report;

import io.fairlead.placement.PoolPlacement;
import io.fairlead.server.holders.Copy;
import io.fairlead.server.holders.Holding;
import io.fairlead.server.holders.Holding.Finding;
import io.fairlead.server.holders.ServerAnswer;
import java.io.IOException;
import java.io.OutputStream;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which servers have keys, as a table: a row for each server where a key belongs, where it is, or
 * that has not answered; and a line that counts them.
 */
public final class LiveTable implements LiveReport {
  private static final String GAP = "  ";
  private static final int FINDING = 10;
  private static final int BYTES = 9;
  private static final int EXPIRY = 10;

  private final Lines lines;
  private final List<ServerAnswer> answers;
  private final int pool;
  private final int server;
  private final int address;
  private final Map<Finding, Integer> counts = new EnumMap<>(Finding.class);
  private int keys;

  public LiveTable(List<ServerAnswer> answers, OutputStream out) {
    this.lines = new Lines(out);
    this.answers = List.copyOf(answers);
    this.pool = width("pool", each -> each.pool().name());
    this.server = width("server", each -> each.server().name());
    this.address = width("address", each -> each.server().address().toString());
    lines.text(row("pool", "server", "address", "finding", "bytes", "expires") + "key\n");
  }

  private int width(String heading, Function<ServerAnswer, String> cell) {
    return answers.stream()
        .mapToInt(each -> cell.apply(each).length())
        .reduce(heading.length(), Math::max);
  }

  private String row(String... cells) {
    int[] widths = {pool, server, address, FINDING, -BYTES, EXPIRY};
    StringBuilder row = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      row.append(String.format("%" + -widths[i] + "s", cells[i])).append(GAP);
    }
    return row.toString();
  }

  @Override
  public void refused(String refusal, byte[] key) throws IOException {
    WhereTable.refused(lines, refusal, key, 0, key.length);
  }

  @Override
  public void add(PoolPlacement placement, byte[] key, List<Holding> holdings) throws IOException {
    keys++;
    for (Holding holding : holdings) {
      counts.merge(holding.finding(), 1, Integer::sum);
      if (holding.finding() != Finding.NOTHING) {
        lines.text(row(holding)).bytes(key).end();
      }
    }
  }

  private String row(Holding holding) {
    ServerAnswer answer = holding.answer();
    Copy copy = holding.copy();
    return row(
        answer.pool().name(),
        answer.server().name(),
        answer.server().address().toString(),
        holding.finding().word(),
        copy == null ? "-" : Long.toString(copy.bytes()),
        copy == null ? "-" : expiry(copy.ttl()));
  }

  private static String expiry(@Nullable Long ttl) {
    if (ttl == null) {
      return "-";
    }
    return ttl == Copy.NEVER ? "never" : "in " + ttl + "s";
  }

  @Override
  public void end() throws IOException {
    long silent = answers.stream().filter(answer -> !answer.isKnown()).count();
    lines.text("asked " + count(answers.size(), "server", "servers"));
    lines.text(" for " + count(keys, "key", "keys") + ": ");
    lines.text(of(Finding.HELD) + " held, " + of(Finding.MISSING) + " missing, ");
    lines.text(count(of(Finding.STALE_COPY), "stale copy", "stale copies"));
    lines.text(silent == 0 ? "" : "; " + count(silent, "server", "servers") + " did not answer");
    lines.end();
    lines.flush();
  }

  private int of(Finding finding) {
    return counts.getOrDefault(finding, 0);
  }

  private static String count(long number, String one, String more) {
    return number + " " + (number == 1 ? one : more);
  }
}
