package io.fairlead.testkit;

import io.fairlead.testkit.cache.Session;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a {@link FaultyMemcached}: request after request, each with its reply or fault.
 */
final class FaultyConnection {
  private static final String VERSION = "1.6.18";
  private static final String REFUSAL = "SERVER_ERROR out of memory storing object\r\n";
  private static final String[] GARBAGE = {
    "\0\1\2\u00ff\r\n",
    "WHAT?\r\n",
    "\r\n",
    "END\n",
    "VALUE ~ 0 -1\r\n",
    "VALUE ~ 0 99999999999\r\n",
    "VALUE ~\r\n",
    "VA x\r\n"
  };

  private final FaultyMemcached server;
  private final Socket socket;
  private final FaultPlan plan;
  private final Random random;
  private final InputStream in;
  private final OutputStream out;
  private final RequestCutter requests;
  private final Session session;
  private final ByteArrayOutputStream replies = new ByteArrayOutputStream();

  /** A reply that comes behind the next one. */
  private byte @Nullable [] held;

  FaultyConnection(FaultyMemcached server, Socket socket, FaultPlan plan) throws IOException {
    this.server = server;
    this.socket = socket;
    this.plan = plan;
    this.random = plan.random();
    this.in = socket.getInputStream();
    this.out = socket.getOutputStream();
    this.requests = new RequestCutter(in);
    this.session = new Session(server.cache(), VERSION);
  }

  /** Serves until the connection ends. */
  void serve() throws IOException, InterruptedException {
    while (!socket.isClosed()) {
      if (!requests.hasLine()) {
        flush();
      }
      String line = requests.nextLine();
      boolean retrieval = line.startsWith("g");
      if (!retrieval) {
        release();
      }
      Fault fault = plan.next(retrieval);
      if (fault == null) {
        answer(execute(line));
        release();
      } else {
        server.onFault(fault);
        go(fault, line);
      }
    }
  }

  /** Sends what was held back. */
  private void release() {
    byte[] late = held;
    held = null;
    if (late != null) {
      answer(late);
    }
  }

  private void go(Fault fault, String line) throws IOException, InterruptedException {
    switch (fault) {
      case EARLY -> {
        answer(REFUSAL);
        flush();
        take(line);
      }
      case REFUSED -> {
        take(line);
        answer(REFUSAL);
      }
      case STALLED -> stall();
      case LATE -> {
        flush();
        Thread.sleep(server.late().toMillis());
        answer(execute(line));
      }
      default -> spoil(fault, execute(line));
    }
  }

  private void spoil(Fault fault, byte[] reply) throws IOException {
    switch (fault) {
      case CLOSED -> close();
      case RESET -> Listener.reset(socket);
      case HALF -> {
        replies.write(reply, 0, reply.length / 2);
        close();
      }
      case IN_PIECES -> inPieces(reply);
      case GARBAGE -> {
        answer(GARBAGE[random.nextInt(GARBAGE.length)]);
        answer(reply);
      }
      case WRONG_KIND -> {
        answer(isRetrieval(reply) ? "STORED\r\n" : "END\r\n");
        answer(reply);
      }
      case TWICE -> {
        answer(reply);
        answer(reply);
      }
      case SWAPPED -> {
        release();
        held = reply;
      }
      case OTHER_KEY -> answer(Latin1.text(reply).replaceFirst("^VALUE .", "VALUE ~"));
      case OTHER_LENGTH -> answer(otherLength(Latin1.text(reply)));
      default -> {} // the reply is dropped
    }
  }

  private static boolean isRetrieval(byte[] reply) {
    return (reply[0] == 'V' && reply[2] == 'L') || (reply[0] == 'E' && reply[2] == 'D');
  }

  private String otherLength(String reply) {
    int lineEnd = reply.indexOf('\r');
    String[] words = reply.substring(0, lineEnd).split(" ", -1);
    if (words.length < 4) {
      return reply;
    }
    int length = Integer.parseInt(words[3]);
    words[3] = Integer.toString(length == 0 || random.nextBoolean() ? length + 1 : length - 1);
    return String.join(" ", words) + reply.substring(lineEnd);
  }

  private void inPieces(byte[] reply) throws IOException {
    flush();
    for (int from = 0; from < reply.length; ) {
      int length = Math.min(reply.length - from, 1 + random.nextInt(2 + reply.length / 8));
      out.write(reply, from, length);
      from += length;
    }
  }

  private void stall() throws IOException {
    flush();
    while (in.read() >= 0) {
      // whatever comes
    }
    throw new IOException("the proxy has given up");
  }

  private byte[] take(String line) throws IOException {
    byte[] request = requests.takeRequest(line);
    server.onRequest(line, request);
    return request;
  }

  private byte[] execute(String line) throws IOException {
    byte[] request = take(line);
    ByteArrayOutputStream reply = new ByteArrayOutputStream();
    session.receive(request, 0, request.length, reply);
    return reply.toByteArray();
  }

  private void answer(byte[] reply) {
    replies.write(reply, 0, reply.length);
  }

  private void answer(String reply) {
    answer(Latin1.bytes(reply));
  }

  private void flush() throws IOException {
    replies.writeTo(out);
    replies.reset();
  }

  private void close() throws IOException {
    flush();
    socket.close();
  }
}
