package io.fairlead.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fairlead.discovery.DiscoveryPlaces;
import io.fairlead.server.settings.LookupOption;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** What a command line does: its exit status and what it prints. */
public record Cli(int status, String out, String err) {
  public static Cli run(String... args) {
    return runWith("", args);
  }

  /** Runs a command line that looks servers up at other places than those of this machine. */
  public static Cli runAt(DiscoveryPlaces places, String... args) {
    return run("", places, args);
  }

  /** Runs a command line that may read {@code input} from standard input. */
  public static Cli runWith(String input, String... args) {
    return run(input, DiscoveryPlaces.ofThisMachine(), args);
  }

  private static Cli run(String input, DiscoveryPlaces places, String... args) {
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
    HashPasswordCommand hashing =
        Objects.requireNonNull(commandLine.getSubcommands().get("hash-password")).getCommand();
    hashing.connect(new ByteArrayInputStream(input.getBytes(UTF_8)));
    for (CommandLine command : commandLine.getSubcommands().values()) {
      if (command.getMixins().get("lookup") instanceof LookupOption lookup) {
        lookup.askAt(places);
      }
    }
    int status = commandLine.execute(args);
    return new Cli(status, out + bytes.toString(UTF_8), err.toString());
  }
}
