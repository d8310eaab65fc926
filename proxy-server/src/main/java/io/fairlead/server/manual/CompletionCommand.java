package io.fairlead.server.manual;

import io.fairlead.server.command.ExitStatus;
import io.fairlead.server.command.HelpfulCommand;
import io.fairlead.server.command.OneOf;
import java.io.PrintWriter;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code fairlead completion}: what a shell needs to complete our commands and options. */
@Command(
    name = "completion",
    customSynopsis = "fairlead completion SHELL",
    description = "Prints what a shell needs to complete commands and options.",
    footer = {
      "",
      "Examples:",
      "  source <(fairlead completion bash)",
      "  fairlead completion bash > /etc/bash_completion.d/fairlead",
      "  source <(fairlead completion zsh)",
      "",
      ExitStatus.OK + "printed" + ExitStatus.USAGE
    })
public final class CompletionCommand extends HelpfulCommand {
  @Parameters(
      paramLabel = "SHELL",
      converter = Shells.class,
      description = "bash or zsh: the shell that is to read it.")
  private Shell shell;

  @SuppressWarnings("NullAway.Init") // picocli sets the shell
  CompletionCommand() {}

  /** Shells that complete. */
  enum Shell {
    BASH,
    ZSH
  }

  static final class Shells extends OneOf<Shell> {
    Shells() {
      super(Shell.values());
    }
  }

  @Override
  public Integer call() {
    CommandLine root = spec().root().commandLine();
    String script = AutoComplete.bash(root.getCommandName(), root);
    PrintWriter out = out();
    if (shell == Shell.ZSH) {
      // Zsh runs completions of bash, once it was told to.
      out.println("autoload -U +X compinit && compinit");
      out.println("autoload -U +X bashcompinit && bashcompinit");
    }
    out.print(script);
    out.flush();
    return 0;
  }
}
