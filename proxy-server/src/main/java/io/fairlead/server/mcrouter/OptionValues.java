package io.fairlead.server.mcrouter;

import io.fairlead.server.mcrouter.McrouterOption.Fate;
import io.fairlead.server.mcrouter.McrouterOption.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What each name is set to: the default, or what was given last. */
final class OptionValues {
  private static final Set<String> ON = Set.of("1", "y", "yes", "t", "true", "on");
  private static final Set<String> OFF = Set.of("0", "n", "no", "f", "false", "off");

  private final OptionTable table;
  private final Map<String, String> values = new HashMap<>();
  private final Map<String, GivenOption> givers = new LinkedHashMap<>();
  private final List<String> notes = new ArrayList<>();

  OptionValues(OptionTable table) {
    this.table = table;
  }

  /** Takes a value; the last one for a name counts. */
  void give(GivenOption given) throws McrouterMistake {
    try {
      values.put(given.option().name(), normal(given));
      givers.put(given.option().name(), given);
    } catch (McrouterMistake e) {
      if (given.option().fate() != Fate.NO_EFFECT && given.option().fate() != Fate.GONE) {
        throw e;
      }
      notes.add(e.getMessage() + "; ignored, as the option has no effect");
    }
  }

  private String normal(GivenOption given) throws McrouterMistake {
    McrouterOption option = given.option();
    String value = given.value();
    if (value == null) {
      return option.kind() == McrouterOption.Kind.TOGGLE ? option.flipped() : "";
    }
    String text = value.replace("%CPU_CORES%", String.valueOf(processors()));
    return switch (option.kind()) {
      case NUMBER -> number(given, text);
      case THREADS -> text.equals("auto") ? String.valueOf(processors()) : number(given, text);
      case TOGGLE -> toggle(given, text);
      case NOTHING, TEXT, OPTIONAL -> text;
    };
  }

  private static String number(GivenOption given, String text) throws McrouterMistake {
    long least = given.option().least();
    if (text.matches("[+-]?[0-9]{1,18}") && Long.parseLong(text) >= least) {
      return String.valueOf(Long.parseLong(text));
    }
    throw McrouterMistake.badValue(given.spelling(), text, "a number of at least " + least);
  }

  private String toggle(GivenOption given, String text) throws McrouterMistake {
    String word = text.toLowerCase(Locale.ROOT);
    if (!ON.contains(word) && !OFF.contains(word)) {
      throw McrouterMistake.badValue(given.spelling(), text, "0, 1 or nothing");
    }
    String value = ON.contains(word) ? "1" : "0";
    if (given.option().initial().equals("1") && given.option().fate() == Fate.HONOURED) {
      // The value is that of the name, which says the opposite of the option: a trap of mcrouter.
      notes.add(given.spelling() + "=" + text + " sets " + given.option().name() + " to " + value);
    }
    return value;
  }

  private static int processors() {
    return Runtime.getRuntime().availableProcessors();
  }

  /** Replaces a value by the form in which it is shown. */
  void show(String name, String value) {
    values.put(option(name).name(), value);
  }

  String text(String name) {
    return values.getOrDefault(name, option(name).initial());
  }

  long number(String name) {
    return Long.parseLong(text(name));
  }

  /** A number that fits; a larger one is as good as the largest. */
  int count(String name) {
    return (int) Math.min(Integer.MAX_VALUE, number(name));
  }

  boolean isOn(String name) {
    return text(name).equals("1");
  }

  Duration millis(String name) {
    return Duration.ofMillis(number(name));
  }

  Duration seconds(String name) {
    return Duration.ofSeconds(number(name));
  }

  boolean isGiven(String name) {
    return givers.containsKey(option(name).name());
  }

  /** How the user wrote the option that has set {@code name}, for messages. */
  String spelling(String name) {
    GivenOption giver = givers.get(name);
    return giver == null ? option(name).spelling() : giver.spelling();
  }

  /** The options that were given and count. */
  List<GivenOption> given() {
    return List.copyOf(givers.values());
  }

  /** What is odd about values that were given. */
  List<String> notes() {
    return notes;
  }

  /** The values of a scope by their names. */
  SortedMap<String, String> listed(Set<Scope> scopes, Set<McrouterOption.Kind> kinds) {
    SortedMap<String, String> listed = new TreeMap<>();
    for (McrouterOption option : table.all()) {
      if (scopes.contains(option.scope()) && kinds.contains(option.kind())) {
        listed.put(option.name(), text(option.name()));
      }
    }
    return listed;
  }

  private McrouterOption option(String name) {
    McrouterOption option = table.byName(name);
    if (option == null) {
      throw new IllegalArgumentException(name);
    }
    return option;
  }
}
