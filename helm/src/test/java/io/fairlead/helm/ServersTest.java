package io.fairlead.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fairlead.config.Address;
import io.fairlead.config.PoolSettings;
import io.fairlead.config.Problem;
import io.fairlead.config.ServerSettings;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the configuration names the memcached servers. */
class ServersTest {
  private static final String DOMAIN = "demo-memcached.shop.svc.cluster.local";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "default",
        "statefulset",
        "replset",
        "read-write-split",
        "deployment",
        "node-port",
        "mcrouter-old",
        "host-network"
      })
  void everyServerIsAPodOfTheStatefulSet(String valueSet) {
    Rendering rendering = Rendering.of(valueSet);
    StatefulSet servers = rendering.objects().one(StatefulSet.class, "demo-memcached");

    List<Address> addresses =
        ReadConfig.of(rendering).pool().servers().stream().map(ServerSettings::address).toList();

    assertThat(addresses).isNotEmpty().containsExactlyElementsOf(podsOf(servers));
  }

  /** Where Kubernetes gives the pods of the set their names. */
  private static List<Address> podsOf(StatefulSet set) {
    String domain =
        set.getSpec().getServiceName()
            + "."
            + set.getMetadata().getNamespace()
            + ".svc.cluster.local";
    return IntStream.range(0, set.getSpec().getReplicas())
        .mapToObj(i -> at(set.getMetadata().getName() + "-" + i + "." + domain))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "hostname, demo-memcached-1",
    "fqdn,     demo-memcached-1.demo-memcached.shop.svc.cluster.local"
  })
  void serversAreNamedAsNodeIdentitySays(String identity, String name) {
    PoolSettings pool = ReadConfig.with("proxy: {nodeIdentity: " + identity + "}").pool();

    assertThat(pool.servers().get(1).name()).isEqualTo(name);
    assertThat(pool.servers().get(1).address()).isEqualTo(at("demo-memcached-1." + DOMAIN));
  }

  @ParameterizedTest
  @CsvSource({
    "srv,           dns+srv://_memcache._tcp.demo-memcached.shop.svc.cluster.local, HOSTNAME",
    "srv,           dns+srv://_memcache._tcp.demo-memcached.shop.svc.cluster.local, FQDN",
    "endpointslice, k8s://shop/demo-memcached:memcache,                             HOSTNAME",
    "endpointslice, k8s://shop/demo-memcached:memcache,                             FQDN"
  })
  void serversAreDiscovered(String discovery, String source, String identity) {
    ReadConfig config =
        ReadConfig.with(
            "proxy: {discovery: " + discovery + ", nodeIdentity: " + lowerCase(identity) + "}");

    assertThat(config.warnings()).isEmpty();
    assertThat(config.pool().servers()).isEmpty();
    assertThat(config.pool().discovery().sources())
        .extracting(one -> one.place().toString(), one -> one.identity().name())
        .containsExactly(tuple(source, identity));
  }

  private static String lowerCase(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  @Test
  void addressesAsNamesAreWarnedAbout() {
    ReadConfig config = ReadConfig.with("proxy: {discovery: endpointslice, nodeIdentity: address}");

    assertThat(config.warnings()).extracting(Problem::value).containsExactly("identity: address");
  }

  @Test
  void knownServersOfSomebodyElseAreNamedOneByOne() {
    String values = "memcachedService: {replicaCount: 2, port: 11311, statefulSetName: mc}";

    PoolSettings pool = ReadConfig.of(Rendering.of("external").and(values)).pool();

    assertThat(pool.servers())
        .containsExactly(
            new ServerSettings(
                "mc-0", new Address.Tcp("mc-0.cache.data.svc.cluster.local", 11311), 1),
            new ServerSettings(
                "mc-1", new Address.Tcp("mc-1.cache.data.svc.cluster.local", 11311), 1));
  }

  @Test
  void emptyPoolIsLegal() {
    ReadConfig config = ReadConfig.with("memcached: {replicaCount: 0}");

    assertThat(config.pool().servers()).isEmpty();
    assertThat(config.warnings()).extracting(Problem::path).containsExactly("pools.main.servers");
  }

  private static Address at(String host) {
    return new Address.Tcp(host, 11211);
  }
}
