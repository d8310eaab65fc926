package io.fairlead.model;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Random;

/** A client that sends random pipelines and has every reply checked. */
final class CheckingClient {
  private static final int LONGEST_PIPELINE = 200;
  private static final int PATIENCE_MILLIS = 30_000;

  /** So many pipelines the client does not wait for, but goes away. */
  private static final int LEAVES_ONE_IN = 50;

  private final Model model;
  private final Random random;
  private final RandomPipeline pipeline;
  private final ReplyChecker checker;
  private final int operations;
  private int connections;
  private long checked;

  CheckingClient(int client, Model model, int operations) {
    this.model = model;
    this.operations = operations;
    random = new Random(model.seed() + client);
    pipeline = new RandomPipeline(client, random.nextLong(), model.keys(), model.written());
    checker = new ReplyChecker(client, model.keys(), model.oneServer(), model.written(), pipeline);
  }

  /** Requests whose replies were read and found right; those of a lost connection are none. */
  long checked() {
    return checked;
  }

  int connections() {
    return connections;
  }

  long errors() {
    return checker.errors();
  }

  long hits() {
    return checker.hits();
  }

  /** Runs until as many requests were checked as was said. */
  void run() throws IOException {
    while (checked < operations) {
      connections++;
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), model.port())) {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        converse(socket);
      }
    }
  }

  private void converse(Socket socket) throws IOException {
    ReplyInput in = new ReplyInput(socket.getInputStream());
    while (checked < operations) {
      List<Asked> asked = pipeline.next(1 + random.nextInt(LONGEST_PIPELINE));
      int read = 0;
      try {
        socket.getOutputStream().write(pipeline.bytes());
        if (random.nextInt(LEAVES_ONE_IN) == 0) {
          asked.forEach(checker::unanswered);
          return;
        }
        for (; read < asked.size(); read++) {
          checker.check(asked.get(read), in);
        }
      } catch (SocketTimeoutException e) {
        throw new WrongReply(
            "no reply to a %s, %d of %d, at port %d, in %d ms; the last that came: %s; the proxy: %s"
                .formatted(
                    asked.get(read).kind,
                    read + 1,
                    asked.size(),
                    socket.getLocalPort(),
                    PATIENCE_MILLIS,
                    in,
                    model.state()));
      } catch (EOFException | SocketException e) {
        // Half a value had been passed on when its server failed: nothing can follow it.
        asked.subList(read, asked.size()).forEach(checker::unanswered);
        return;
      }
      if (in.hasMore()) {
        throw new WrongReply("more replies than requests");
      }
      checked += asked.stream().filter(each -> each.kind != Asked.Kind.BARRIER).count();
    }
  }
}
