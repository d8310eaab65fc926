package io.fairlead.access;

import static io.fairlead.access.GuardedProxy.login;
import static io.fairlead.access.GuardedProxy.replace;
import static io.fairlead.access.GuardedProxy.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.faults.Await;
import io.fairlead.faults.TestProxy;
import io.fairlead.it.LeakCheck;
import io.fairlead.metrics.Counter;
import io.fairlead.testkit.Memcached;
import io.fairlead.testkit.MemcachedServer;
import io.fairlead.testkit.RawClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that authenticate, before a real memcached. */
@ExtendWith(LeakCheck.class)
class ClientLoginIT {
  private static final String FAILURE = "CLIENT_ERROR authentication failure\r\n";

  @TempDir private Path folder;
  private Path users;
  private MemcachedServer server;
  private TestProxy proxy;

  @SuppressWarnings("NullAway.Init")
  ClientLoginIT() {}

  @BeforeEach
  void start() throws IOException {
    users = Files.writeString(folder.resolve("users"), user("alice", "secret"));
    server = Memcached.start();
    proxy =
        GuardedProxy.start(
            """
            listeners:
              - {address: "127.0.0.1:0", auth: %s}
              - {address: "unix:%s", auth: %s}
            pools: {p: {servers: ["127.0.0.1:%d"], timeout: 2s, connect_timeout: 2s}}
            admin: false
            threads: {loops: 2}
            """
                .formatted(users, folder.resolve("s"), users, server.port()));
  }

  @AfterEach
  void stop() {
    proxy.close();
    server.close();
  }

  private RawClient alice() {
    return proxy.client().send(login("alice", "secret")).expect("STORED\r\n");
  }

  /** Each on connections of their own, as memcached 1.6.18 forgets replies to a pipeline. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "get x|",
        "mn|",
        "quit|",
        "|",
        "add x 0 0 0|",
        "SET x 0 0 12|",
        "set x 0 0|",
        "set x 0 0 z|",
        "set x 0 0 -1|",
        "set x 0 0 12x|",
        "set x 0 0 0||",
        "set x 0 0 5|alice|",
        "set x 0 0 6|alice |",
        "set x 0 0 12|alice secreT|",
        "set x 0 0 12|alice secret|",
        "set x 0 0 12|alice secret|set k 0 0 1|v|get k|",
        "set x 0 0 12 noreply|alice secret|get none|",
        "set x a b +12|alice secret|get none|",
        " set  x 0 0 13 1 2 3|alice  secret|get none|",
      })
  void areToldWhatMemcachedTells(String input) throws IOException {
    Path passwords = Files.writeString(folder.resolve("passwords"), "alice:secret\n");
    String bytes = input.replace("|", "\r\n");
    try (MemcachedServer guarded = Memcached.start("-Y", passwords.toString());
        RawClient direct = RawClient.connect(guarded.port())) {
      String theirs = direct.send(bytes).readUntilQuiet(Duration.ofMillis(150));

      String ours = proxy.client().send(bytes).readUntilQuiet(Duration.ofMillis(300));

      assertThat(ours).isEqualTo(theirs).isNotEmpty();
    }
  }

  @Test
  void mayComeOverAUnixSocket() {
    proxy.client(1).send(login("alice", "wrong")).expect(FAILURE);
    proxy.client(1).send(login("alice", "secret")).expect("STORED\r\n");
  }

  @Test
  void areServedWhileOthersTryPasswords() {
    RawClient alice = alice();
    List<RawClient> others = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      others.add(proxy.client(1).send(login("alice", "wrong" + i)));
    }
    for (int i = 0; i < 200; i++) {
      alice.send("set k 0 0 1\r\nx\r\nget k\r\n").expect("STORED\r\nVALUE k 0 1\r\nx\r\nEND\r\n");
    }
    others.forEach(other -> other.expect(FAILURE));
    assertThat(proxy.count(Counter.CLIENTS_NOT_AUTHENTICATED)).isEqualTo(100);
  }

  @Test
  void areSlowedDownAfterThreeFailures() {
    RawClient client = proxy.client(1);
    client.send(login("alice", "wrong").repeat(3)).expect(FAILURE.repeat(3));
    long before = System.nanoTime();
    client.send(login("alice", "wrong")).expect(FAILURE);

    assertThat(Duration.ofNanos(System.nanoTime() - before))
        .isBetween(Duration.ofMillis(990), Duration.ofSeconds(4));
  }

  @Test
  void stayWhenTheFileChangesAndOthersNeedWhatItSaysThen() throws IOException {
    RawClient alice = alice();
    replace(users, user("alice", "secret") + user("alice", "next"));
    awaitLogin("next");
    replace(users, user("alice", "next"));
    awaitRefused("secret", alice);

    alice.send("get k\r\n").expect("END\r\n");
    proxy.client(1).send(login("alice", "next")).expect("STORED\r\n");

    replace(users, "alice:next\n");
    proxy.awaitCount(Counter.CREDENTIALS_REFUSED, 1);
    proxy.client(1).send(login("alice", "next")).expect("STORED\r\n");
    alice.send("get k\r\n").expect("END\r\n");
  }

  private void awaitLogin(String password) {
    Await.until(
        "a login with " + password,
        () -> {
          try (RawClient client = RawClient.connect(folder.resolve("s"))) {
            return client.send(login("alice", password)).readLine().equals("STORED");
          }
        });
  }

  /** Meanwhile those who are connected are served without a failure. */
  private void awaitRefused(String password, RawClient connected) {
    Await.until(
        "no login with " + password,
        () -> {
          connected.send("get none\r\n").expect("END\r\n");
          try (RawClient client = RawClient.connect(folder.resolve("s"))) {
            return !client.send(login("alice", password)).readLine().equals("STORED");
          }
        });
  }
}
