package io.fairlead.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.route.AllSettings;
import io.fairlead.config.route.AllSettings.Mode;
import io.fairlead.config.route.KeyPartsSettings;
import io.fairlead.config.route.PoolRouteSettings;
import io.fairlead.config.route.PrefixSettings;
import io.fairlead.config.route.RouteSettings;
import io.fairlead.faults.Servers;
import io.fairlead.faults.TestProxy;
import io.fairlead.it.LeakCheck;
import io.fairlead.testkit.RawClient;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Keys of which only the first parts decide on a server. */
@ExtendWith(LeakCheck.class)
class KeyPartsIT {
  private static final int KEYS = 40;

  @Test
  void keysWithTheSameFirstPartsAreOnOneServer() {
    RouteSettings pool = new PoolRouteSettings("all", null);
    RouteSettings tree =
        new PrefixSettings(
            Map.of(
                "one:", new KeyPartsSettings(pool, 2, ':'),
                "two:", new KeyPartsSettings(all(new KeyPartsSettings(pool, 2, '-')), 3, ':')),
            pool);
    try (Servers servers = new Servers(4);
        TestProxy proxy = new RouteSetup(servers.ports()).wholePool("all").start(tree)) {
      assertThat(places(servers, proxy, "one:a:%d")).hasSize(1);
      assertThat(places(servers, proxy, "one:%d:a")).hasSizeGreaterThan(1);
      assertThat(places(servers, proxy, "two:a:b:%d")).hasSize(1);
      assertThat(places(servers, proxy, "two:a-b-%d:c")).hasSize(1);
      assertThat(places(servers, proxy, "two:a:%d-c-d:e")).hasSizeGreaterThan(1);
      assertThat(places(servers, proxy, "any:a:b:%d")).hasSizeGreaterThan(1);
    }
  }

  private static RouteSettings all(RouteSettings child) {
    return new AllSettings(Mode.SYNC, List.of(child));
  }

  /** The servers that have keys of this form after they were stored and read. */
  private static Set<Integer> places(Servers servers, TestProxy proxy, String form) {
    RawClient client = proxy.client();
    Set<Integer> places = new TreeSet<>();
    for (int i = 0; i < KEYS; i++) {
      String key = form.replace("%d", Integer.toString(i));
      assertThat(Servers.reply(client, "set " + key + " 0 0 1/x")).isEqualTo("STORED");
      assertThat(Servers.reply(client, "get " + key)).isEqualTo("VALUE " + key + " 0 1/x/END");
      assertThat(Servers.reply(client, "mg " + key + " v")).isEqualTo("VA 1/x");
      places.add(servers.values(key).indexOf("x"));
    }
    return places;
  }
}
