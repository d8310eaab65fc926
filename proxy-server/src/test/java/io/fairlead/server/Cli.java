package io.fairlead.server;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** What a command line does: its exit status and what it prints. */
record Cli(int status, String out, String err) {
  static Cli run(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commandLine =
        Fairlead.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .setUsageHelpAutoWidth(false)
            .setUsageHelpWidth(80);
    commandLine.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
    int status = commandLine.execute(args);
    return new Cli(status, out.toString(), err.toString());
  }
}
