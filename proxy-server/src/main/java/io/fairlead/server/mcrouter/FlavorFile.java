package io.fairlead.server.mcrouter;

import io.fairlead.server.mcrouter.McrouterOption.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    boolean exists = Files.isRegularFile(file);
    if (exists) {
      take(file, FlavorText.read(file, text(file)), "options", true);
    }
    Path standalone = file.resolveSibling(baseName(file) + "-standalone" + extension(file));
    boolean hasMore = Files.isRegularFile(standalone);
    if (hasMore) {
      Map<String, Object> root = FlavorText.read(standalone, text(standalone));
      take(standalone, root, "standalone_options", true);
      take(standalone, root, "libmcrouter_options", false);
    }
    if (exists || hasMore) {
      give("router_name", word, baseName(file));
      give("flavor_name", word, file.toAbsolutePath().toString());
    }
    return exists || hasMore;
  }

  private void take(Path file, Map<String, Object> root, String section, boolean needed)
      throws McrouterMistake {
    Object options = root.get(section);
    if (options == null && !needed) {
      return;
    }
    if (!(options instanceof Map<?, ?> map)) {
      throw McrouterMistake.badValue(file.toString(), section, "an object of that name");
    }
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (!(entry.getValue() instanceof String value)) {
        throw McrouterMistake.badValue(
            file.toString(), String.valueOf(entry.getKey()), "a text, a number, true or false");
      }
      take(file, String.valueOf(entry.getKey()), value);
    }
  }

  private void take(Path file, String name, String value) {
    McrouterOption option = table.byName(name);
    if (option == null || option.scope() == Scope.PROCESS) {
      ignored.add("Unknown option name: " + name + "=" + value + " in " + file);
    } else {
      give(name, file + ": " + name, value);
    }
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

  private static String text(Path file) throws McrouterMistake {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw McrouterMistake.badValue(file.toString(), "not readable", "a file in UTF-8");
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
