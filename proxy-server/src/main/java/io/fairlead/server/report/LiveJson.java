package io.fairlead.server.report;

import io.fairlead.placement.PoolPlacement;
import io.fairlead.server.holders.Copy;
import io.fairlead.server.holders.Holding;
import io.fairlead.server.holders.Holding.Finding;
import io.fairlead.server.holders.ServerAnswer;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Which servers have keys, as one JSON object on a line for each key and server. */
public final class LiveJson implements LiveReport {
  private final Lines lines;

  public LiveJson(OutputStream out) {
    this.lines = new Lines(out);
  }

  @Override
  public void refused(String refusal, byte[] key) throws IOException {
    JsonKey.write(lines, "{", "key", key, 0, key.length);
    lines.text(",\"refused\":" + Json.write(refusal) + "}").end();
  }

  @Override
  public void add(PoolPlacement pool, byte[] key, List<Holding> holdings) throws IOException {
    for (Holding holding : holdings) {
      JsonKey.write(lines, "{", "key", key, 0, key.length);
      lines.text("," + Json.write(members(holding)).substring(1)).end();
    }
  }

  private static Map<String, Object> members(Holding holding) {
    ServerAnswer answer = holding.answer();
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("pool", answer.pool().name());
    members.put("server", answer.server().name());
    members.put("address", answer.server().address().toString());
    members.put("finding", word(holding.finding()));
    Copy copy = holding.copy();
    if (copy != null) {
      members.put("bytes", copy.bytes());
      if (copy.ttl() != null) {
        members.put("ttl", copy.ttl());
      }
    }
    if (answer.problem() != null) {
      members.put("problem", answer.problem());
    }
    return members;
  }

  private static String word(Finding finding) {
    return finding == Finding.NOTHING ? "nothing" : finding.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public void end() throws IOException {
    lines.flush();
  }
}
