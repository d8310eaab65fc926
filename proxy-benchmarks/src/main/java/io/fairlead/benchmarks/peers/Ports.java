package io.fairlead.benchmarks.peers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Finds free ports on loopback, outside of the range that outgoing connections are given. */
public final class Ports {
  private static final int LOWEST = 20_000;
  private static final int HIGHEST = 32_000;
  private static final int TRIES = 200;

  private Ports() {}

  /** The first of {@code size} neighbouring ports that are free now. */
  public static int block(int size) throws IOException {
    for (int i = 0; i < TRIES; i++) {
      int first = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
      if (isFree(first, size)) {
        return first;
      }
    }
    throw new IOException("no " + size + " free ports between " + LOWEST + " and " + HIGHEST);
  }

  private static boolean isFree(int first, int size) {
    for (int port = first; port < first + size; port++) {
      try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        probe.setReuseAddress(true);
      } catch (IOException e) {
        return false;
      }
    }
    return true;
  }
}
