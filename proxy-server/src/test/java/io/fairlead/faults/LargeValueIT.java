package io.fairlead.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.it.LeakCheck;
import io.fairlead.metrics.Counter;
import io.fairlead.testkit.Memcached;
import io.fairlead.testkit.MemcachedServer;
import io.fairlead.testkit.RawClient;
import io.fairlead.testkit.Script;
import io.fairlead.testkit.ScriptedBackend;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Values at and beyond the limits, and uploads that do not go well. */
@ExtendWith(LeakCheck.class)
class LargeValueIT {
  private static final int MIB = 1 << 20;
  private static final String TOO_LARGE = "SERVER_ERROR object too large for cache\r\n";

  /** The two kinds of pool, of which only one sends values on as they arrive. */
  enum Pool {
    SHARDED,
    REPLICATED;

    ProxySetup of(int port) {
      return this == SHARDED ? ProxySetup.sharded(port) : ProxySetup.replicated(port);
    }
  }

  private static String set(String verb, String key, String value) {
    return verb + " " + key + " 0 0 " + value.length() + "\r\n" + value + "\r\n";
  }

  private static String found(String key, String value) {
    return "VALUE " + key + " 0 " + value.length() + "\r\n" + value + "\r\nEND\r\n";
  }

  @ParameterizedTest
  @EnumSource
  void aValueBeyondTheDefaultLimitIsRefusedAndASetRemovesTheOldOne(Pool pool) {
    String limit = "x".repeat(MIB);
    try (MemcachedServer server = Memcached.start("-I", "2m");
        TestProxy proxy = pool.of(server.port()).start()) {
      RawClient client = proxy.client();
      for (String value : new String[] {limit.substring(1), limit}) {
        client.send(set("set", "k", value) + "get k\r\n").expect("STORED\r\n" + found("k", value));
      }
      client.send(set("add", "k", limit + "x") + "get k\r\n").expect(TOO_LARGE + found("k", limit));
      client.send(set("append", "k", limit + "x")).expect(TOO_LARGE);
      client.send(set("replace", "k", limit + "x")).expect(TOO_LARGE);
      client.send(set("set", "k", limit + "x") + "get k\r\n").expect(TOO_LARGE + "END\r\n");
      client.send(set("set", "k", "small") + "ms k 1048577\r\n" + limit + "x\r\nget k\r\n");
      client.expect("STORED\r\n" + TOO_LARGE + "END\r\n");
    }
  }

