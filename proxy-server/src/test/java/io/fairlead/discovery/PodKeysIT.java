package io.fairlead.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.ConfigLoader;
import io.fairlead.config.PoolSettings;
import io.fairlead.faults.Await;
import io.fairlead.it.LeakCheck;
import io.fairlead.testkit.ApiServer;
import io.fairlead.testkit.DnsServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where the keys of a pool are when its pods restart or become more, seen by what each pod has. */
@ExtendWith(LeakCheck.class)
class PodKeysIT {
  private static final int KEYS = 10_000;
  private static final int PODS = 3;

  /** A share of a ring of 160 points for each server is not exactly that of its weight. */
  private static final double SLACK = 0.03;

  /** How a pool is told of its pods. */
  enum Source {
    RANGE_OF_NAMES("cache-{0..%2$d}.cache.test:%1$d"),
    SRV("dns+srv://" + Pods.SERVICE),
    ENDPOINT_SLICE("k8s://ns/cache:memcache");

    private final String servers;

    Source(String servers) {
      this.servers = servers;
    }

    PoolSettings pool(int port, int pods) {
      String file =
          """
          pools:
            main:
              servers: ["%s"]
              eject: false # so that no key is elsewhere while a pod is away
              timeout: 2s
          """
              .formatted(servers.formatted(port, pods - 1));
      return ConfigLoader.parse(file, "fairlead.yaml").pools().get(0);
    }
  }

  @TempDir private Path folder;
  private DnsServer dns;
  private ApiServer api;
  private Pods pods;

  @BeforeEach
  void start() throws IOException {
    dns = DnsServer.start();
    dns.writeResolvConf(folder);
    api = ApiServer.start();
    Files.writeString(folder.resolve("token"), "t\n");
    pods = new Pods(dns, api, PODS);
  }

  @AfterEach
  void stop() {
    pods.close();
    api.close();
    dns.close();
  }

  private DiscoveringProxy proxy(Source source) {
    DiscoveringProxy proxy =
        DiscoveringProxy.start(source.pool(pods.port(), PODS), folder, api.uri());
    Await.until("all pods are known", () -> proxy.servers().size() == PODS);
    return proxy;
  }

  @ParameterizedTest
  @EnumSource
  void aPodThatRestartsAtAnotherAddressHasTheSameKeys(Source source) {
    try (DiscoveringProxy proxy = proxy(source)) {
      assertThat(proxy.store(KEYS)).isEqualTo(KEYS);
      Map<String, Integer> before = pods.owners(KEYS);
      assertThat(before).hasSize(KEYS).containsValues(0, 1, 2);

      pods.restart(1);
      Await.until("it is served again", () -> proxy.store(KEYS) == KEYS);

      assertThat(pods.owners(KEYS)).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @EnumSource
  void onePodMoreTakesItsShareAndNoMore(Source source) {
    try (DiscoveringProxy proxy = proxy(source)) {
      assertThat(proxy.store(KEYS)).isEqualTo(KEYS);
      Map<String, Integer> before = pods.owners(KEYS);

      pods.scaleOut();
      if (source == Source.RANGE_OF_NAMES) {
        proxy.update(source.pool(pods.port(), PODS + 1));
      }
      Await.until("it is known", () -> proxy.servers().size() == PODS + 1);
      pods.flush();
      assertThat(proxy.store(KEYS)).isEqualTo(KEYS);
      Map<String, Integer> after = pods.owners(KEYS);

      assertThat(after).hasSize(KEYS);
      after.forEach((key, pod) -> assertThat(pod).isIn(before.get(key), PODS));
      long moved = after.values().stream().filter(pod -> pod == PODS).count();
      assertThat((double) moved / KEYS).isPositive().isLessThan(1.0 / (PODS + 1) + SLACK);
    }
  }
}
