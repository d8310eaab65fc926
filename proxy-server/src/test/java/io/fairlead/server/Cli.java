package io.fairlead.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** What a command line does: its exit status and what it prints. */
record Cli(int status, String out, String err) {
  static Cli run(String... args) {
    return runWith("", args);
  }

  /** Runs a command line that may read {@code input} from standard input. */
  static Cli runWith(String input, String... args) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commandLine =
        Fairlead.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .setUsageHelpAutoWidth(false)
            .setUsageHelpWidth(80);
    commandLine.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
    WhereCommand where =
        Objects.requireNonNull(commandLine.getSubcommands().get("where")).getCommand();
    where.connect(new ByteArrayInputStream(input.getBytes(UTF_8)), bytes);
    int status = commandLine.execute(args);
    return new Cli(status, out + bytes.toString(UTF_8), err.toString());
  }
}
