package io.fairlead.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Clients that ask for keys at a rate of their own, however slowly they are answered. A reply is as
 * late as it comes after the moment its request was due, so that a stall counts for all requests
 * that were due in it.
 */
public final class OpenLoad implements AutoCloseable {
  private static final int CLIENTS = 4;
  private static final long TURN_NANOS = 1_000_000;

  private final int keys;
  private final int perTurn;
  private final List<Client> clients = new ArrayList<>();
  private final AtomicBoolean ends = new AtomicBoolean();
  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
  private final Set<Integer> missed = ConcurrentHashMap.newKeySet();
  private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final Thread sender = new Thread(this::send, "open-load");

  private record Request(int key, long dueAt) {}

  /** A request and how long after it was due it was answered. */
  public record Answer(long dueAt, long nanos) {}

  private OpenLoad(int port, int keys, int perSecond) throws IOException {
    this.keys = keys;
    this.perTurn = Math.max(1, perSecond / 1000);
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(new Client(new Socket(InetAddress.getLoopbackAddress(), port)));
    }
  }

  /**
   * The name of one of its keys. The number comes first: fnv1a_64 hardly tells apart keys of which
   * only the end differs, so that a hundred of them would be on one server or on the other.
   */
  public static String key(int number) {
    return number + "-is-its-number";
  }

  /** Asks for its keys one after the other, again and again; the value of each is x. */
  public static OpenLoad start(int port, int keys, int perSecond) throws IOException {
    OpenLoad load = new OpenLoad(port, keys, perSecond);
    load.clients.forEach(client -> client.reader.start());
    load.sender.start();
    return load;
  }

  private void send() {
    int key = 0;
    long due = System.nanoTime();
    while (!ends.get()) {
      Client client = clients.get(key % CLIENTS);
      StringBuilder batch = new StringBuilder();
      for (int i = 0; i < perTurn; i++) {
        client.waiting.add(new Request(key % keys, due));
        batch.append("get ").append(key(key % keys)).append("\r\n");
        key++;
      }
      client.write(batch.toString());
      due += TURN_NANOS;
      LockSupport.parkNanos(due - System.nanoTime());
    }
  }

  /** What was answered since the start. */
  public List<Answer> answers() {
    return List.copyOf(answers);
  }

  /** Of those that were due in that time, the one than which one in a hundred is slower. */
  public static double p99Millis(List<Answer> answers, long from, long to) {
    long[] sorted =
        answers.stream()
            .filter(answer -> answer.dueAt() - from >= 0 && answer.dueAt() - to < 0)
            .mapToLong(Answer::nanos)
            .sorted()
            .toArray();
    return sorted.length == 0 ? 0 : sorted[sorted.length * 99 / 100] / 1e6;
  }

  /** The middle one of some numbers. */
  public static double median(double[] numbers) {
    double[] sorted = numbers.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  public int answered() {
    return answers.size();
  }

  /** Keys that were not found at least once. */
  public Set<Integer> missed() {
    return missed;
  }

  /** Errors, and connections that ended. */
  public List<String> wrong() {
    return List.copyOf(wrong);
  }

  @Override
  public void close() {
    ends.set(true);
    join(sender);
    clients.forEach(Client::end);
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private final class Client {
    private final Socket socket;
    private final Queue<Request> waiting = new ConcurrentLinkedQueue<>();
    private final Thread reader = new Thread(this::read, "open-load-reader");

    Client(Socket socket) {
      this.socket = socket;
      reader.setDaemon(true);
    }

    void write(String text) {
      try {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(US_ASCII));
      } catch (IOException e) {
        wrong.add("sending failed: " + e);
      }
    }

    private void read() {
      try (BufferedReader in =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII))) {
        boolean hit = false;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
          if (line.equals("END")) {
            answered(waiting.remove(), hit);
            hit = false;
          } else if (line.startsWith("VALUE ") || line.equals("x")) {
            hit = true;
          } else {
            wrong.add(line);
          }
        }
      } catch (IOException e) {
        wrong.add("reading failed: " + e);
      }
      if (!ends.get() || !waiting.isEmpty()) {
        wrong.add("a connection ended with " + waiting.size() + " requests in flight");
      }
    }

    private void answered(Request request, boolean hit) {
      answers.add(new Answer(request.dueAt(), System.nanoTime() - request.dueAt()));
      if (!hit) {
        missed.add(request.key());
      }
    }

    /** Waits for what is in flight. */
    void end() {
      try {
        socket.shutdownOutput();
        join(reader);
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
