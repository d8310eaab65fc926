package io.fairlead.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fairlead.config.ListenerSettings;
import io.fairlead.config.LoadedConfig;
import io.fairlead.config.PoolSettings;
import io.fairlead.config.ProxySettings;
import io.fairlead.config.route.RouteTreeSettings;
import io.fairlead.placement.KeyRule;
import io.fairlead.protocol.Operation;
import io.fairlead.route.Question;
import io.fairlead.server.command.ExitStatus;
import io.fairlead.server.command.FormatOption;
import io.fairlead.server.command.HelpfulCommand;
import io.fairlead.server.command.UserError;
import io.fairlead.server.report.ExplainReport;
import io.fairlead.server.settings.ConfigOption;
import io.fairlead.server.settings.LookupOption;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fairlead explain}: the routes of a file, and the way that one request takes. */
@Command(
    name = "explain",
    customSynopsis = {
      "fairlead explain --config=FILE [--route=NAME]",
      "       fairlead explain --config=FILE [--route=NAME] OPERATION KEY"
    },
    description = {
      "Prints the routes and pools that listeners lead to, as a tree.",
      "With a request: the way it takes, and the servers that may be asked, in order.",
      "Connects to nobody but the sources of servers, such as dns://, once."
    },
    footer = {
      "",
      "Examples:",
      "  fairlead explain --config fairlead.yaml",
      "  fairlead explain --config fairlead.yaml set user:42",
      "",
      ExitStatus.OK
          + "printed"
          + ExitStatus.FAILED
          + "a bad file or no such route"
          + ExitStatus.USAGE
    })
final class ExplainCommand extends HelpfulCommand {
  @Mixin private ConfigOption config = new ConfigOption();

  @Option(
      names = "--route",
      paramLabel = "NAME",
      description = "Only this route or pool; default: all served.")
  private @Nullable String name;

  @Mixin private FormatOption format = new FormatOption();

  @Parameters(
      index = "0",
      paramLabel = "OPERATION",
      arity = "0..1",
      description = "What is asked: get, set, delete and so on.")
  private @Nullable String operation;

  @Parameters(
      index = "1",
      paramLabel = "KEY",
      arity = "0..1",
      description = "A key, as clients send it.")
  private @Nullable String key;

  @Mixin private LookupOption lookup = new LookupOption();

  @Override
  public Integer call() throws UserError {
    Question question = question();
    LoadedConfig loaded = config.load(spec());
    Set<String> targets = targets(loaded.settings());
    ProxySettings settings = lookup.complete(loaded.settings(), err());
    PrintWriter out = out();
    try (OfflineRoutes routes = new OfflineRoutes(settings)) {
      for (String target : targets) {
        ExplainReport report =
            new ExplainReport(settings, target, question, routes.outline(target, question));
        out.print(format.isJson() ? report.json() : report.text());
      }
    }
    out.flush();
    return 0;
  }

  private @Nullable Question question() {
    if (operation == null) {
      return null;
    }
    Operation asked =
        Operation.named(operation)
            .filter(known -> known != Operation.FLUSHALL)
            .orElseThrow(() -> mistake(operation + " (expected: " + operations() + ")"));
    if (key == null) {
      throw mistake("A key is missing: " + operation + " KEY.");
    }
    byte[] bytes = key.getBytes(UTF_8);
    String refusal = KeyRule.refusal(bytes, 0, bytes.length);
    if (refusal != null) {
      throw mistake("The key is refused, as it has " + refusal + ".");
    }
    return new Question(asked, bytes);
  }

  private static String operations() {
    return Arrays.stream(Operation.values())
        .filter(known -> known != Operation.FLUSHALL)
        .map(Operation::configName)
        .collect(Collectors.joining(", "));
  }

  private Set<String> targets(ProxySettings settings) throws UserError {
    if (name == null) {
      return settings.listeners().stream()
          .map(ListenerSettings::target)
          .collect(Collectors.toCollection(LinkedHashSet::new));
    }
    List<String> known =
        Stream.concat(
                settings.routes().stream().map(RouteTreeSettings::name),
                settings.pools().stream().map(PoolSettings::name))
            .toList();
    if (!known.contains(name)) {
      throw new UserError(
          "no pool, and no route of a listener, is called "
              + name
              + " in "
              + config.file()
              + " (expected: "
              + String.join(", ", known)
              + ").");
    }
    return Set.of(name);
  }
}
