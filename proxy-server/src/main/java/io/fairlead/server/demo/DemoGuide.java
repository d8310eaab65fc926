package io.fairlead.server.demo;

import io.fairlead.config.Address;
import java.util.List;

/** What the demo prints: what runs, and what to type next. */
final class DemoGuide {
  private DemoGuide() {}

  static String text(int port, List<Address> nodes, boolean replicated) {
    return """
    Fairlead demo: one proxy in front of %d memcached nodes, all in this process.
    %s

      proxy     127.0.0.1:%d
    %s
    In another terminal, type the lines on the left; the replies are on the right:

      telnet 127.0.0.1 %d
      set anotherkey 0 0 15
      Mcrouter is fun             STORED
      get anotherkey              VALUE anotherkey 0 15
                                  Mcrouter is fun
                                  END
      quit

    %s

      telnet 127.0.0.1 %s
      get anotherkey
      quit

    From Python (pip install pymemcache):

      python3 -c 'from pymemcache.client.base import Client; c = Client(("127.0.0.1", %d)); \
    c.set("greeting", "hello"); print(c.get("greeting"))'

    Ctrl-C ends the demo.
    """
        .formatted(
            nodes.size(),
            replicated
                ? "Every node keeps every key."
                : "The proxy chooses the node by the key: each key lives on one of them.",
            port,
            nodeLines(nodes),
            port,
            replicated
                ? "Ask any node directly: it has the key too."
                : "Ask the nodes directly, one after the other: only one has the key.",
            port(nodes.get(0)),
            port);
  }

  private static String nodeLines(List<Address> nodes) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < nodes.size(); i++) {
      lines.append("  node %-4d %s%n".formatted(i + 1, nodes.get(i)));
    }
    return lines.toString();
  }

  private static int port(Address address) {
    return ((Address.Tcp) address).port();
  }
}
