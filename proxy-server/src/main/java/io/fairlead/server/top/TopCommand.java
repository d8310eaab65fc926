package io.fairlead.server.top;

import io.fairlead.server.command.ExitStatus;
import io.fairlead.server.command.HelpfulCommand;
import io.fairlead.server.command.TimeOption;
import io.fairlead.server.command.UserError;
import io.fairlead.server.command.WholeNumber;
import io.fairlead.server.process.Signals;
import io.fairlead.server.remote.RemoteException;
import io.fairlead.server.remote.RemoteOption;
import io.fairlead.server.remote.RemoteProxy;
import io.fairlead.server.terminal.Colour;
import io.fairlead.server.terminal.Tty;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fairlead top}: what a running proxy does, as it happens. */
@Command(
    name = "top",
    customSynopsis = "fairlead top [OPTIONS] [ADDR]",
    description = {
      "Shows what a running proxy does, as it happens.",
      "There are rates, times, servers with their state and why, hot keys and events;",
      "q or Ctrl-C ends it. Where standard output is no terminal, or with --plain, it",
      "is a line for each second."
    },
    footer = {
      "",
      "Examples:",
      "  fairlead top",
      "  fairlead top proxy1:5001 --interval 5s",
      "  fairlead top --plain --count 60 > minute.txt",
      "",
      "Environment: NO_COLOR, when it is set, means no colours.",
      "",
      ExitStatus.OK
          + "ended as wished"
          + ExitStatus.FAILED
          + "no answer (--count), no terminal"
          + ExitStatus.USAGE
    })
public final class TopCommand extends HelpfulCommand {
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  @Parameters(
      paramLabel = "ADDR",
      arity = "0..1",
      converter = RemoteOption.class,
      description = {
        "The admin port of the proxy, HOST:PORT or a URL;",
        "default: " + RemoteOption.DEFAULT + "."
      })
  private @Nullable RemoteProxy proxy;

  @Option(
      names = "--admin",
      paramLabel = "ADDR",
      converter = RemoteOption.class,
      description = "The same, as other commands have it.")
  private @Nullable RemoteProxy admin;

  @Option(
      names = "--interval",
      paramLabel = "TIME",
      converter = TimeOption.class,
      description = "How often to ask it; default: 1s.")
  private Duration interval = SHORTEST;

  @Option(
      names = "--count",
      paramLabel = "N",
      converter = Count.class,
      description = "End after so many lines or pictures; default: never.")
  private int count;

  @Option(names = "--plain", description = "Lines, on a terminal too.")
  private boolean isPlain;

  static final class Count extends WholeNumber {
    Count() {
      super(1, 999_999_999);
    }
  }

  @Override
  public Integer call() throws UserError, InterruptedException {
    Feed feed = new Feed(asked()::snapshot, checkedInterval());
    try {
      if (isPlain || !Tty.isTerminal(Tty.STANDARD_OUTPUT)) {
        new PlainForm(feed, out(), count).run();
      } else {
        new LiveForm(feed, count, Colour.isWanted()).run(Signals::handle);
      }
      return 0;
    } catch (RemoteException e) {
      throw new UserError(e.getMessage() + ".", e);
    } catch (IOException e) {
      throw new UserError(e.getMessage() + "; top --plain needs none.", e);
    }
  }

  private RemoteProxy asked() {
    if (proxy != null && admin != null) {
      throw mistake("--admin: " + admin + " (expected: nothing beside " + proxy + ")");
    }
    if (proxy != null) {
      return proxy;
    }
    return admin != null ? admin : RemoteProxy.at(RemoteOption.DEFAULT);
  }

  private Duration checkedInterval() {
    if (interval.compareTo(SHORTEST) < 0) {
      throw mistake(
          "--interval: "
              + interval.toMillis()
              + "ms (expected: 1s or more, as the proxy looks at itself once a second)");
    }
    return interval;
  }
}
