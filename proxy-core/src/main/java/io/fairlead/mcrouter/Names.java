package io.fairlead.mcrouter;

import java.util.Collection;
import java.util.stream.Collectors;

/** The names of what there is, for messages about what there is not. */
final class Names {
  private static final int SHOWN = 10;

  private Names() {}

  /** {@code is A}, or {@code are A, B}; the first few of many. */
  static String are(Collection<String> names) {
    String shown = names.stream().limit(SHOWN).collect(Collectors.joining(", "));
    String verb = names.size() == 1 ? "is " : "are ";
    int more = names.size() - SHOWN;
    return verb + shown + (more > 0 ? " and " + more + " more" : "");
  }
}
