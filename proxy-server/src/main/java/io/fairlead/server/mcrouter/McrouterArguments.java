package io.fairlead.server.mcrouter;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of mcrouter, taken apart as getopt_long does it for mcrouter: {@code --opt value},
 * {@code --opt=value}, {@code -p5000}, {@code -p 5000} as one argument or two, letters in one word,
 * shortened words, and words that belong to no option anywhere between them.
 *
 * <p>Nothing is judged here: what mcrouter does not know, it notes and goes on without, and so do
 * we.
 */
public final class McrouterArguments {
  private final OptionTable table = OptionTable.load();
  private final List<GivenOption> given = new ArrayList<>();
  private final List<String> ignored = new ArrayList<>();
  private final List<String> strayWords = new ArrayList<>();

  private McrouterArguments() {}

  public static McrouterArguments read(List<String> arguments) {
    McrouterArguments read = new McrouterArguments();
    Deque<String> rest = new ArrayDeque<>(arguments);
    while (!rest.isEmpty()) {
      String next = rest.removeFirst();
      if (next.equals("--")) {
        read.strayWords.addAll(rest);
        rest.clear();
      } else if (next.startsWith("--")) {
        read.word(next, rest);
      } else if (next.startsWith("-") && next.length() > 1) {
        read.letters(next.substring(1), rest);
      } else {
        read.strayWords.add(next);
      }
    }
    return read;
  }

  private void word(String argument, Deque<String> rest) {
    int equals = argument.indexOf('=');
    String spelling = equals < 0 ? argument : argument.substring(0, equals);
    String joined = equals < 0 ? null : argument.substring(equals + 1);
    McrouterOption option = table.byWord(spelling.substring(2));
    if (option == null) {
      ignored.add("Unrecognized option: " + argument);
    } else if (joined != null && option.kind() == McrouterOption.Kind.NOTHING) {
      ignored.add("Unrecognized option: " + argument + ", as nothing may follow " + spelling);
    } else {
      take(option, spelling, joined, rest);
    }
  }

  private void letters(String letters, Deque<String> rest) {
    for (int i = 0; i < letters.length(); i++) {
      McrouterOption option = table.byLetter(letters.charAt(i));
      String spelling = "-" + letters.charAt(i);
      if (option == null) {
        ignored.add("Unrecognized option: " + spelling);
      } else if (option.kind().takesNext()) {
        String joined = letters.substring(i + 1);
        take(option, spelling, joined.isEmpty() ? null : joined, rest);
        return;
      } else {
        given.add(new GivenOption(option, spelling, null));
      }
    }
  }

  private void take(
      McrouterOption option, String spelling, @Nullable String joined, Deque<String> rest) {
    if (joined != null || !option.kind().takesNext()) {
      given.add(new GivenOption(option, spelling, joined));
    } else if (rest.isEmpty()) {
      ignored.add("Unrecognized option: " + spelling + ", as it needs a value");
    } else {
      given.add(new GivenOption(option, spelling, rest.removeFirst()));
    }
  }

  public boolean asksForHelp() {
    return has("help");
  }

  public boolean asksForVersion() {
    return has("version");
  }

  private boolean has(String name) {
    return given.stream().anyMatch(one -> one.option().name().equals(name));
  }

  OptionTable table() {
    return table;
  }

  /** The options, in the order of the command line. */
  List<GivenOption> given() {
    return given;
  }

  /** What mcrouter says of options that it does not know. */
  List<String> ignored() {
    return ignored;
  }

  /** Words that belong to no option; mcrouter takes the first for the name of a flavor file. */
  List<String> strayWords() {
    return strayWords;
  }
}
