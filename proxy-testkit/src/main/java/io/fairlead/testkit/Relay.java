package io.fairlead.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/** One connection of a {@link FaultProxy}: two sockets and a thread for each direction. */
final class Relay {
  private static final int CHUNK = 65_536;

  private final Socket client;
  private final Socket server;
  private final Faults faults;

  Relay(Socket client, Socket server, Faults faults) {
    this.client = client;
    this.server = server;
    this.faults = faults;
  }

  /** Relays until one side has ended and everything it sent was passed on. */
  void run() {
    Daemon.start(Thread.currentThread().getName() + "-replies", () -> pump(server, client, true));
    pump(client, server, false);
    awaitBothClosed();
  }

  void close() {
    Listener.closeQuietly(client);
    Listener.closeQuietly(server);
  }

  void reset() {
    Listener.reset(client);
    Listener.reset(server);
  }

  private void pump(Socket from, Socket to, boolean isReply) {
    try {
      copy(from.getInputStream(), to.getOutputStream(), isReply);
      to.shutdownOutput();
      if (isReply) {
        close();
      }
    } catch (IOException e) {
      close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
    }
    synchronized (this) {
      notifyAll();
    }
  }

  private void copy(InputStream in, OutputStream out, boolean isReply)
      throws IOException, InterruptedException {
    byte[] chunk = new byte[CHUNK];
    for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
      faults.awaitPassage(isReply);
      Faults.Verdict verdict = faults.judge(isReply, count);
      if (verdict.corrupt() && count > 0) {
        chunk[0] = (byte) ~chunk[0];
      }
      for (int i = 0; i < verdict.copies(); i++) {
        out.write(chunk, 0, verdict.bytes());
      }
      if (verdict.cut()) {
        throw new IOException("cut");
      }
    }
  }

  private synchronized void awaitBothClosed() {
    try {
      while (!client.isClosed()) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
    }
  }
}
