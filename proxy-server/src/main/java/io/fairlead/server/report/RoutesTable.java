package io.fairlead.server.report;

import io.fairlead.placement.KeyRule;
import io.fairlead.protocol.Operation;
import io.fairlead.route.Outline;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;

/** To which servers a request for each key may go, as a table; the list of servers comes last. */
public final class RoutesTable implements WhereReport {
  private final Lines lines;
  private final List<String> trees;
  private final Operation operation;
  private final RouteFinder finder;
  private final int width;

  public RoutesTable(
      List<String> trees, Operation operation, RouteFinder finder, OutputStream out) {
    this.lines = new Lines(out);
    this.trees = List.copyOf(trees);
    this.operation = operation;
    this.finder = finder;
    this.width = trees.stream().mapToInt(String::length).reduce("routes".length(), Math::max);
    lines.text(row("routes", "operation") + "key: servers in the order in which they are asked\n");
  }

  private String row(String routes, String what) {
    return routes + " ".repeat(width - routes.length() + 2) + what + " ".repeat(11 - what.length());
  }

  @Override
  public void accept(byte[] bytes, int from, int length) throws IOException {
    String refusal = KeyRule.refusal(bytes, from, length);
    if (refusal != null) {
      WhereTable.refused(lines, refusal, bytes, from, length);
      return;
    }
    byte[] key = Arrays.copyOfRange(bytes, from, from + length);
    for (String routes : trees) {
      Outline outline = finder.outline(routes, operation, key);
      List<String> servers = outline.servers();
      lines.text(row(routes, operation.configName())).bytes(key).text(": ");
      lines.text(servers.isEmpty() ? "none" : String.join(" ", servers)).end();
    }
  }

  @Override
  public void end() throws IOException {
    lines.flush();
  }
}
