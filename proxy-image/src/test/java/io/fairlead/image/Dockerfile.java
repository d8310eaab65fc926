package io.fairlead.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The instructions of a Dockerfile, stage by stage. */
final class Dockerfile {
  static final Path CHECKOUT = Image.MODULE.resolve("..").normalize();

  private static final Pattern SETTING = Pattern.compile("([\\w.]+)=(\"[^\"]*\"|\\S+)");

  private final List<List<Instruction>> stages = new ArrayList<>();

  /** One line, with those that it goes on in; the name in capital letters. */
  record Instruction(String name, String rest) {}

  private Dockerfile(List<Instruction> instructions) {
    List<Instruction> stage = new ArrayList<>();
    for (Instruction instruction : instructions) {
      if (instruction.name().equals("FROM")) {
        stage = new ArrayList<>();
        stages.add(stage);
      }
      stage.add(instruction);
    }
  }

  static Dockerfile read() throws IOException {
    String text =
        Files.readString(CHECKOUT.resolve("Dockerfile"))
            .replaceAll("(?m)^#.*\n", "")
            .replaceAll("\\\\\n *", "");
    return new Dockerfile(
        text.lines()
            .filter(line -> !line.isBlank())
            .map(line -> line.split(" ", 2))
            .map(words -> new Instruction(words[0], words[1]))
            .toList());
  }

  int stages() {
    return stages.size();
  }

  List<Instruction> stage(int number) {
    return stages.get(number);
  }

  List<Instruction> last() {
    return stage(stages() - 1);
  }

  /** What the last stage says in an instruction that it has once. */
  String word(String name) {
    List<Instruction> found = last().stream().filter(line -> line.name().equals(name)).toList();
    if (found.size() != 1) {
      throw new AssertionError(name + ": " + found);
    }
    return found.get(0).rest();
  }

  /** The same for one with names and values. */
  Map<String, String> settings(String name) {
    Map<String, String> found = new TreeMap<>();
    Matcher matcher = SETTING.matcher(word(name));
    while (matcher.find()) {
      found.put(matcher.group(1), matcher.group(2).replace("\"", ""));
    }
    return found;
  }

  /** The same for one in the form that needs no shell. */
  List<String> arguments(String name) {
    String rest = word(name);
    if (!rest.matches("\\[\"[^\\[\\]]*\"]")) {
      throw new AssertionError(name + " is for a shell: " + rest);
    }
    return List.of(rest.substring(2, rest.length() - 2).split("\", \"", -1));
  }
}
