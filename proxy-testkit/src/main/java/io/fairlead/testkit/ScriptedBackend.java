package io.fairlead.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/**
 * A server on the loopback address that follows a script and records what it receives.
 *
 * <p>Every connection runs its own script on its own thread: the first connection the first script
 * and so on, the last script serves all later ones. All methods may be called from any thread.
 */
public final class ScriptedBackend implements AutoCloseable {
  /** A line that was read, without its line end; the body of a storage command counts as lines. */
  public record Received(int connection, long nanos, String line) {}

  /** A connection that was accepted. */
  public record Accepted(int connection, long nanos) {}

  private static final Duration AWAIT_LIMIT = Duration.ofSeconds(10);

  private final Object lock = new Object();
  private final List<Received> received = new ArrayList<>();
  private final List<Accepted> accepted = new ArrayList<>();
  private final List<ScriptedConnection> connections = new ArrayList<>();
  private final List<Throwable> failures = new ArrayList<>();
  private final Listener listener;
  private List<Script> scripts;
  private int scriptsFrom;

  private ScriptedBackend(List<Script> scripts) {
    this.scripts = scripts;
    this.listener = new Listener("scripted-backend", this::onAccepted);
  }

  /** Starts one whose n-th connection runs the n-th script, and later ones the last script. */
  public static ScriptedBackend running(Script first, Script... more) {
    return new ScriptedBackend(listOf(first, more));
  }

  /** Starts one that answers every command line; see {@link Script#answering}. */
  public static ScriptedBackend answering(UnaryOperator<String> answer) {
    return running(Script.answering(answer));
  }

  public String host() {
    return "127.0.0.1";
  }

  public int port() {
    return listener.port();
  }

  public SocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port());
  }

  /** Gives the connections accepted from now on other scripts. */
  public void nowRunning(Script first, Script... more) {
    synchronized (lock) {
      scripts = listOf(first, more);
      scriptsFrom = accepted.size();
    }
  }

  /**
   * Refuses connections from now on. Those that are open stay open; one that has just been made and
   * is not accepted yet is reset ({@link #awaitConnections} tells).
   */
  public void refuse() {
    listener.refuse();
  }

  /** Accepts connections again, on the same port. */
  public void listen() {
    listener.listen();
  }

  /** Sends these bytes, which nobody asked for, on every open connection. */
  public void sendToAll(String bytes) {
    for (ScriptedConnection connection : openConnections()) {
      try {
        connection.send(bytes);
      } catch (IOException e) {
        // The peer was quicker to close it.
      }
    }
  }

  public void closeConnections() {
    for (ScriptedConnection connection : openConnections()) {
      try {
        connection.close();
      } catch (IOException e) {
        // closed by the peer at the same moment
      }
    }
  }

  public void resetConnections() {
    openConnections().forEach(ScriptedConnection::reset);
  }

  public int openConnectionCount() {
    return openConnections().size();
  }

  /** Every line received so far, over all connections, in order of arrival. */
  public List<String> lines() {
    return received().stream().map(Received::line).toList();
  }

  public List<Received> received() {
    synchronized (lock) {
      return List.copyOf(received);
    }
  }

  public List<Accepted> accepted() {
    synchronized (lock) {
      return List.copyOf(accepted);
    }
  }

  /** Waits until at least that many lines were received, and returns all of them. */
  public List<String> awaitLines(int count) {
    await(() -> received.size() >= count, count + " lines");
    return lines();
  }

  /** Waits until at least that many connections were accepted. */
  public void awaitConnections(int count) {
    await(() -> accepted.size() >= count, count + " connections");
  }

  /** Waits until no more than that many connections are open. */
  public void awaitOpenConnections(int atMost) {
    await(() -> connections.size() <= atMost, "at most " + atMost + " open connections");
  }

  /** Fails with the first expectation of a script that was not met. */
  public void verify() {
    synchronized (lock) {
      if (!failures.isEmpty()) {
        throw new AssertionError("a script failed", failures.get(0));
      }
    }
  }

  @Override
  public void close() {
    listener.close();
    closeConnections();
  }

  private void onAccepted(Socket socket) {
    int number;
    Script script;
    synchronized (lock) {
      accepted.add(new Accepted(accepted.size() + 1, System.nanoTime()));
      number = accepted.size();
      script = scripts.get(Math.min(number - scriptsFrom, scripts.size()) - 1);
      lock.notifyAll();
    }
    Daemon.start("scripted-backend-" + port() + "-" + number, () -> run(script, socket, number));
  }

  private void run(Script script, Socket socket, int number) {
    try {
      ScriptedConnection connection =
          new ScriptedConnection(number, socket, new LineRecorder(line -> record(number, line)));
      synchronized (lock) {
        connections.add(connection);
      }
      try {
        follow(script, connection);
      } finally {
        Listener.closeQuietly(socket);
        synchronized (lock) {
          connections.remove(connection);
          lock.notifyAll();
        }
      }
    } catch (IOException e) {
      // The connection ended: nothing more to do for its script.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void follow(Script script, ScriptedConnection connection)
      throws IOException, InterruptedException {
    try {
      script.run(connection);
      connection.readToEnd();
    } catch (RuntimeException | AssertionError e) {
      synchronized (lock) {
        failures.add(e);
      }
    }
  }

  private void record(int connection, String line) {
    synchronized (lock) {
      received.add(new Received(connection, System.nanoTime(), line));
      lock.notifyAll();
    }
  }

  private List<ScriptedConnection> openConnections() {
    synchronized (lock) {
      return connections.stream().filter(ScriptedConnection::isOpen).toList();
    }
  }

  private void await(BooleanSupplier condition, String what) {
    long end = System.nanoTime() + AWAIT_LIMIT.toNanos();
    synchronized (lock) {
      while (!condition.getAsBoolean()) {
        long millis = (end - System.nanoTime()) / 1_000_000;
        if (millis <= 0) {
          throw new AssertionError(
              "no " + what + " within " + AWAIT_LIMIT.toSeconds() + " s; received " + received);
        }
        try {
          lock.wait(millis);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new AssertionError("interrupted while waiting for " + what, e);
        }
      }
    }
  }

  private static List<Script> listOf(Script first, Script... more) {
    List<Script> scripts = new ArrayList<>();
    scripts.add(first);
    scripts.addAll(List.of(more));
    return List.copyOf(scripts);
  }
}
