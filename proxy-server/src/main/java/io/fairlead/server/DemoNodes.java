package io.fairlead.server;

import io.fairlead.config.Address;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The memcached servers of the demo, which live in this process and on this machine only. */
final class DemoNodes implements AutoCloseable {
  private final List<AutoCloseable> nodes = new ArrayList<>();
  private final List<Address> addresses = new ArrayList<>();

  private DemoNodes() {}

  /** Starts {@code count} of them on free ports. */
  static DemoNodes start(int count) throws IOException {
    if (count > 0) {
      throw new IOException("this build has no in-process memcached yet");
    }
    return new DemoNodes();
  }

  List<Address> addresses() {
    return List.copyOf(addresses);
  }

  @Override
  public void close() {
    for (AutoCloseable node : nodes) {
      try {
        node.close();
      } catch (Exception e) {
        // The process ends now, and the node with it.
      }
    }
  }
}
