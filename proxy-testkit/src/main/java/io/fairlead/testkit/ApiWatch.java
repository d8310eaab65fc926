package io.fairlead.testkit;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * One answer of an {@link ApiServer} that goes on until it is ended. What is to be told may come
 * from any thread; one thread of its own writes it.
 */
final class ApiWatch {
  private static final String END = "end";
  private static final String CUT_OFF = "cut off";

  private final HttpExchange exchange;
  private final boolean isSlow;
  private final BlockingQueue<Item> items = new LinkedBlockingQueue<>();

  /** Text to be written, and what comes of the watch then; nothing when that is empty. */
  private record Item(String text, String then) {}

  ApiWatch(HttpExchange exchange, String beginning, boolean isSlow) {
    this.exchange = exchange;
    this.isSlow = isSlow;
    items.add(new Item(beginning, ""));
  }

  void tell(String line) {
    items.add(new Item(line + "\n", ""));
  }

  void end() {
    items.add(new Item("", END));
  }

  /** Writes a part of a line and closes the connection, without the end of the answer. */
  void cutOff(String part) {
    items.add(new Item(part, CUT_OFF));
  }

  /** Writes until it is ended; the server closes the connection of one that throws. */
  void serve() throws IOException {
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    while (true) {
      Item item = next();
      write(out, item.text());
      if (item.then().equals(END)) {
        exchange.close();
        return;
      }
      if (item.then().equals(CUT_OFF)) {
        throw new IOException(CUT_OFF);
      }
    }
  }

  private Item next() throws IOException {
    try {
      return items.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private void write(OutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int piece = isSlow ? 1 : Math.max(1, bytes.length);
    for (int from = 0; from < bytes.length; from += piece) {
      out.write(bytes, from, Math.min(piece, bytes.length - from));
      out.flush();
    }
    out.flush();
  }
}
