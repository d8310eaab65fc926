package io.fairlead.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.testkit.Memcached;
import io.fairlead.testkit.MemcachedServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hundred clients, each with a value of almost a mebibyte, before a proxy with little memory. */
class LargeValuesIT {
  private static final int CLIENTS = 100;

  /** As much as memcached takes besides the head of an item. */
  private static final int VALUE = 1_048_000;

  private static final int PIECE = 1 << 16;
  private static final int ROUNDS = 5;
  private static final Map<String, String> LITTLE_MEMORY =
      Map.of("FAIRLEAD_HEAP", "128m", "FAIRLEAD_DIRECT", "64m");

  /** Each client's value is another part of it. */
  private static final byte[] CONTENT = new byte[VALUE + CLIENTS];

  static {
    new Random(1).nextBytes(CONTENT);
  }

  @TempDir private Path folder;

  @Test
  void passThroughInPiecesBothWays() throws Exception {
    List<MemcachedServer> servers = Memcached.startAll(3, "-m", "256");
    List<String> arguments = new ArrayList<>(List.of("serve", "--listen", "127.0.0.1:0"));
    arguments.addAll(List.of("--timeout", "10s")); // so many wait in one line for one server
    servers.forEach(server -> arguments.addAll(List.of("--server", "127.0.0.1:" + server.port())));
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    try (RunningFairlead fairlead =
        Launcher.sharedIn(folder).start(LITTLE_MEMORY, arguments.toArray(new String[0]))) {
      int port = fairlead.awaitPort("msg=\"listening\" address=\"127.0.0.1:(\\d+)\"");
      fairlead.await("msg=\"ready\"");
      long before = fairlead.residentMib();

      List<Future<?>> exchanges = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        int client = i;
        exchanges.add(
            clients.submit(
                () -> {
                  storeAndRead(port, client);
                  return null;
                }));
      }
      for (Future<?> exchange : exchanges) {
        exchange.get();
      }

      long most = fairlead.mostResidentMib();
      System.out.printf(
          Locale.ROOT,
          "%-36s %d MiB when ready, %d at most (limit 160)%n",
          "100 CLIENTS, VALUES OF 1 MIB",
          before,
          most);
      // Each value whole, in one direction only, would be 100 MiB more.
      assertThat(most).isLessThan(160);
    } finally {
      clients.shutdownNow();
      servers.forEach(MemcachedServer::close);
    }
  }

  /** All are stored at once, and then all are read at once, byte by byte as they were. */
  private static void storeAndRead(int port, int client) throws IOException {
    String key = "key:" + client;
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(30_000);
      OutputStream out = socket.getOutputStream();
      InputStream in = socket.getInputStream();
      for (int round = 0; round < ROUNDS; round++) {
        out.write(("set " + key + " 0 0 " + VALUE + "\r\n").getBytes(US_ASCII));
        out.write(CONTENT, client, VALUE);
        out.write("\r\n".getBytes(US_ASCII));
        expect(in, "STORED\r\n");
        out.write(("get " + key + "\r\n").getBytes(US_ASCII));
        expect(in, "VALUE " + key + " 0 " + VALUE + "\r\n");
        for (int at = client; at < client + VALUE; at += PIECE) {
          int length = Math.min(PIECE, client + VALUE - at);
          assertThat(Arrays.mismatch(in.readNBytes(length), 0, length, CONTENT, at, at + length))
              .isNegative();
        }
        expect(in, "\r\nEND\r\n");
      }
    }
  }

  private static void expect(InputStream in, String text) throws IOException {
    assertThat(new String(in.readNBytes(text.length()), US_ASCII)).isEqualTo(text);
  }
}
