package io.fairlead.benchmarks.peers;

import io.fairlead.benchmarks.load.BlindTrust;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Waits until a process that was just started answers a get. */
public final class Readiness {
  /** With this status a peer says that it does not have the mode it was started in. */
  private static final int NO_SUCH_MODE = 3;

  private static final long LIMIT_MILLIS = 60_000;
  private static final int REPLY_MILLIS = 2_000;
  private static final long PAUSE_MILLIS = 50;

  private Readiness() {}

  /** Returns true once {@code port} answers; false when the process has no such mode. */
  public static boolean await(Process process, int port, boolean speaksTls)
      throws IOException, InterruptedException {
    for (long waited = 0; waited < LIMIT_MILLIS; waited += PAUSE_MILLIS) {
      if (answers(port, speaksTls)) {
        return true;
      }
      if (!process.isAlive()) {
        if (process.exitValue() == NO_SUCH_MODE) {
          return false;
        }
        throw new IOException("it ended with status " + process.exitValue());
      }
      Thread.sleep(PAUSE_MILLIS);
    }
    throw new IOException("nothing answers on port " + port);
  }

  private static boolean answers(int port, boolean speaksTls) {
    try (Socket socket = socket(speaksTls)) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), REPLY_MILLIS);
      socket.setSoTimeout(REPLY_MILLIS);
      socket.getOutputStream().write("get ready\r\n".getBytes(StandardCharsets.US_ASCII));
      byte[] reply = socket.getInputStream().readNBytes("END\r\n".length());
      return new String(reply, StandardCharsets.US_ASCII).equals("END\r\n");
    } catch (IOException e) {
      return false;
    }
  }

  private static Socket socket(boolean speaksTls) throws IOException {
    return speaksTls ? BlindTrust.CONTEXT.getSocketFactory().createSocket() : new Socket();
  }
}
