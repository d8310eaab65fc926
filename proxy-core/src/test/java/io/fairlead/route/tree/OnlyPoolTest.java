package io.fairlead.route.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.ConfigLoader;
import io.fairlead.config.route.PoolRouteSettings;
import io.fairlead.config.route.RouteSettings;
import io.fairlead.config.route.StagingSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OnlyPoolTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          A                                                          | A
          {server: 10.0.0.1, of: A}                                     | A
          {replicate: {servers: A}}                                  | A
          {delay: A, after: 1ms}                                     | A
          {failover: [{servers: A}, A]}                              | A
          {failover: [A, B]}                                         |
          {shadow: A, copies: {to: B}}                               | A
          {delay: {shadow: A, copies: {to: B}}, after: 1ms}          | A
          {by_prefix: {'x': A, otherwise: A}}                        | A
          {by_prefix: {'x': A, otherwise: B}}                        |
          {by_prefix: {'x': A, otherwise: {error: cold}}}              | A
          {warm_up: {cold: A, warm: B}}                              |
          {error: cold}                                                |
          {miss: uncounted}                                          |
          """)
  void findsThePoolThroughWhateverIsAroundIt(String route, String pool) {
    String yaml =
        """
        pools:
          A: {servers: [10.0.0.1, 10.0.0.2]}
          B: {servers: [10.0.0.3]}
        routes:
          web: %s
        """
            .formatted(route);
    RouteSettings root = ConfigLoader.parse(yaml, "f.yaml").routes().get(0).root();

    assertThat(OnlyPool.below(root)).isEqualTo(pool);
  }

  /** Each node is below two places of the next one: 2^60 ways lead to the pool. */
  @Test
  void looksAtEachNodeOnce() {
    RouteSettings route = new PoolRouteSettings("A", null);
    for (int i = 0; i < 60; i++) {
      route = new StagingSettings(route, route);
    }

    assertThat(OnlyPool.below(route)).isEqualTo("A");
  }
}