  @ParameterizedTest
  @EnumSource
  void theServersOwnLimitIsPassedOn(Pool pool) {
    try (MemcachedServer server = Memcached.start();
        TestProxy proxy = pool.of(server.port()).start()) {
      RawClient client = proxy.client();
      client.send(set("set", "k", "old")).expect("STORED\r\n");
      String value = "x".repeat(MIB);
      client.send(set("add", "k", value) + "get k\r\n").expect(TOO_LARGE + found("k", "old"));
      client.send(set("set", "k", value) + "get k\r\n").expect(TOO_LARGE + "END\r\n");
      assertThat(proxy.count(Counter.PROTOCOL_VIOLATIONS)).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void valuesOf20MibPass(Pool pool) {
    String value = "0123456789abcdef".repeat(20 * MIB / 16);
    try (MemcachedServer server = Memcached.start("-I", "32m", "-m", "256");
        TestProxy proxy = pool.of(server.port()).valueBytes(32 * MIB).start()) {
      RawClient client = proxy.client();
      long start = System.nanoTime();
      client.send(set("set", "k", value)).expect("STORED\r\n");
      long stored = System.nanoTime();
      client.send("get k\r\n").expect(found("k", value));
      System.out.printf(
          Locale.ROOT,
          "%-36s set %.0f ms, get %.0f ms%n",
          "20 MIB, " + pool,
          (stored - start) / 1e6,
          (System.nanoTime() - stored) / 1e6);
      client.send("get k none\r\n").expect(found("k", value));
      Await.until("its memory is free", () -> proxy.count(Counter.BUFFERED_BYTES) == 0);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aStalledUploadDelaysNobodyElse(Pool pool) {
    try (MemcachedServer server = Memcached.start();
        TestProxy proxy = pool.of(server.port()).start()) {
      RawClient other = proxy.client().send(set("set", "k", "v")).expect("STORED\r\n");
      RawClient stalled = proxy.client();
      stalled.send("set big 0 0 1000000\r\n" + "x".repeat(500_000));
      Latencies.check(
          "ANOTHER CLIENT, an upload is stalled, " + pool,
          Duration.ZERO,
          latencies -> {
            for (int i = 0; i < 300; i++) {
              long sent = System.nanoTime();
              other.send("get k\r\n").expect(found("k", "v"));
              latencies.ended(sent);
            }
          });
      stalled.send("x".repeat(500_000) + "\r\n").expect("STORED\r\n");
      other.send("get big\r\n").expect(found("big", "x".repeat(1_000_000)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void anUploadThatEndsWronglyStoresNothing(Pool pool) {
    try (MemcachedServer server = Memcached.start();
        TestProxy proxy = pool.of(server.port()).start()) {
      RawClient client = proxy.client();
      client.send(set("set", "k", "old")).expect("STORED\r\n");

      client
          .send("set k 0 0 500000\r\n" + "x".repeat(500_000) + "yyget k\r\nget k\r\n")
          .expect("CLIENT_ERROR bad data chunk\r\n" + found("k", "old").repeat(2));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aServerThatDiesDuringAnUploadCostsOneError(Pool pool) {
    Script hungUp =
        peer -> {
          peer.nextLine();
          peer.nextBytes(100_000);
          peer.reset();
        };
    try (ScriptedBackend backend =
            ScriptedBackend.running(pool == Pool.SHARDED ? Script.silent() : hungUp, hungUp);
        TestProxy proxy = pool.of(backend.port()).start()) {
      backend.awaitConnections(1);
      RawClient client = proxy.client();
      client.send(set("set", "k", "x".repeat(900_000)) + "version\r\nversion\r\n");

      assertThat(client.readLine()).startsWith("SERVER_ERROR ");
      client.expect("VERSION 1.6.18\r\n".repeat(2)).expectSilence(Duration.ofMillis(20));
    }
  }

  @Test
  void aServerThatTakesNoMoreOfAnUploadCostsOneErrorInTime() {
    try (MemcachedServer server = Memcached.start("-I", "32m", "-m", "256");
        TestProxy proxy =
            ProxySetup.sharded(server.port())
                .valueBytes(32 * MIB)
                .timeout(ProxySetup.TIMEOUT)
                .start()) {
      RawClient client = proxy.client();
      client.send(set("set", "k", "v")).expect("STORED\r\n");
      server.freeze();
      String value = "x".repeat(30 * MIB); // more than the kernel keeps for the server

      long start = System.nanoTime();
      client.send(set("set", "k", value) + "version\r\n");
      assertThat(client.readLine()).startsWith("SERVER_ERROR ");
      System.out.printf(
          Locale.ROOT,
          "%-36s %.0f ms, sending included%n",
          "FROZEN during an upload of 30 MiB",
          (System.nanoTime() - start) / 1e6);
      client.expect("VERSION 1.6.18\r\n");
      server.thaw();
      assertThat(proxy.count(Counter.TIMEOUTS)).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void anEarlyReplyEndsTheUploadAndTheClientStaysInStep() {
    Script refusing =
        peer -> {
          peer.nextLine();
          peer.nextBytes(1000);
          peer.send(TOO_LARGE);
        };
    try (ScriptedBackend backend = ScriptedBackend.running(Script.silent(), refusing);
        TestProxy proxy = ProxySetup.sharded(backend.port()).start()) {
      RawClient client = proxy.client();
      backend.awaitConnections(1);
      client.send(set("set", "k", "x".repeat(900_000)) + "version\r\n");

      client.expect(TOO_LARGE + "VERSION 1.6.18\r\n").expectSilence(Duration.ofMillis(20));
    }
  }
}
