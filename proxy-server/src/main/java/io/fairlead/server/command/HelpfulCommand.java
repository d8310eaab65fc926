package io.fairlead.server.command;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that has {@code --help} and {@code --version}, with options in the order written. */
@Command(mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false)
public abstract class HelpfulCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  protected HelpfulCommand() {}

  protected final CommandSpec spec() {
    return spec;
  }

  /** Takes the result. */
  protected final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** Takes what is said about the result, or in place of it. */
  protected final PrintWriter err() {
    return spec.commandLine().getErr();
  }

  /** To throw when the command line cannot be followed. */
  protected final ParameterException mistake(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
