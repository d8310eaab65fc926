package io.fairlead.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The installed nutcracker (twemproxy) as a child process with a given configuration.
 *
 * <p>Every {@code listen: <host>:0} of the configuration gets a free port; the statistics port is a
 * free one, too. The program is the one named by the environment variable {@value
 * #ENVIRONMENT_VARIABLE}, or the first {@code nutcracker} on the path or in the usual folders.
 */
public final class NutcrackerProcess implements AutoCloseable {
  public static final String ENVIRONMENT_VARIABLE = "FAIRLEAD_NUTCRACKER";

  private static final String NOT_INSTALLED =
      "nutcracker is not installed: apt-get install nutcracker";
  private static final String LOOPBACK = "127.0.0.1";
  private static final Pattern LISTEN =
      Pattern.compile("(?m)^(?<start>\\s+listen:\\s*)(?<address>[^\\s#]+)");

  private final ChildProcess process;
  private final Path folder;
  private final List<SocketAddress> addresses;
  private final int statsPort;

  private NutcrackerProcess(Path program, String yaml, List<String> arguments) {
    addresses = new ArrayList<>();
    String chosen = chooseAddresses(yaml, addresses);
    statsPort = FreePorts.next();
    try {
      folder = Files.createTempDirectory("fairlead-nutcracker");
      Files.writeString(configuration(), chosen);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    process = ChildProcess.start(command(program, arguments));
    if (!Readiness.await(this::acceptsEverywhere, process::isRunning)) {
      StartFailure failure = new StartFailure("nutcracker did not start", process);
      close();
      throw failure;
    }
  }

  public static boolean isInstalled() {
    return program().isPresent();
  }

  /**
   * Whether it would start with a configuration file, as far as it can tell without doing it.
   *
   * @throws IllegalStateException when it is not installed
   */
  public static boolean accepts(Path file) {
    Path program = installed();
    return ChildProcess.succeeds(List.of(program.toString(), "-t", "-c", file.toString()));
  }

  /**
   * Starts it and returns when every pool accepts connections.
   *
   * @param yaml the text of the configuration
   * @param arguments added to the command line, for example {@code -m 512}
   * @throws IllegalStateException when it is not installed or does not start; the message says why
   */
  public static NutcrackerProcess start(String yaml, String... arguments) {
    Path program = installed();
    return StartFailure.retryWhenPortTaken(
        () -> new NutcrackerProcess(program, yaml, List.of(arguments)));
  }

  /** The port of the first pool. */
  public int port() {
    return ports().get(0);
  }

  /** The TCP ports of all pools, in the order of the configuration. */
  public List<Integer> ports() {
    return addresses.stream()
        .filter(InetSocketAddress.class::isInstance)
        .map(address -> ((InetSocketAddress) address).getPort())
        .toList();
  }

  /** Where all pools are reached, in the order of the configuration. */
  public List<SocketAddress> addresses() {
    return List.copyOf(addresses);
  }

  /** Where it gives its statistics as JSON to whoever connects. */
  public int statsPort() {
    return statsPort;
  }

  public long pid() {
    return process.pid();
  }

  public Optional<Duration> cpuTime() {
    return process.cpuTime();
  }

  public boolean isRunning() {
    return process.isRunning();
  }

  /** What it wrote to its log. */
  public String log() {
    return process.output();
  }

  @Override
  public void close() {
    process.kill();
    try {
      Files.deleteIfExists(configuration());
      Files.deleteIfExists(pidFile());
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      // Files left behind in the temporary folder harm nobody.
    }
  }

  /** Replaces port 0, and collects what is listened on. */
  static String chooseAddresses(String yaml, List<SocketAddress> addresses) {
    Matcher listen = LISTEN.matcher(yaml);
    StringBuilder chosen = new StringBuilder();
    while (listen.find()) {
      String address = listen.group("address");
      if (address.startsWith("/")) {
        addresses.add(UnixDomainSocketAddress.of(address));
        continue;
      }
      int colon = address.lastIndexOf(':');
      int port = Integer.parseInt(address.substring(colon + 1));
      if (port == 0) {
        port = FreePorts.next();
      }
      String host = address.substring(0, colon);
      addresses.add(new InetSocketAddress(host.equals("::1") ? host : LOOPBACK, port));
      String replacement = listen.group("start") + host + ":" + port;
      listen.appendReplacement(chosen, Matcher.quoteReplacement(replacement));
    }
    return listen.appendTail(chosen).toString();
  }

  /** The log goes to standard error, which is kept; the default is a file of the system. */
  private List<String> command(Path program, List<String> arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                program.toString(),
                "-c",
                configuration().toString(),
                "-p",
                pidFile().toString(),
                "-a",
                "127.0.0.1",
                "-s",
                Integer.toString(statsPort),
                "-o",
                "/dev/stderr"));
    command.addAll(arguments);
    return command;
  }

  private boolean acceptsEverywhere() {
    return addresses.stream().allMatch(Readiness::accepts);
  }

  private Path configuration() {
    return folder.resolve("nutcracker.yml");
  }

  private Path pidFile() {
    return folder.resolve("nutcracker.pid");
  }

  static Path installed() {
    return program().orElseThrow(() -> new IllegalStateException(NOT_INSTALLED));
  }

  private static Optional<Path> program() {
    return Programs.find("nutcracker", ENVIRONMENT_VARIABLE);
  }
}
