package io.fairlead.server.mcrouter;

import io.fairlead.json.JsonBoolean;
import io.fairlead.json.JsonException;
import io.fairlead.json.JsonInteger;
import io.fairlead.json.JsonReader;
import io.fairlead.json.JsonString;
import io.fairlead.json.Setting;
import io.fairlead.server.mcrouter.McrouterOption.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Options in files, under the names that introspection shows: {@code NAME} has an object {@code
 * options}, and {@code NAME-standalone}, before the extension, has {@code standalone_options} and
 * {@code libmcrouter_options}. Either file may be missing.
 *
 * <p>The command line names it by a word that belongs to no option. Such a word may as well be a
 * mistake, so one that names no file is only noted, as mcrouter does.
 */
final class FlavorFile {
  private final OptionTable table;
  private final List<GivenOption> given = new ArrayList<>();
  private final List<String> ignored = new ArrayList<>();

  private FlavorFile(OptionTable table) {
    this.table = table;
  }

  /** What the flavor file of a command line holds; nothing when it names none. */
  static FlavorFile find(McrouterArguments arguments) throws McrouterMistake {
    FlavorFile flavor = new FlavorFile(arguments.table());
    List<String> words = arguments.strayWords();
    for (int i = 0; i < words.size(); i++) {
      if (i > 0 || !flavor.read(words.get(i))) {
        flavor.ignored.add("ignored, as it belongs to no option: " + words.get(i));
      }
    }
    return flavor;
  }

  private boolean read(String word) throws McrouterMistake {
    Path file = path(word);
    if (file == null) {
      return false;
    }
    Path standalone = file.resolveSibling(baseName(file) + "-standalone" + extension(file));
    try {
      boolean exists = take(file, "options", "");
      boolean hasMore = take(standalone, "standalone_options", "libmcrouter_options");
      if (exists || hasMore) {
        give("router_name", word, baseName(file));
        give("flavor_name", word, file.toAbsolutePath().toString());
      }
      return exists || hasMore;
    } catch (JsonException e) {
      throw new McrouterMistake(String.valueOf(e.getMessage()));
    }
  }

  /** Takes the options of a file, when there is one: of an object it must have, and of another. */
  private boolean take(Path file, String needed, String other) throws McrouterMistake {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    Setting root = Setting.ofRoot(JsonReader.read(file.toString(), content(file)).root());
    take(file, root.required(needed));
    Setting more = root.at(other);
    if (more != null) {
      take(file, more);
    }
    return true;
  }

  private void take(Path file, Setting section) {
    for (Setting setting : section.members()) {
      McrouterOption option = table.byName(setting.key());
      String value = text(setting);
      if (option == null || option.scope() == Scope.PROCESS) {
        ignored.add("Unknown option name: " + setting.key() + "=" + value + " in " + file);
      } else {
        give(setting.key(), file + ": " + setting.key(), value);
      }
    }
  }

  private static String text(Setting setting) {
    if (setting.json() instanceof JsonBoolean flag) {
      return flag.value() ? "1" : "0";
    }
    if (setting.json() instanceof JsonInteger number) {
      return String.valueOf(number.value());
    }
    if (setting.json() instanceof JsonString string) {
      return string.text();
    }
    throw setting.refused("a text, an integer, true or false");
  }

  private void give(String name, String spelling, String value) {
    McrouterOption option = table.byName(name);
    if (option != null) {
      given.add(new GivenOption(option, spelling, value));
    }
  }

  private static @Nullable Path path(String word) {
    try {
      return word.isEmpty() ? null : Path.of(word);
    } catch (InvalidPathException e) {
      return null;
    }
  }

  private static byte[] content(Path file) throws McrouterMistake {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw McrouterMistake.badValue(file.toString(), "not readable", "a file that can be read");
    }
  }

  private static String baseName(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.substring(0, name.length() - extension(file).length());
  }

  private static String extension(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(dot) : "";
  }

  List<GivenOption> given() {
    return given;
  }

  /** What was found there or on the command line, and means nothing. */
  List<String> ignored() {
    return ignored;
  }
}
