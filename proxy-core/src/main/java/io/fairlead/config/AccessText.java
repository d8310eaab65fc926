package io.fairlead.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Writes who the clients of a listener are, and what they may do. */
final class AccessText {
  private AccessText() {}

  /** The lines of the keys, none for what is open to everybody. */
  static List<String> of(AccessSettings access) {
    List<String> lines = new ArrayList<>();
    Path users = access.users();
    if (users != null) {
      lines.add("    auth: " + YamlScalar.text(users.toString()));
    }
    if (!access.rules().isEmpty()) {
      lines.add("    access:");
      access.rules().forEach(rule -> lines.add("      " + line(rule)));
    }
    return lines;
  }

  private static String line(AccessRule rule) {
    List<String> entries = new ArrayList<>();
    if (!rule.commands().isEmpty()) {
      entries.add(
          rule.commands().stream()
              .sorted()
              .map(ValueKind::nameOf)
              .collect(Collectors.joining(", ", "commands: [", "]")));
    }
    if (!rule.prefixes().isEmpty()) {
      entries.add(
          rule.prefixes().stream()
              .map(QuotedText::quote)
              .collect(Collectors.joining(", ", "prefixes: [", "]")));
    }
    entries.add("read_only: " + rule.readOnly());
    return QuotedText.quote(rule.identity()) + ": { " + String.join(", ", entries) + " }";
  }
}
