package io.fairlead.server.remote;

import io.fairlead.config.NearestKey;
import io.fairlead.server.command.TimeOption;
import io.fairlead.server.command.UserError;
import io.fairlead.server.remote.Snapshot.Pool;
import io.fairlead.server.remote.Snapshot.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A server of a running proxy which an operator holds back or lets go, and who may do that. */
final class HeldServerOptions {
  private static final long PAUSE_MILLIS = 100;
  private static final String TOKEN = "FAIRLEAD_ADMIN_TOKEN";

  @Parameters(
      paramLabel = "SERVER",
      arity = "1",
      description = "Its name, or its address when that is unique.")
  private String server = "";

  @Option(
      names = "--pool",
      paramLabel = "NAME",
      description = {"Needed when more than one pool has a server of", "that name."})
  private @Nullable String pool;

  @Option(
      names = "--admin",
      paramLabel = "ADDR",
      converter = RemoteOption.class,
      description = {
        "The admin port of the proxy, HOST:PORT or a URL;",
        "default: " + RemoteOption.DEFAULT + "."
      })
  private RemoteProxy proxy = RemoteProxy.at(RemoteOption.DEFAULT);

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = {
        "Has the token, as that of serve --admin-token-file;",
        "default: the variable " + TOKEN + "."
      })
  private @Nullable Path tokenFile;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = TimeOption.class,
      description = "How long to wait; default: 60s.")
  private Duration timeout = Duration.ofSeconds(60);

  /** One that a proxy has. */
  record Found(String pool, String server) {
    @Override
    public String toString() {
      return pool + "/" + server;
    }
  }

  Duration timeout() {
    return timeout;
  }

  /** Looks for it in the proxy. */
  Found find() throws UserError {
    Snapshot snapshot;
    try {
      snapshot = proxy.snapshot();
    } catch (RemoteException e) {
      throw new UserError(e.getMessage() + ".", e);
    }
    List<Found> found = matches(snapshot, Server::name);
    if (found.isEmpty()) {
      found = matches(snapshot, Server::address);
    }
    if (found.size() == 1) {
      return found.get(0);
    }
    throw new UserError(found.isEmpty() ? unknown(snapshot) : ambiguous(found));
  }

  private List<Found> matches(Snapshot snapshot, Function<Server, String> by) {
    return pools(snapshot)
        .flatMap(
            each ->
                each.servers().stream()
                    .filter(one -> by.apply(one).equals(server))
                    .map(one -> new Found(each.name(), one.name())))
        .toList();
  }

  private Stream<Pool> pools(Snapshot snapshot) {
    return snapshot.pools().stream().filter(each -> pool == null || each.name().equals(pool));
  }

  private String unknown(Snapshot snapshot) {
    List<String> names = snapshot.pools().stream().map(Pool::name).toList();
    if (pool != null && !names.contains(pool)) {
      return "--pool: " + pool + ": " + proxy + " has no such pool" + near(pool, names);
    }
    List<String> servers =
        pools(snapshot).flatMap(p -> p.servers().stream()).map(Server::name).toList();
    return server
        + ": "
        + (pool == null ? proxy.toString() : "pool " + pool)
        + " has no such server"
        + near(server, servers);
  }

  private static String near(String word, List<String> known) {
    String hint = NearestKey.hint(word, known);
    return hint == null ? " (its page /servers has all)." : "; " + hint;
  }

  private String ambiguous(List<Found> found) {
    return server
        + ": "
        + found.stream().map(Found::toString).collect(Collectors.joining(", "))
        + " are meant (expected: one; choose it with --pool and its name).";
  }

  /** Has the proxy do something with it. */
  Order order(Found found, String verb) throws UserError {
    String token = token();
    RemoteProxy ordered = token == null ? proxy : proxy.withToken(token);
    try {
      return ordered.order(found.pool(), found.server(), verb);
    } catch (RemoteException e) {
      throw new UserError(e.getMessage() + ".", e);
    }
  }

  private @Nullable String token() throws UserError {
    if (tokenFile == null) {
      String given = System.getenv(TOKEN);
      return given == null || given.isBlank() ? null : printable(TOKEN, given);
    }
    try {
      return printable("--token-file: " + tokenFile, Files.readString(tokenFile));
    } catch (IOException e) {
      throw new UserError(
          "--token-file: " + tokenFile + " (expected: a file that can be read).", e);
    }
  }

  private static String printable(String where, String text) throws UserError {
    String token = text.strip();
    if (!token.matches("[!-~]+")) {
      throw new UserError(where + ": no token (expected: one line without blanks).");
    }
    return token;
  }

  /**
   * Looks at it again and again, also while the proxy does not answer.
   *
   * @return whether it came to be as wanted, in time
   */
  boolean await(Found found, Predicate<Server> wanted, Consumer<Server> each)
      throws InterruptedException {
    long end = System.nanoTime() + timeout.toNanos();
    while (System.nanoTime() - end < 0) {
      try {
        Server now = proxy.server(found.pool(), found.server());
        each.accept(now);
        if (wanted.test(now)) {
          return true;
        }
      } catch (RemoteException e) {
        // The end of the time says so, if that does not change.
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
    return false;
  }
}
