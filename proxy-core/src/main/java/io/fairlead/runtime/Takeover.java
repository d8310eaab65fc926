package io.fairlead.runtime;

import io.fairlead.config.ThreadSettings;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.Socket;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The part of the new process in a takeover; {@link TakeoverOffer} says what is said. */
public final class Takeover implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final long POLL_MILLIS = 1;
  private static final int LONGEST_LINE = 1 << 12;
  private static final int ROOT = 0;

  private final Path path;
  private final Socket socket;
  private final GivenSockets sockets = new GivenSockets();
  private final Set<String> ports = new HashSet<>();
  private long pid;

  private Takeover(Path path, Socket socket) {
    this.path = path;
    this.socket = socket;
  }

  /**
   * Says whether sockets can be taken over and passed on with a transport.
   *
   * @throws IOException when not; its message says why
   */
  public static void requirePossible(ThreadSettings.Transport transport) throws IOException {
    if (Transport.of(transport) != Transport.EPOLL) {
      throw new IOException("takeover: only Linux with transport epoll can pass sockets on");
    }
  }

  /**
   * Asks whoever waits at a path for its sockets; null when nobody does.
   *
   * @throws IOException when it does not give them; its message says why
   */
  public static @Nullable Takeover ask(Path path) throws IOException {
    if (!Files.exists(path)) {
      return null;
    }
    int owner = (int) Files.getAttribute(path, "unix:uid");
    if (owner != ROOT && owner != TakeoverTalk.ownUser()) {
      throw new IOException("takeover " + path + ": the file belongs to another user");
    }
    Socket socket = Socket.newSocketDomain();
    Takeover takeover = new Takeover(path, socket);
    try {
      socket.connect(new DomainSocketAddress(path.toString()));
      takeover.receiveSockets();
      return takeover;
    } catch (ConnectException nobodyListens) {
      takeover.close();
      return null;
    } catch (IOException e) {
      takeover.close();
      throw e;
    }
  }

  private void receiveSockets() throws IOException {
    say(TakeoverOffer.HELLO);
    List<String> names = new ArrayList<>();
    for (String line = hear(); !line.equals("end"); line = hear()) {
      int space = line.indexOf(' ');
      String rest = line.substring(space + 1);
      switch (line.substring(0, Math.max(0, space))) {
        case "pid" -> pid = Long.parseLong(rest);
        case "socket" -> names.add(rest);
        case "port" -> ports.add(rest);
        default -> throw failed("says what this version does not understand: " + line);
      }
    }
    say("send");
    for (String name : names) {
      sockets.add(new HeldSocket(name, hearDescriptor()));
    }
  }

  /** The process that is taken over. */
  public long pid() {
    return pid;
  }

  public GivenSockets sockets() {
    return sockets;
  }

  /** Whether the other process has a port that can only be bound when it has let go of it. */
  public boolean holdsPort(String name) {
    return ports.contains(name);
  }

  /**
   * This process serves: the other one frees its ports and ends.
   *
   * @throws IOException when it does not, and goes on serving
   */
  public void ready() throws IOException {
    say("ready");
    String answer;
    try {
      answer = hear();
    } catch (EOFException ended) {
      return; // which is what it is to do
    }
    if (!answer.equals("done")) {
      throw failed("does not let go: " + answer);
    }
  }

  private void say(String line) throws IOException {
    byte[] text = (line + "\n").getBytes(StandardCharsets.US_ASCII);
    ByteBuffer out = ByteBuffer.allocateDirect(text.length).put(text);
    int sent = socket.write(out, 0, text.length); // short enough for an empty socket
    if (sent != text.length) {
      throw failed("does not read");
    }
  }

  private String hear() throws IOException {
    StringBuilder line = new StringBuilder();
    ByteBuffer in = ByteBuffer.allocateDirect(1); // what follows may carry a descriptor
    long deadline = deadline();
    while (line.length() < LONGEST_LINE) {
      int length = socket.recv(in, 0, 1);
      if (length == 0) {
        pause(deadline);
      } else if (length < 0) {
        throw new EOFException(sentence("broke off"));
      } else if (in.get(0) == '\n') {
        return understood(line.toString());
      } else {
        line.append((char) in.get(0));
      }
    }
    throw failed("says too much");
  }

  private String understood(String line) throws IOException {
    if (line.startsWith("error ")) {
      throw failed("cannot be taken over: " + line.substring("error ".length()));
    }
    return line;
  }

  private int hearDescriptor() throws IOException {
    long deadline = deadline();
    while (true) {
      int descriptor = socket.recvFd();
      if (descriptor > 0) {
        return descriptor;
      }
      if (descriptor < 0) {
        throw failed("broke off");
      }
      pause(deadline);
    }
  }

  private static long deadline() {
    return System.nanoTime() + PATIENCE.toNanos();
  }

  private void pause(long deadline) throws IOException {
    if (System.nanoTime() - deadline > 0) {
      throw failed("does not answer within " + PATIENCE.toSeconds() + " s");
    }
    try {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("was not waited for: interrupted");
    }
  }

  private IOException failed(String how) {
    return new IOException(sentence(how));
  }

  private String sentence(String how) {
    String who = pid == 0 ? "the process there " : "process " + pid + " ";
    return "takeover "
        + path
        + ": "
        + who
        + how
        + ". Nothing has changed for it: stop it, then start this one.";
  }

  /** Lets go of the sockets that nobody has taken. */
  @Override
  public void close() {
    sockets.close();
    try {
      socket.close();
    } catch (IOException e) {
      // The other side notices its end all the same.
    }
  }
}
