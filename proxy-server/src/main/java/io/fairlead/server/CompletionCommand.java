package io.fairlead.server;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code fairlead completion}: what a shell needs to complete our commands and options. */
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    customSynopsis = "fairlead completion SHELL",
    description = "Prints what a shell needs to complete commands and options.",
    footer = {
      "",
      "Examples:",
      "  source <(fairlead completion bash)",
      "  fairlead completion bash > /etc/bash_completion.d/fairlead",
      "  source <(fairlead completion zsh)",
      "",
      "Exit status: 0 printed, 2 usage."
    })
final class CompletionCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "SHELL",
      converter = Shells.class,
      description = "bash or zsh: the shell that is to read it.")
  private Shell shell;

  @SuppressWarnings("NullAway.Init") // picocli sets these
  CompletionCommand() {}

  /** Shells that complete. */
  enum Shell {
    BASH,
    ZSH
  }

  static final class Shells implements ITypeConverter<Shell> {
    @Override
    public Shell convert(String text) {
      for (Shell each : Shell.values()) {
        if (Choices.word(each).equals(text)) {
          return each;
        }
      }
      throw new TypeConversionException(text + " (expected: bash, zsh)");
    }
  }

  @Override
  public Integer call() {
    CommandLine root = spec.root().commandLine();
    String script = AutoComplete.bash(root.getCommandName(), root);
    PrintWriter out = spec.commandLine().getOut();
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
