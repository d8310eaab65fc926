package io.fairlead.server.warm;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fairlead.config.Address;
import io.fairlead.config.ListenerSettings;
import io.fairlead.config.LoadOptions;
import io.fairlead.config.PoolSettings;
import io.fairlead.config.ProxySettings;
import io.fairlead.config.ServerSettings;
import io.fairlead.config.ThreadSettings;
import io.fairlead.server.client.Servers;
import io.fairlead.server.command.ExitStatus;
import io.fairlead.server.command.FormatOption;
import io.fairlead.server.command.HelpfulCommand;
import io.fairlead.server.command.RateOption;
import io.fairlead.server.command.TimeOption;
import io.fairlead.server.command.UserError;
import io.fairlead.server.log.Logs;
import io.fairlead.server.process.Signals;
import io.fairlead.server.report.Json;
import io.fairlead.server.settings.ConfigFile;
import io.fairlead.server.settings.LookupOption;
import io.fairlead.server.settings.OnePool;
import io.fairlead.server.terminal.Progress;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fairlead warm}: copies what one pool has into another. */
@Command(
    name = "warm",
    customSynopsis = "fairlead warm --from=A --to=B [OPTIONS]",
    description = {
      "Copies the keys of one pool into another, which keeps what it has.",
      "A and B are each a configuration file, or addresses as a:11211,b:11211.",
      "Flags and the remaining time to live are kept. A key that the target has is",
      "never replaced, so that it may be in use meanwhile, and that a run which was",
      "interrupted can be made again."
    },
    footer = {
      "",
      "Examples:",
      "  fairlead warm --from old.yaml --to new.yaml --rate 5000",
      "  fairlead warm --from 10.0.0.1,10.0.0.2 --to new.yaml --to-pool main --dry-run",
      "",
      ExitStatus.OK
          + "all was copied"
          + ExitStatus.FAILED
          + "some was not or it was stopped"
          + ExitStatus.USAGE
    })
public final class WarmCommand extends HelpfulCommand {
  private static final String UNNAMED = "servers";

  @Option(names = "--from", paramLabel = "A", required = true, description = "What is copied.")
  private String from;

  @Option(names = "--to", paramLabel = "B", required = true, description = "Where it is copied to.")
  private String to;

  @Option(
      names = "--from-pool",
      paramLabel = "POOL",
      description = "The pool of the file A; default: the only one.")
  private @Nullable String fromPool;

  @Option(
      names = "--to-pool",
      paramLabel = "POOL",
      description = "The pool of the file B; default: the only one.")
  private @Nullable String toPool;

  @Option(
      names = "--keys",
      paramLabel = "FILE",
      description = {
        "Only these keys, one on a line. Default: all that",
        "the servers of A list (lru_crawler metadump)."
      })
  private @Nullable Path keys;

  @Option(names = "--prefix", paramLabel = "TEXT", description = "Only keys that begin with this.")
  private String prefix = "";

  @Option(
      names = "--rate",
      paramLabel = "N",
      converter = RateOption.class,
      description = "Most keys per second; default: max.")
  private double rate;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = TimeOption.class,
      description = "How long a server may take to answer; default: 5s.")
  private Duration timeout = Duration.ofSeconds(5);

  @Option(
      names = "--dry-run",
      description = "List the keys and say where they would go; copy nothing.")
  private boolean isDryRun;

  @Mixin private FormatOption format = new FormatOption();

  @Mixin private LookupOption lookup = new LookupOption();

  @SuppressWarnings("NullAway.Init") // picocli sets from and to
  WarmCommand() {}

  /** A pool and the settings it is from. */
  private record Place(ProxySettings settings, PoolSettings pool) {}

  @Override
  public Integer call() throws UserError {
    Place source = place("--from", from, fromPool);
    Place target = place("--to", to, toPool);
    if (keys != null && !Files.isReadable(keys)) {
      throw new UserError(keys + " cannot be read (expected: a file with one key on each line).");
    }
    Progress progress = Progress.onStandardError(err());
    WarmSettings settings = new WarmSettings(keys, prefix.getBytes(UTF_8), rate, isDryRun);
    Warming warming = new Warming(settings, InstantSource.system(), progress::show);
    Signals.handle("INT", warming::stop);
    Signals.handle("TERM", warming::stop);
    String problem = Logs.without("io.fairlead", () -> run(warming, source, target));
    progress.end();
    print(warming.result(), problem);
    boolean isWhole = problem == null && !warming.result().isStopped();
    return isWhole && warming.result().failed() == 0 ? 0 : 1;
  }

  private @Nullable String run(Warming warming, Place source, Place target) {
    try (Servers sources = Servers.of(source.settings(), timeout);
        Servers targets = Servers.of(target.settings(), timeout)) {
      warming.run(source.pool(), sources, target.pool(), targets);
      return null;
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private Place place(String option, String text, @Nullable String pool) throws UserError {
    if (Files.isRegularFile(Path.of(text))) {
      return ofFile(option, Path.of(text), pool);
    }
    List<ServerSettings> servers = new ArrayList<>();
    for (String each : text.split(",", -1)) {
      try {
        servers.add(ServerSettings.at(Address.parse(each, ServerSettings.DEFAULT_PORT)));
      } catch (IllegalArgumentException e) {
        throw mistake(option + ": " + each + " (expected: a file, or host:port,host:port)");
      }
    }
    PoolSettings unnamed = PoolSettings.of(UNNAMED, PoolSettings.Mode.SHARDED, servers);
    ProxySettings settings =
        OnePool.settings(
            unnamed,
            List.of(ListenerSettings.DEFAULT_ADDRESS),
            Set.of(),
            null,
            ThreadSettings.DEFAULT);
    return new Place(settings, unnamed);
  }

  private Place ofFile(String option, Path file, @Nullable String pool) throws UserError {
    ProxySettings settings =
        lookup.complete(ConfigFile.load(file, LoadOptions.NONE).settings(), err());
    if (pool == null && settings.pools().size() != 1) {
      throw mistake(option + "-pool is missing: " + file + " has more pools than one.");
    }
    PoolSettings chosen =
        pool == null ? settings.pools().get(0) : ConfigFile.pool(settings, pool, file);
    if (chosen.servers().isEmpty()) {
      throw new UserError("pool " + chosen.name() + " of " + file + " has no servers.");
    }
    return new Place(settings, chosen);
  }

  private void print(WarmResult result, @Nullable String problem) {
    PrintWriter out = out();
    PrintWriter err = err();
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("keys", result.listed());
    if (isDryRun) {
      members.put("shares", result.shares());
    } else {
      members.put("copied", result.copied());
      members.put("there_already", result.present());
      members.put("gone", result.missing());
      members.put("out_of_date", result.stale());
      members.put("failed", result.failed());
      members.put("not_reached", result.listed() - result.done());
      members.put("bytes", result.bytes());
    }
    if (format.isJson()) {
      out.println(Json.write(members));
    } else {
      members.forEach((name, value) -> out.println(name.replace('_', ' ') + ": " + value));
    }
    out.flush();
    result.problems().forEach(each -> err.println("fairlead: " + each));
    if (problem != null) {
      err.println("fairlead: " + problem + "; run it again to go on.");
    } else if (result.isStopped()) {
      err.println("fairlead: stopped; run it again to go on.");
    }
    err.flush();
  }
}
