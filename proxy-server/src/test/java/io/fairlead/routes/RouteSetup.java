package io.fairlead.routes;

import io.fairlead.config.Address;
import io.fairlead.config.EjectSettings;
import io.fairlead.config.LimitSettings;
import io.fairlead.config.ListenerSettings;
import io.fairlead.config.ListenerSettings.GuardedCommand;
import io.fairlead.config.PoolSettings;
import io.fairlead.config.PoolSettings.ErrorText;
import io.fairlead.config.PoolSettings.Mode;
import io.fairlead.config.PoolSettings.MultigetFailure;
import io.fairlead.config.ProxySettings;
import io.fairlead.config.ReplySettings;
import io.fairlead.config.ServerSettings;
import io.fairlead.config.route.PoolRouteSettings;
import io.fairlead.config.route.RouteSettings;
import io.fairlead.config.route.RouteTreeSettings;
import io.fairlead.faults.TestProxy;
import io.fairlead.runtime.Proxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A proxy with one tree of routes above pools {@code s0}, {@code s1} ... of one server each. */
final class RouteSetup {
  private final List<Integer> ports;
  private Duration timeout = Duration.ofSeconds(2);
  private EjectSettings eject = EjectSettings.OFF;
  private MultigetFailure multigetFailure = MultigetFailure.PARTIAL;
  private LimitSettings limits = LimitSettings.DEFAULT;
  private final List<PoolSettings> morePools = new ArrayList<>();

  RouteSetup(List<Integer> ports) {
    this.ports = List.copyOf(ports);
  }

  /** The pool of one server. */
  static RouteSettings pool(int server) {
    return new PoolRouteSettings("s" + server, null);
  }

  /** The pools of several servers. */
  static List<RouteSettings> pools(int count) {
    List<RouteSettings> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(pool(i));
    }
    return all;
  }

  RouteSetup timeout(Duration value) {
    timeout = value;
    return this;
  }

  RouteSetup eject(EjectSettings value) {
    eject = value;
    return this;
  }

  RouteSetup multigetFailure(MultigetFailure value) {
    multigetFailure = value;
    return this;
  }

  /** What an event loop may keep in memory, a part of which is for routes. */
  RouteSetup loopBytes(long value) {
    limits = LimitSettings.with().loopBytes(value).build();
    return this;
  }

  /** Adds a pool of all servers. */
  RouteSetup wholePool(String name) {
    List<ServerSettings> all = new ArrayList<>();
    for (int i = 0; i < ports.size(); i++) {
      all.add(server(i));
    }
    morePools.add(build(name, all));
    return this;
  }

  private ServerSettings server(int index) {
    return new ServerSettings("s" + index, new Address.Tcp("127.0.0.1", ports.get(index)), 1);
  }

  private PoolSettings build(String name, List<ServerSettings> servers) {
    return PoolSettings.with(name, Mode.SHARDED, servers).timeout(timeout).eject(eject).build();
  }

  TestProxy start(RouteSettings root) {
    return startAll(List.of(root));
  }

  /** Starts a proxy with a listener for each tree, in their order. */
  TestProxy startAll(List<RouteSettings> roots) {
    ProxySettings settings = settings(roots);
    try {
      return new TestProxy(
          Proxy.start(settings),
          settings.pools().stream().mapToInt(pool -> pool.servers().size()).sum());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ProxySettings settings(RouteSettings root) {
    return settings(List.of(root));
  }

  private ProxySettings settings(List<RouteSettings> roots) {
    List<PoolSettings> pools = new ArrayList<>();
    for (int i = 0; i < ports.size(); i++) {
      pools.add(build("s" + i, List.of(server(i))));
    }
    pools.addAll(morePools);
    List<ListenerSettings> listeners = new ArrayList<>();
    List<RouteTreeSettings> trees = new ArrayList<>();
    for (RouteSettings root : roots) {
      String name = trees.isEmpty() ? "tree" : "tree " + trees.size();
      Address listen = new Address.Tcp("127.0.0.1", 0);
      listeners.add(ListenerSettings.of(listen, name, Set.of(GuardedCommand.FLUSH_ALL)));
      trees.add(
          new RouteTreeSettings(name, root, new ReplySettings(multigetFailure, ErrorText.NATIVE)));
    }
    return ProxySettings.of(listeners, pools).limits(limits).routes(trees).build();
  }
}
