package io.fairlead.config;

import io.fairlead.config.AccessRule.AccessCommand;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads who the clients of a listener are, and what they may do. */
final class AccessReader {
  private static final int LONGEST_KEY = 250;
  private static final String RULES =
      "a map with what each identity may do, as in {alice: {commands: [read, write]}}";
  private static final String RULE = "a map with commands, prefixes or read_only";
  private static final String COMMANDS = "a list of commands, such as [read, write]";
  private static final String PREFIXES = "a list of what keys begin with, such as [\"user:\"]";
  private static final String PREFIX = "1 to 250 bytes without spaces and control characters";
  private static final ValueKind<AccessCommand> COMMAND = ValueKind.oneOf(AccessCommand.class);

  private AccessReader() {}

  /**
   * @param allow the key of the listener by which everybody is allowed more; null when absent
   */
  static AccessSettings read(MappingReader listener, @Nullable ConfigValue allow) {
    ConfigValue auth = listener.take("auth");
    ConfigValue access = listener.take("access");
    Path users = auth == null ? null : SecretFile.read(auth);
    List<AccessRule> rules = access == null ? List.of() : readRules(access);
    if (access != null && allow != null) {
      allow.refuse("nothing, as there is access: name flush_all in the commands of an identity");
    }
    return new AccessSettings(users, rules);
  }

  private static List<AccessRule> readRules(ConfigValue value) {
    List<AccessRule> rules = new ArrayList<>();
    value.map(
        RULES,
        map -> {
          if (map.isEmpty()) {
            return map.map().refuse(RULES);
          }
          for (MappingReader.Entry entry : map.takeAll()) {
            AccessRule rule = readRule(entry);
            if (rule != null) {
              rules.add(rule);
            }
          }
          return rules;
        });
    return rules;
  }

  private static @Nullable AccessRule readRule(MappingReader.Entry entry) {
    if (entry.name().isEmpty()) {
      entry.key().refuseAs("\"\"", "a name, or \"*\" for everybody", null);
    }
    if (!entry.value().isMap()) { // perhaps a password
      entry.value().refuseAs("(not shown)", RULE, null);
      return null;
    }
    return entry.value().map(RULE, map -> readRule(entry.name(), map));
  }

  private static AccessRule readRule(String identity, MappingReader map) {
    ConfigValue given = map.peek("commands");
    Set<AccessCommand> commands = map.optional("commands", Set.of(), AccessReader::readCommands);
    List<String> prefixes = map.optional("prefixes", List.of(), AccessReader::readPrefixes);
    boolean readOnly = map.optional("read_only", false, ValueKind.flag());
    if (given != null && commands.contains(AccessCommand.FLUSH_ALL) && !prefixes.isEmpty()) {
      given.refuseAs("flush_all", "no flush_all beside prefixes, as it empties all keys", null);
    }
    return new AccessRule(identity, commands, prefixes, readOnly);
  }

  private static Set<AccessCommand> readCommands(ConfigValue value) {
    Set<AccessCommand> commands = EnumSet.noneOf(AccessCommand.class);
    for (ConfigValue element : value.list(COMMANDS)) {
      AccessCommand command = COMMAND.read(element);
      if (command != null && !commands.add(command)) {
        element.refuse("each command once");
      }
    }
    return value.isEmptyList() ? refusedCommands(value) : commands;
  }

  private static Set<AccessCommand> refusedCommands(ConfigValue value) {
    value.refuse(COMMANDS);
    return Set.of();
  }

  private static List<String> readPrefixes(ConfigValue value) {
    List<String> prefixes = new ArrayList<>();
    for (ConfigValue element : value.list(PREFIXES)) {
      String prefix = element.text();
      if (prefix == null || !mayBeginKey(prefix)) {
        element.refuse(PREFIX);
      } else if (prefixes.contains(prefix)) {
        element.refuse("each prefix once");
      } else {
        prefixes.add(prefix);
      }
    }
    if (value.isEmptyList()) {
      value.refuse(PREFIXES);
    }
    return prefixes;
  }

  private static boolean mayBeginKey(String prefix) {
    int length = prefix.getBytes(StandardCharsets.UTF_8).length;
    return length > 0
        && length <= LONGEST_KEY
        && prefix.chars().allMatch(c -> c > ' ' && c != 0x7f);
  }
}
