package io.fairlead.server.report;

import io.fairlead.placement.KeyRule;
import io.fairlead.protocol.Operation;
import io.fairlead.route.Outline;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;

/**
 * To which servers a request for each key may go, as one JSON object on a line for each key and
 * tree of routes, with the nodes of the tree on its way.
 */
public final class RoutesJson implements WhereReport {
  private final Lines lines;
  private final List<String> trees;
  private final Operation operation;
  private final RouteFinder finder;

  public RoutesJson(List<String> trees, Operation operation, RouteFinder finder, OutputStream out) {
    this.lines = new Lines(out);
    this.trees = List.copyOf(trees);
    this.operation = operation;
    this.finder = finder;
  }

  @Override
  public void accept(byte[] bytes, int from, int length) throws IOException {
    String refusal = KeyRule.refusal(bytes, from, length);
    if (refusal != null) {
      JsonKey.write(lines, "{", "key", bytes, from, length);
      lines.text(",\"refused\":" + Json.write(refusal) + "}").end();
      return;
    }
    byte[] key = Arrays.copyOfRange(bytes, from, from + length);
    for (String routes : trees) {
      Outline outline = finder.outline(routes, operation, key);
      JsonKey.write(lines, "{", "key", bytes, from, length);
      lines.text(",\"routes\":" + Json.write(routes));
      lines.text(",\"operation\":" + Json.write(operation.configName()));
      lines.text(",\"servers\":" + Json.write(outline.servers()));
      lines.text(",\"nodes\":" + Json.write(outline.lines()) + "}").end();
    }
  }

  @Override
  public void end() throws IOException {
    lines.flush();
  }
}
