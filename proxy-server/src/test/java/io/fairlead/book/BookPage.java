package io.fairlead.book;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A page of docs. */
record BookPage(Path file) {
  static final Path REPOSITORY =
      Path.of(System.getProperty("basedir", ".")).resolve("..").toAbsolutePath().normalize();
  static final Path DOCS = REPOSITORY.resolve("docs");

  private static final Pattern FENCE = Pattern.compile("\\s*```(.*)");
  private static final Pattern FILE_BLOCK = Pattern.compile("\\w+ file=(\\S+)");
  private static final Pattern TAKEN = Pattern.compile("<!-- file (\\S+) is (\\S+) -->");
  private static final Pattern HIDDEN = Pattern.compile("<!-- file (\\S+)");
  private static final String RUN = "console run";
  private static final String PROMPT = "$ ";

  /** All of them. */
  static List<BookPage> all() throws IOException {
    try (Stream<Path> files = Files.list(DOCS)) {
      return files
          .filter(file -> file.toString().endsWith(".md"))
          .sorted()
          .map(BookPage::new)
          .toList();
    }
  }

  /** Those with commands that are run. */
  static List<BookPage> withCommands() throws IOException {
    List<BookPage> found = new ArrayList<>();
    for (BookPage page : all()) {
      if (page.steps().stream().anyMatch(Step.Type.class::isInstance)) {
        found.add(page);
      }
    }
    return found;
  }

  String text() throws IOException {
    return Files.readString(file);
  }

  /** What a reader does, in order. */
  List<Step> steps() throws IOException {
    List<String> lines = Files.readAllLines(file);
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      Matcher taken = TAKEN.matcher(lines.get(i));
      if (taken.matches()) {
        steps.add(new Step.Take(taken.group(1), taken.group(2)));
      }
      Matcher hidden = HIDDEN.matcher(lines.get(i));
      if (hidden.matches()) {
        int end = i + lines.subList(i, lines.size()).indexOf("-->");
        steps.add(Step.Write.of(hidden.group(1), lines.subList(i + 1, end)));
        i = end;
      }
      Matcher fence = FENCE.matcher(lines.get(i));
      if (fence.matches()) {
        int end = end(lines, i);
        addBlock(fence.group(1), lines.subList(i + 1, end), i + 2, steps);
        i = end;
      }
    }
    return steps;
  }

  private static int end(List<String> lines, int begin) {
    int end = begin + 1;
    while (!FENCE.matcher(lines.get(end)).matches()) {
      end++;
    }
    return end;
  }

  private static void addBlock(String info, List<String> lines, int firstLine, List<Step> steps) {
    Matcher file = FILE_BLOCK.matcher(info);
    if (file.matches()) {
      steps.add(Step.Write.of(file.group(1), lines));
    } else if (info.equals(RUN)) {
      addCommands(lines, firstLine, steps);
    }
  }

  private static void addCommands(List<String> lines, int firstLine, List<Step> steps) {
    int i = 0;
    while (i < lines.size()) {
      int line = firstLine + i;
      if (!lines.get(i).startsWith(PROMPT)) {
        throw new IllegalArgumentException("line " + line + ": a command expected");
      }
      StringBuilder command = new StringBuilder(lines.get(i).substring(PROMPT.length()));
      for (i++; command.charAt(command.length() - 1) == '\\'; i++) {
        command.append('\n').append(lines.get(i));
      }
      int begin = i;
      while (i < lines.size() && !lines.get(i).startsWith(PROMPT)) {
        i++;
      }
      steps.add(new Step.Type(line, withoutRemark(command.toString()), lines.subList(begin, i)));
    }
  }

  /** Without what is said behind the command, from {@code # } on. */
  private static String withoutRemark(String command) {
    return command.replaceFirst("\\s{2,}# .*$", "").strip();
  }

  @Override
  public String toString() {
    return file.getFileName().toString();
  }
}
