package io.fairlead.mcrouter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.route.RouteSettings;
import io.fairlead.config.route.RoutingPrefixSettings;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A route that stands in several places is one node, which a pattern of prefixes asks once. */
class SameHandleTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"PoolRoute|A\"",
        "\"AllSyncRoute|Pool|A\"",
        "\"HashRoute|Pool|A\"",
        "\"limited\"",
      })
  void theSameStringIsTheSameRoute(String route) {
    String text =
        """
        {
          "pools": {"A": {"servers": ["a:1", "b:1"]}},
          "named_handles": [
            {"type": "RateLimitRoute", "name": "limited", "target": "PoolRoute|A",
             "rates": {"gets_rate": 1}}
          ],
          "routes": [
            {"aliases": ["/././", "/x/y/"], "route": ROUTE},
            {"aliases": ["/a/b/"], "route": ROUTE}
          ]
        }
        """
            .replace("ROUTE", route);
    McrouterConfig config =
        McrouterReader.read(
            "mcrouter.json", text.getBytes(UTF_8), Path.of("."), McrouterDefaults.DEFAULT);

    RoutingPrefixSettings root = (RoutingPrefixSettings) config.tree().root();
    List<RouteSettings> routes = List.copyOf(root.routes().values());
    assertThat(routes).hasSize(3).allSatisfy(each -> assertThat(each).isSameAs(routes.get(0)));
  }
}
