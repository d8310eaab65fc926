package io.fairlead.server.settings;

import io.fairlead.config.ProxySettings;
import io.fairlead.discovery.DiscoveryPlaces;
import io.fairlead.discovery.SourceAnswer;
import io.fairlead.placement.LookedUp;
import io.fairlead.runtime.SourceLookup;
import io.fairlead.server.log.Logs;
import io.fairlead.server.report.SourceLines;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Option;

/** Whether a command that runs no proxy asks the sources of servers in a file. */
public final class LookupOption {
  /** As long as one question to a DNS server takes that does not answer. */
  public static final Duration LIMIT = Duration.ofSeconds(2);

  @Option(
      names = "--no-lookup",
      description = {
        "Connect to nobody: leave servers out that are",
        "looked up by dns:// and so on. Default: sources",
        "are asked once, for up to 2 s."
      })
  private boolean isOff;

  private DiscoveryPlaces places = DiscoveryPlaces.ofThisMachine();

  /** Asks elsewhere than this machine would. */
  public void askAt(DiscoveryPlaces others) {
    places = others;
  }

  /** The settings of a file with the servers that its sources name. */
  SourceLookup ask(ProxySettings settings) {
    // What goes wrong is in the answers, and is no event of a process that serves.
    return isOff
        ? SourceLookup.none(settings)
        : Logs.without("io.fairlead.discovery", () -> SourceLookup.of(settings, places, LIMIT));
  }

  /** The same, with what was found and what was not on standard error. */
  public ProxySettings complete(ProxySettings settings, PrintWriter err) {
    SourceLookup lookup = ask(settings);
    SourceLines lines = new SourceLines(lookup.answers(), LIMIT);
    lines.found().forEach(err::println);
    lines.unanswered().forEach(line -> err.println("warning: " + line));
    err.flush();
    return lookup.settings();
  }

  /**
   * The same for a review.
   *
   * @param answers where the answers are added
   */
  public LookedUp lookUp(ProxySettings settings, List<SourceAnswer> answers) {
    SourceLookup lookup = ask(settings);
    answers.addAll(lookup.answers());
    return new LookedUp(lookup.settings(), new SourceLines(lookup.answers(), LIMIT).missing());
  }
}
