package io.fairlead.helm;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command of a page that a reader types, and what the page shows below it.
 *
 * @param text without the prompt
 */
record ConsoleLine(String text, List<String> output) {
  private static final String FENCE = "```";
  private static final String PROMPT = "$ ";
  private static final Pattern WORD = Pattern.compile("((?:[^\\s'\"]|'[^']*'|\"[^\"]*\")+)");

  /** Those of a page in Markdown, in its blocks of consoles. */
  static List<ConsoleLine> of(String page) {
    List<ConsoleLine> lines = new ArrayList<>();
    boolean inConsole = false;
    for (String line : page.lines().toList()) {
      if (line.startsWith(FENCE)) {
        inConsole = line.equals(FENCE + "console");
      } else if (inConsole && line.startsWith(PROMPT)) {
        lines.add(new ConsoleLine(line.substring(PROMPT.length()), new ArrayList<>()));
      } else if (inConsole) {
        lines.get(lines.size() - 1).output().add(line);
      }
    }
    return lines;
  }

  /** The words up to a comment or a pipe, as a shell takes them apart. */
  List<String> words() {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(text);
    while (matcher.find() && !matcher.group().startsWith("#") && !matcher.group().equals("|")) {
      words.add(matcher.group().replaceAll("['\"]", ""));
    }
    return words;
  }

  /** The words, from one on. */
  List<String> wordsAfter(int count) {
    List<String> words = words();
    return words.subList(count, words.size());
  }
}
