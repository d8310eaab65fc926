package io.fairlead.server.demo;

import io.fairlead.config.Address;
import io.fairlead.server.command.ListenText;
import io.fairlead.testkit.InProcessMemcached;
import java.util.ArrayList;
import java.util.List;

/** The memcached servers of the demo, which live in this process and on this machine only. */
final class DemoNodes implements AutoCloseable {
  private final List<InProcessMemcached> nodes = new ArrayList<>();

  private DemoNodes() {}

  /** Starts {@code count} of them on free ports. */
  static DemoNodes start(int count) {
    DemoNodes started = new DemoNodes();
    for (int i = 0; i < count; i++) {
      started.nodes.add(InProcessMemcached.start());
    }
    return started;
  }

  List<Address> addresses() {
    return nodes.stream()
        .<Address>map(node -> new Address.Tcp(ListenText.THIS_MACHINE, node.port()))
        .toList();
  }

  @Override
  public void close() {
    nodes.forEach(InProcessMemcached::close);
  }
}
