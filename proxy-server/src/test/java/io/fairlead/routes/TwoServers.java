package io.fairlead.routes;

import io.fairlead.faults.Await;
import io.fairlead.faults.Servers;
import java.util.List;

/** Rows of tables that say what several servers have under the key {@code k}: {@code a;-;b}. */
final class TwoServers {
  private TwoServers() {}

  /** Stores values; a dash stands for none. */
  static void store(Servers servers, String values) {
    String[] each = values.split(";", -1);
    for (int i = 0; i < each.length; i++) {
      if (!each[i].equals("-")) {
        servers.store(i, "k", each[i]);
      }
    }
  }

  /** Waits until the servers have these values, as some may come after the reply. */
  static void awaitValues(Servers servers, String values) {
    List<String> expected = List.of(values.split(";", -1));
    Await.until("k is " + values, () -> servers.values("k").equals(expected));
  }

  /** A reply with N in place of the cas uniques, which nobody can foresee. */
  static String withoutNumbers(String reply) {
    return reply.replaceAll("(VALUE k \\d+ \\d+) \\d+", "$1 N").replaceAll(" c\\d+", " cN");
  }
}
