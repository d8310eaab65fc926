package io.fairlead.server.manual;

import io.fairlead.server.command.UsageMistake;
import io.fairlead.server.command.Version;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * A page of the manual, in the language of man: what {@code --help} says, of the same source.
 *
 * <p>Written here, as what picocli generates is AsciiDoc, which takes a program of its own to
 * become a page.
 */
final class ManPage {
  private final CommandSpec command;

  ManPage(CommandSpec command) {
    this.command = command;
  }

  /** As {@code man} is asked for it: {@code fairlead-serve}. */
  String name() {
    return command.qualifiedName("-");
  }

  String text() {
    StringBuilder page = new StringBuilder();
    UsageMessageSpec usage = command.usageMessage();
    List<String> description = Arrays.asList(usage.description());
    page.append(".TH \"").append(name().toUpperCase(Locale.ROOT)).append("\" \"1\" \"\" \"");
    page.append("fairlead ").append(Version.text()).append("\" \"Fairlead\"\n");
    page.append(".SH NAME\n").append(escaped(name())).append(" \\- ");
    page.append(escaped(description.get(0))).append('\n');
    verbatim(page.append(".SH SYNOPSIS\n"), synopsis());
    page.append(".SH DESCRIPTION\n");
    description.forEach(line -> page.append(escaped(line)).append('\n'));
    options(page);
    commands(page);
    List<String> footer = Arrays.asList(usage.footer());
    if (!footer.isEmpty()) {
      verbatim(page.append(".SH EXAMPLES AND EXIT STATUS\n"), String.join("\n", footer).strip());
    }
    page.append(".SH SEE ALSO\n").append(seeAlso()).append('\n');
    return page.toString();
  }

  private String synopsis() {
    Help help =
        command.commandLine().getHelpFactory().create(command, Help.defaultColorScheme(Ansi.OFF));
    return help.synopsis(0).strip();
  }

  private static void verbatim(StringBuilder page, String text) {
    page.append(".nf\n");
    text.lines().forEach(line -> page.append(escaped(line)).append('\n'));
    page.append(".fi\n");
  }

  private void options(StringBuilder page) {
    page.append(".SH OPTIONS\n");
    if (command.options().isEmpty()) { // it reads its words by itself, as the program it stands for
      page.append("Shown by ").append(escaped(command.qualifiedName() + " --help")).append(".\n");
    }
    for (PositionalParamSpec word : command.positionalParameters()) {
      if (!word.hidden()) {
        item(page, word.paramLabel(), word.description());
      }
    }
    for (OptionSpec option : command.options()) {
      if (!option.hidden()) {
        item(page, names(option), option.description());
      }
    }
  }

  private static String names(OptionSpec option) {
    String names = String.join(", ", option.names());
    return option.arity().max() == 0 ? names : names + "=" + option.paramLabel();
  }

  private void commands(StringBuilder page) {
    if (command.subcommands().isEmpty()) {
      return;
    }
    page.append(".SH COMMANDS\n");
    for (String name : UsageMistake.visibleCommands(command)) {
      CommandLine each = command.subcommands().get(name);
      if (each != null) {
        item(page, name, firstLine(each.getCommandSpec()));
      }
    }
  }

  private static String[] firstLine(CommandSpec command) {
    return Arrays.copyOf(command.usageMessage().description(), 1);
  }

  private static void item(StringBuilder page, String name, String[] text) {
    page.append(".TP\n\\fB").append(escaped(name)).append("\\fR\n");
    for (String line : text) {
      page.append(escaped(line)).append('\n');
    }
  }

  private String seeAlso() {
    CommandSpec parent = command.parent();
    if (parent != null) {
      return "\\fB" + escaped(parent.name()) + "\\fR(1)";
    }
    return UsageMistake.visibleCommands(command).stream()
        .map(name -> "\\fB" + escaped(name() + "-" + name) + "\\fR(1)")
        .collect(Collectors.joining(",\n"));
  }

  /** Text that means nothing to man; a line of it must not begin like one of its commands. */
  private static String escaped(String line) {
    String safe = line.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq");
    return safe.startsWith(".") ? "\\&" + safe : safe;
  }
}
