package io.fairlead.server.command;

import io.fairlead.config.NearestKey;
import java.io.PrintWriter;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is said about a command line that cannot be followed. */
public final class UsageMistake {
  private UsageMistake() {}

  /** Prints what is wrong, the nearest right word, and where help is; returns the exit code. */
  public static int report(ParameterException e) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("fairlead: " + message(e));
    nearest(e).ifPresent(word -> err.println("Did you mean " + word + "?"));
    err.println("Help: " + command.getCommandSpec().qualifiedName() + " --help");
    err.flush();
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  private static String message(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched) {
      return unmatched(unmatched);
    }
    if (e.getCause() instanceof TypeConversionException bad) {
      return e.getArgSpec() instanceof OptionSpec option
          ? option.longestName() + ": " + bad.getMessage()
          : e.getArgSpec().paramLabel() + ": " + bad.getMessage();
    }
    return String.valueOf(e.getMessage());
  }

  private static String unmatched(UnmatchedArgumentException e) {
    String first = e.getUnmatched().get(0);
    if (e.isUnknownOption()) {
      return "Unknown option: " + first;
    }
    return e.getCommandLine().getSubcommands().isEmpty()
        ? "Unexpected word: " + first + " (expected: options; each value after its own option)"
        : "Unknown command: " + first;
  }

  private static Optional<String> nearest(ParameterException e) {
    if (!(e instanceof UnmatchedArgumentException unmatched)) {
      return Optional.empty();
    }
    CommandSpec command = e.getCommandLine().getCommandSpec();
    Set<String> words =
        unmatched.isUnknownOption() ? command.optionsMap().keySet() : visibleCommands(command);
    return Optional.ofNullable(NearestKey.of(unmatched.getUnmatched().get(0), words));
  }

  /** The commands that users know of, in the order in which help shows them. */
  public static Set<String> visibleCommands(CommandSpec command) {
    return command.subcommands().values().stream()
        .map(CommandLine::getCommandSpec)
        .filter(sub -> !sub.usageMessage().hidden())
        .map(CommandSpec::name)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
