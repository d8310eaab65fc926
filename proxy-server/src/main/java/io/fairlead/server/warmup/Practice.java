package io.fairlead.server.warmup;

import io.fairlead.config.ProxySettings;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;

/** Clients that ask a proxy for everything there is to ask for, round after round. */
final class Practice implements AutoCloseable {
  /*
   * A round has what traffic consists of: one request at a time, as with few clients; many clients at
   * once, whose gets travel together; pipelines; everything else there is; clients that come and go.
   */
  private static final int CLIENTS = 32;
  private static final int ALONE = 60;
  private static final int TOGETHER = 6;
  private static final int LONGEST_REPLY = 256 << 10;

  private final Repertoire repertoire = new Repertoire();
  private final byte[] reply = new byte[LONGEST_REPLY];
  private final PracticeProxy proxy;
  private final List<List<PracticeClient>> clients = new ArrayList<>();
  private int turn;
  private long requests;

  Practice(ProxySettings real) throws IOException {
    proxy = new PracticeProxy(real);
    try {
      for (SocketAddress address : proxy.addresses()) {
        List<PracticeClient> group = new ArrayList<>();
        clients.add(group);
        for (int i = 0; i < CLIENTS; i++) {
          group.add(new PracticeClient(address, reply));
        }
      }
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /** How many have been answered. */
  long requests() {
    return requests;
  }

  void round() throws IOException {
    for (int i = 0; i < clients.size(); i++) {
      round(clients.get(i));
      comeAndGo(proxy.addresses().get(i));
    }
  }

  private void round(List<PracticeClient> group) throws IOException {
    for (int i = 0; i < ALONE; i++) {
      ask(group.get(i % CLIENTS), next(repertoire.gets));
    }
    for (int i = 0; i < TOGETHER; i++) {
      askAll(group);
    }
    for (byte[] batch : repertoire.batches) {
      PracticeClient client = group.get(turn++ % CLIENTS);
      client.send(batch);
      client.awaitBatch();
      requests += 1;
    }
    each(group.get(0), repertoire.multigets);
    each(group.get(1), repertoire.others);
    for (int i = 0; i < ALONE / 10; i++) {
      ask(group.get(i % CLIENTS), next(repertoire.sets));
    }
  }

  private void askAll(List<PracticeClient> group) throws IOException {
    for (PracticeClient client : group) {
      client.send(next(repertoire.gets));
    }
    for (PracticeClient client : group) {
      client.awaitReply();
      requests++;
    }
  }

  private void comeAndGo(SocketAddress address) throws IOException {
    try (PracticeClient guest = new PracticeClient(address, reply)) {
      ask(guest, next(repertoire.gets));
    }
  }

  private void each(PracticeClient client, List<byte[]> some) throws IOException {
    for (byte[] request : some) {
      ask(client, request);
    }
  }

  private void ask(PracticeClient client, byte[] request) throws IOException {
    client.send(request);
    client.awaitReply();
    requests++;
  }

  private byte[] next(List<byte[]> some) {
    return some.get(turn++ % some.size());
  }

  /** Has a thread that waits for a reply fail; from any thread. */
  void cutShort() {
    clients.forEach(group -> group.forEach(PracticeClient::close));
  }

  @Override
  public void close() throws IOException {
    cutShort();
    proxy.close();
  }
}
