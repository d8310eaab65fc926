package io.fairlead.server.manual;

import io.fairlead.config.NearestKey;
import io.fairlead.server.command.ExitStatus;
import io.fairlead.server.command.HelpfulCommand;
import io.fairlead.server.command.UsageMistake;
import io.fairlead.server.command.UserError;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fairlead man}: our commands as pages of the manual. */
@Command(
    name = "man",
    customSynopsis = {"fairlead man [COMMAND]", "       fairlead man --output=FOLDER"},
    description = "Prints a page of the manual, or writes all of them.",
    footer = {
      "",
      "Examples:",
      "  fairlead man serve | man -l -",
      "  fairlead man --output /usr/local/share/man/man1",
      "",
      ExitStatus.OK + "written" + ExitStatus.FAILED + "not written" + ExitStatus.USAGE
    })
public final class ManCommand extends HelpfulCommand {
  @Parameters(
      paramLabel = "COMMAND",
      arity = "0..1",
      description = "One of our commands; default: the page of fairlead itself.")
  private @Nullable String command;

  @Option(
      names = "--output",
      paramLabel = "FOLDER",
      description = "Write a file for each command, fairlead-serve.1 and so on.")
  private @Nullable Path folder;

  @Override
  public Integer call() throws UserError {
    CommandLine root = spec().root().commandLine();
    if (folder != null) {
      writeAll(root, folder);
      return 0;
    }
    PrintWriter out = out();
    out.print(new ManPage(chosen(root)).text());
    out.flush();
    return 0;
  }

  private CommandSpec chosen(CommandLine root) {
    if (command == null) {
      return root.getCommandSpec();
    }
    Set<String> names = UsageMistake.visibleCommands(root.getCommandSpec());
    CommandLine found = names.contains(command) ? root.getSubcommands().get(command) : null;
    if (found != null) {
      return found.getCommandSpec();
    }
    String hint = NearestKey.hint(command, names);
    throw mistake("Unknown command: " + command + (hint == null ? "" : "; " + hint));
  }

  private static void writeAll(CommandLine root, Path folder) throws UserError {
    try {
      Files.createDirectories(folder);
      write(root.getCommandSpec(), folder);
      for (String name : UsageMistake.visibleCommands(root.getCommandSpec())) {
        CommandLine each = root.getSubcommands().get(name);
        if (each != null) {
          write(each.getCommandSpec(), folder);
        }
      }
    } catch (IOException e) {
      throw new UserError(folder + " cannot be written to: " + e.getMessage(), e);
    }
  }

  private static void write(CommandSpec command, Path folder) throws IOException {
    ManPage page = new ManPage(command);
    Files.writeString(folder.resolve(page.name() + ".1"), page.text());
  }
}
