package io.fairlead.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Says something to a port, of this machine unless told otherwise, and listens until the other side
 * closes.
 */
public final class Conversation {
  private static final int PATIENCE_MILLIS = 10_000;

  private Conversation() {}

  public static String with(int port, String text) throws IOException {
    return with(InetAddress.getLoopbackAddress(), port, text);
  }

  public static String with(InetAddress address, int port, String text) throws IOException {
    try (Socket socket = new Socket(address, port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
