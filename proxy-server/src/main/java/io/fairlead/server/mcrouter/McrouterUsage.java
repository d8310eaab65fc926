package io.fairlead.server.mcrouter;

import io.fairlead.server.mcrouter.McrouterOption.Fate;

/** The help: every option that does something, in the order of the table. */
public final class McrouterUsage {
  public static final String STATUSES =
      "Exit status: 0 success, 2 a problem that may pass, 3 one that will not.";

  private static final int WIDTH = 80;
  private static final String INDENT = "        ";

  private McrouterUsage() {}

  public static String text() {
    StringBuilder text =
        new StringBuilder("Usage: fairlead mcrouter [options] -p PORT --config-file FILE\n");
    String part = "";
    for (McrouterOption option : OptionTable.load().all()) {
      if (option.fate() != Fate.HONOURED || option.words().isEmpty()) {
        continue;
      }
      if (!part.equals(option.part())) {
        part = option.part();
        text.append('\n').append(part).append(":\n");
      }
      text.append(head(option)).append('\n');
      wrap(text, option.remark());
    }
    return text.append(
            "\nEvery other option of mcrouter is accepted; docs/mcrouter-options.md says"
                + "\nwhat becomes of it."
                + "\n"
                + STATUSES
                + "\n")
        .toString();
  }

  private static String head(McrouterOption option) {
    String letter = option.letter().isEmpty() ? "    " : "-" + option.letter() + ", ";
    String value =
        switch (option.kind()) {
          case NOTHING -> "";
          case TOGGLE -> "[=0|1]";
          case NUMBER -> " N";
          case THREADS -> " N|auto";
          case TEXT -> " TEXT";
          case OPTIONAL -> "[=exit|run]";
        };
    return "  " + letter + option.spelling() + value;
  }

  private static void wrap(StringBuilder text, String sentence) {
    StringBuilder line = new StringBuilder(INDENT);
    for (String word : sentence.split(" ", -1)) {
      if (line.length() + word.length() >= WIDTH) {
        text.append(line.toString().stripTrailing()).append('\n');
        line.setLength(INDENT.length());
      }
      line.append(word).append(' ');
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }
}
