package io.fairlead.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.faults.ProxySetup;
import io.fairlead.faults.TestProxy;
import io.fairlead.testkit.Memcached;
import io.fairlead.testkit.MemcachedServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import net.spy.memcached.CASResponse;
import net.spy.memcached.CASValue;
import net.spy.memcached.ConnectionFactoryBuilder;
import net.spy.memcached.ConnectionFactoryBuilder.Protocol;
import net.spy.memcached.MemcachedClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The Java client spymemcached over the text protocol, which pipelines on one connection. */
class SpymemcachedIT {
  private final List<MemcachedServer> servers = Memcached.startAll(3);
  private final TestProxy proxy =
      ProxySetup.sharded(servers).timeout(Duration.ofSeconds(2)).start();

  private MemcachedClient client;

  @BeforeEach
  void connect() throws IOException {
    client =
        new MemcachedClient(
            new ConnectionFactoryBuilder()
                .setProtocol(Protocol.TEXT)
                .setOpTimeout(10_000)
                .setDaemon(true)
                .build(),
            List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy.port())));
  }

  @AfterEach
  void stop() {
    client.shutdown(1, TimeUnit.SECONDS);
    proxy.close();
    servers.forEach(MemcachedServer::close);
  }

  @Test
  void storesReadsAndRemoves() throws Exception {
    Map<String, Object> values = new HashMap<>();
    List<Future<Boolean>> stored = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      values.put("key-" + i * 7919, "value " + i);
    }
    values.forEach((key, value) -> stored.add(client.set(key, 0, value)));
    for (Future<Boolean> each : stored) {
      assertThat(each.get()).isTrue();
    }

    assertThat(client.getBulk(values.keySet())).isEqualTo(values);
    assertThat(client.get("none")).isNull();
    assertThat(client.add("key-0", 0, "x").get()).isFalse();
    assertThat(client.replace("key-0", 0, "new").get()).isTrue();
    assertThat(client.get("key-0")).isEqualTo("new");
    assertThat(client.touch("key-0", 100).get()).isTrue();
    assertThat(client.delete("key-0").get()).isTrue();
    assertThat(client.delete("key-0").get()).isFalse();
  }

  @Test
  void countsAndSwaps() throws Exception {
    assertThat(client.incr("n", 1, 10)).isEqualTo(10);
    assertThat(client.incr("n", 5)).isEqualTo(15);
    assertThat(client.decr("n", 20)).isZero();
    client.set("k", 0, "one").get();
    CASValue<Object> current = client.gets("k");
    assertThat(client.cas("k", current.getCas(), "two")).isEqualTo(CASResponse.OK);
    assertThat(client.cas("k", current.getCas(), "three")).isEqualTo(CASResponse.EXISTS);
    assertThat(client.append(0, "k", "!").get()).isTrue();
    assertThat(client.get("k")).isEqualTo("two!");
  }

  @Test
  void manyGetsInFlightGetTheirOwnReplies() throws Exception {
    for (int i = 0; i < 100; i++) {
      client.set("k" + i, 0, "value " + i).get();
    }
    List<Future<Object>> asked = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      asked.add(client.asyncGet("k" + i % 100));
    }
    for (int i = 0; i < asked.size(); i++) {
      assertThat(asked.get(i).get()).isEqualTo("value " + i % 100);
    }
  }
}
