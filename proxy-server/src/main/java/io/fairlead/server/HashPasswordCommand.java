package io.fairlead.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fairlead.access.PasswordHash;
import io.fairlead.server.command.ExitStatus;
import io.fairlead.server.command.HelpfulCommand;
import io.fairlead.server.command.UserError;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fairlead hash-password}: what stands in a file of users in place of a password. */
@Command(
    name = "hash-password",
    customSynopsis = "fairlead hash-password [--name=NAME] [--iterations=N]",
    description = {
      "Asks for a password and prints its hash, for a file of users.",
      "The file is what auth of a listener names. From a pipe it reads one line;",
      "there is no option for the password, as others would see it in the list",
      "of processes."
    },
    footer = {
      "",
      "Examples:",
      "  fairlead hash-password --name alice >> /etc/fairlead/users",
      "  pass show cache/alice | fairlead hash-password --name alice",
      "",
      ExitStatus.OK + "printed" + ExitStatus.FAILED + "no password that will do" + ExitStatus.USAGE
    })
final class HashPasswordCommand extends HelpfulCommand {
  /** What the longest login has room for beside a name. */
  private static final int LONGEST = 1000;

  private static final Pattern NAME = Pattern.compile("[!-9;-~]{1,255}");

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Print the whole line of the file, NAME:HASH.")
  private @Nullable String name;

  @Option(
      names = "--iterations",
      paramLabel = "N",
      description = {
        "How much a guess costs; default: 100000, which is",
        "some tens of milliseconds."
      })
  private int iterations = PasswordHash.USUAL_ITERATIONS;

  /** Somebody who tries is not shown the password again in an error. */
  @Parameters(hidden = true, description = "None.")
  private List<String> arguments = List.of();

  private InputStream in = System.in;
  private @Nullable Console console = terminal();

  /** Reads from here, as from a pipe. */
  void connect(InputStream input) {
    in = input;
    console = null;
  }

  /** The terminal; null when standard input is none. */
  @SuppressWarnings("SystemConsoleNull") // Java 17 has none without a terminal
  private static @Nullable Console terminal() {
    Console present = System.console();
    if (present == null) {
      return null;
    }
    try { // from Java 22 on there is a console without a terminal, too
      return (boolean) Console.class.getMethod("isTerminal").invoke(present) ? present : null;
    } catch (ReflectiveOperationException e) {
      return present;
    }
  }

  @Override
  public Integer call() throws UserError {
    check();
    byte[] password = password();
    String hash = PasswordHash.of(password, iterations).format();
    Arrays.fill(password, (byte) 0);
    PrintWriter out = out();
    out.println(name == null ? hash : name + ":" + hash);
    out.flush();
    return 0;
  }

  private void check() {
    if (!arguments.isEmpty()) {
      throw mistake(
          "The password is no argument, as others would see it: type it, or send it in a line.");
    }
    if (name != null && (!NAME.matcher(name).matches() || name.startsWith("#"))) {
      throw mistake(
          "--name: a name is printable ASCII without spaces and colons, and does not begin with"
              + " #.");
    }
    if (iterations < PasswordHash.LEAST_ITERATIONS || iterations > PasswordHash.MOST_ITERATIONS) {
      throw mistake(
          "--iterations: give a number from "
              + PasswordHash.LEAST_ITERATIONS
              + " to "
              + PasswordHash.MOST_ITERATIONS
              + ".");
    }
  }

  private byte[] password() throws UserError {
    String password = console == null ? readLine() : ask(console);
    if (password.isBlank()) {
      throw new UserError("there is no password: type one, or send one in a line.");
    }
    if (password.startsWith(" ")) {
      throw new UserError("a password must not begin with a space, which a login cannot have.");
    }
    byte[] bytes = password.getBytes(UTF_8);
    if (bytes.length > LONGEST) {
      throw new UserError("a password of more than " + LONGEST + " bytes does not fit a login.");
    }
    return bytes;
  }

  private static String ask(Console console) throws UserError {
    String password = text(console.readPassword("Password: "));
    if (!password.equals(text(console.readPassword("Once more: ")))) {
      throw new UserError("the two passwords are not the same: try again.");
    }
    return password;
  }

  private static String text(char @Nullable [] typed) {
    return typed == null ? "" : new String(typed);
  }

  private String readLine() throws UserError {
    try {
      String line = new BufferedReader(new InputStreamReader(in, UTF_8)).readLine();
      return line == null ? "" : line;
    } catch (IOException e) {
      throw new UserError("standard input cannot be read: " + e.getMessage(), e);
    }
  }
}
