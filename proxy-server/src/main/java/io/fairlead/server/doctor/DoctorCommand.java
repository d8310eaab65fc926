package io.fairlead.server.doctor;

import io.fairlead.config.ConfigException;
import io.fairlead.config.LoadedConfig;
import io.fairlead.config.ProxySettings;
import io.fairlead.server.command.ExitStatus;
import io.fairlead.server.command.FormatOption;
import io.fairlead.server.command.HelpfulCommand;
import io.fairlead.server.command.TimeOption;
import io.fairlead.server.doctor.Finding.Level;
import io.fairlead.server.log.Logs;
import io.fairlead.server.settings.ConfigOption;
import io.fairlead.server.settings.LookupOption;
import io.fairlead.server.terminal.Colour;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fairlead doctor}: what would keep a proxy from working, and what to do about it. */
@Command(
    name = "doctor",
    customSynopsis = "fairlead doctor --config=FILE [OPTIONS]",
    description = {
      "Looks for what keeps a proxy from working, and says what to do.",
      "Reads the file, connects to every server, and looks at the limits of this",
      "machine. Changes nothing. Run it where, and as whom, the proxy runs."
    },
    footer = {
      "",
      "Examples:",
      "  fairlead doctor --config fairlead.yaml",
      "  fairlead doctor --config fairlead.yaml --format json",
      "",
      ExitStatus.OK + "nothing fails" + ExitStatus.FAILED + "something does" + ExitStatus.USAGE
    })
public final class DoctorCommand extends HelpfulCommand {
  @Mixin private ConfigOption config = new ConfigOption();

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = TimeOption.class,
      description = "How long each step of asking a server may take; default: 2s.")
  private Duration timeout = Duration.ofSeconds(2);

  @Mixin private FormatOption format = new FormatOption();

  @Mixin private LookupOption lookup = new LookupOption();

  @Override
  public Integer call() {
    List<Finding> findings = Logs.without("io.fairlead", this::findings);
    PrintWriter out = out();
    out.print(
        format.isJson() ? FindingsReport.json(findings) : FindingsReport.text(findings, paint()));
    out.flush();
    return findings.stream().anyMatch(finding -> finding.level() == Level.FAIL) ? 1 : 0;
  }

  private List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    try {
      LoadedConfig loaded = config.read();
      findings.add(new Finding(Level.OK, "config", "", config.file() + " can be served"));
      loaded
          .warnings()
          .forEach(each -> findings.add(new Finding(Level.WARN, "config", "", each.toString())));
      ProxySettings settings = lookup.complete(loaded.settings(), err());
      findings.addAll(
          new Examination(settings, Machine.present(), InstantSource.system(), timeout).findings());
    } catch (ConfigException e) {
      e.problems()
          .forEach(each -> findings.add(new Finding(Level.FAIL, "config", "", each.toString())));
    }
    return findings;
  }

  private static BiFunction<Level, String, String> paint() {
    if (!Colour.isWanted()) {
      return (level, word) -> word;
    }
    return (level, word) ->
        switch (level) {
          case OK -> Colour.GREEN.on(word);
          case WARN -> Colour.YELLOW.on(word);
          case FAIL -> Colour.RED.on(word);
        };
  }
}
