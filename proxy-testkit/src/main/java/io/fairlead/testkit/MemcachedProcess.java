package io.fairlead.testkit;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The installed memcached as a child process on the loopback address or a unix socket, with one
 * worker thread and 64 MiB.
 *
 * <p>The program is the one named by the environment variable {@value #ENVIRONMENT_VARIABLE}, or
 * the first {@code memcached} on the path, in {@code /usr/bin} or {@code /usr/local/bin}.
 */
public final class MemcachedProcess implements MemcachedServer {
  public static final String ENVIRONMENT_VARIABLE = "FAIRLEAD_MEMCACHED";

  private final List<String> command;
  private final SocketAddress address;
  private ChildProcess process;

  private MemcachedProcess(List<String> command, SocketAddress address) {
    this.command = command;
    this.address = address;
    this.process = launch();
  }

  public static boolean isInstalled() {
    return program().isPresent();
  }

  /** Starts one on a free port; {@code arguments} are added to the command line. */
  public static MemcachedProcess start(String... arguments) {
    return StartFailure.retryWhenPortTaken(() -> startAt("127.0.0.1", FreePorts.next(), arguments));
  }

  /** Starts one that listens on a unix socket only. The kernel limits paths to 107 bytes. */
  public static MemcachedProcess startOnUnixSocket(Path path, String... arguments) {
    List<String> where = List.of("-s", path.toString(), "-a", "0700");
    return new MemcachedProcess(
        command(where, List.of(arguments)), UnixDomainSocketAddress.of(path));
  }

  /** Starts one at an address of this machine: all of 127.0.0.0/8 are, on Linux. */
  public static MemcachedProcess startAt(String address, int port, String... arguments) {
    List<String> where = List.of("-l", address, "-p", Integer.toString(port), "-U", "0");
    return new MemcachedProcess(
        command(where, List.of(arguments)), new InetSocketAddress(address, port));
  }

  /** The same on the loopback address, in the clear although it has TLS elsewhere. */
  public static MemcachedProcess startInTheClearAt(int port, String... arguments) {
    List<String> where = List.of("-l", "notls:127.0.0.1:" + port, "-U", "0");
    return new MemcachedProcess(
        command(where, List.of(arguments)),
        new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  static MemcachedProvider provider() {
    return new MemcachedProvider() {
      @Override
      public boolean isAvailable() {
        return isInstalled();
      }

      @Override
      public MemcachedServer start(List<String> arguments) {
        return MemcachedProcess.start(arguments.toArray(String[]::new));
      }
    };
  }

  @Override
  public String host() {
    return address instanceof InetSocketAddress inet ? inet.getHostString() : "127.0.0.1";
  }

  @Override
  public int port() {
    return address instanceof InetSocketAddress inet ? inet.getPort() : 0;
  }

  @Override
  public SocketAddress address() {
    return address;
  }

  @Override
  public synchronized long pid() {
    return process.pid();
  }

  @Override
  public synchronized Optional<Duration> cpuTime() {
    return process.cpuTime();
  }

  @Override
  public synchronized boolean isRunning() {
    return process.isRunning();
  }

  @Override
  public synchronized void kill() {
    process.kill();
  }

  @Override
  public synchronized void freeze() {
    process.freeze();
  }

  @Override
  public synchronized void thaw() {
    process.thaw();
  }

  @Override
  public synchronized void restart() {
    process.kill();
    process = launch();
  }

  @Override
  public synchronized void close() {
    process.kill();
  }

  @Override
  public String toString() {
    return "memcached on " + address;
  }

  private ChildProcess launch() {
    ChildProcess child = ChildProcess.start(command);
    if (Readiness.await(() -> Readiness.answersVersion(address), child::isRunning)) {
      return child;
    }
    StartFailure failure = new StartFailure("memcached did not start on " + address, child);
    child.kill();
    throw failure;
  }

  private static List<String> command(List<String> where, List<String> arguments) {
    Path program = program().orElseThrow(() -> new IllegalStateException(Memcached.NOT_INSTALLED));
    List<String> command = new ArrayList<>(List.of(program.toString(), "-t", "1", "-m", "64"));
    command.addAll(where);
    if ("root".equals(System.getProperty("user.name"))) {
      command.addAll(List.of("-u", "root")); // without it memcached refuses to run as root
    }
    command.addAll(arguments);
    return List.copyOf(command);
  }

  private static Optional<Path> program() {
    return Programs.find("memcached", ENVIRONMENT_VARIABLE);
  }
}
