package io.fairlead.secure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.faults.Await;
import io.fairlead.health.FailureKind;
import io.fairlead.metrics.Counter;
import io.fairlead.testkit.Memcached;
import io.fairlead.testkit.MemcachedServer;
import io.fairlead.testkit.RawClient;
import io.fairlead.testkit.tls.Authority;
import io.fairlead.testkit.tls.Authority.Issued;
import io.fairlead.testkit.tls.TlsMemcached;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers that speak TLS: the real memcached. */
class TlsServersIT {
  @TempDir static Path shared;
  @TempDir Path folder;

  private static Authority authority;
  private static Issued client;
  private static TlsMemcached server;
  private static TlsMemcached strict;

  @BeforeAll
  static void start() {
    authority = Authority.in(shared);
    client = authority.forClient("proxy");
    server = TlsMemcached.start(authority.forServer("cache.example.com"));
    strict = TlsMemcached.startForClientsOf(authority, authority.forServer("localhost"));
  }

  @AfterAll
  static void stop() {
    server.close();
    strict.close();
  }

  private static String yaml(String host, int port, String tls) {
    return String.format(
        """
        listeners: [{address: "127.0.0.1:0", pool: main}]
        pools:
          main:
            servers: ["%s:%d"]
            timeout: 2s
            eject: false
            tls: %s
        """,
        host, port, tls);
  }

  private static String trusting(String further) {
    return "{ca: \"" + authority.certificate() + "\"" + further + "}";
  }

  private static String shown(Issued keys) {
    return ", certificate: \"" + keys.certificate() + "\", key: \"" + keys.key() + "\"";
  }

  @Test
  void requestsOfEachKindAreAnswered() throws IOException {
    try (ConfiguredProxy proxy =
            ConfiguredProxy.start(folder, yaml("127.0.0.1", server.port(), trusting("")));
        RawClient raw = proxy.connect();
        RawClient direct = RawClient.connect(server.process().port())) {
      raw.send("set k 7 0 5\r\nhello\r\n").expect("STORED\r\n");
      direct.send("get k\r\n").expect("VALUE k 7 5\r\nhello\r\nEND\r\n");
      raw.send("get k none\r\n").expect("VALUE k 7 5\r\nhello\r\nEND\r\n");
      raw.send("mg k f v\r\n").expect("VA 5 f7\r\nhello\r\n");
      raw.send("append k 0 0 1\r\n!\r\nincr k 1\r\n")
          .expect("STORED\r\nCLIENT_ERROR cannot increment or decrement non-numeric value\r\n");
      raw.send("touch k 100\r\ndelete k\r\n").expect("TOUCHED\r\nDELETED\r\n");
    }
  }

  @Test
  void largeValuesGoBothWays() throws IOException {
    String value = "0123456789".repeat(100_000);
    String reply = "VALUE large 0 " + value.length() + "\r\n" + value + "\r\nEND\r\n";
    try (ConfiguredProxy proxy =
            ConfiguredProxy.start(folder, yaml("127.0.0.1", server.port(), trusting("")));
        RawClient raw = proxy.connect()) {
      raw.send("set large 0 0 " + value.length() + "\r\n" + value + "\r\n").expect("STORED\r\n");
      raw.send("get large\r\n".repeat(30)).expect(reply.repeat(30));
      Await.until("nothing is kept", () -> proxy.count(Counter.BUFFERED_BYTES) == 0);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, '', true",
    "localhost, '', true",
    "127.0.0.1, ', server_name: cache.example.com', true",
    "127.0.0.1, ', server_name: other.example.com', false",
    "127.0.0.2, '', false",
    "127.0.0.2, ', check: chain', true",
    "127.0.0.1, ', min_version: 1.3', true",
  })
  void aServerProvesThatItIsTheOneThatWasMeant(String host, String tls, boolean isTrusted)
      throws IOException {
    try (TlsMemcached elsewhere =
        TlsMemcached.startAt(host, authority.forServer("cache.example.com"))) {
      isAnswered(yaml(host, elsewhere.port(), trusting(tls)), isTrusted);
    }
  }

  private void isAnswered(String yaml, boolean isTrusted) throws IOException {
    try (ConfiguredProxy proxy = ConfiguredProxy.start(folder, yaml);
        RawClient raw = proxy.connect()) {
      raw.send("get k\r\n")
          .expect(isTrusted ? "END\r\n" : "SERVER_ERROR server speaks no TLS that is trusted\r\n");
      if (!isTrusted) {
        assertThat(proxy.proxy().servers().get(0).health().failures())
            .containsKey(FailureKind.TLS_FAILED);
      }
    }
  }

  @Test
  void aServerOfAnotherAuthorityIsNotTrustedUnlessNothingIsChecked() throws IOException {
    Authority other = Authority.in(Files.createDirectory(folder.resolve("other")));
    String trusted = other.certificate().toString();
    isAnswered(yaml("127.0.0.1", server.port(), "{ca: \"" + trusted + "\"}"), false);
    isAnswered(yaml("127.0.0.1", server.port(), "true"), false); // by the authorities of Java
    isAnswered(yaml("127.0.0.1", server.port(), "{check: none}"), true);
  }

  @Test
  void aServerInTheClearIsNotSpokenTo() throws IOException {
    try (MemcachedServer clear = Memcached.start()) {
      isAnswered(yaml("127.0.0.1", clear.port(), trusting("")), false);
    }
  }

  @Test
  void theProxyShowsItsCertificateToServersThatAskForIt() throws IOException {
    isAnswered(yaml("127.0.0.1", strict.port(), trusting(shown(client))), true);
    isAnswered(yaml("127.0.0.1", strict.port(), trusting("")), false);
    isAnswered(yaml("127.0.0.1", strict.port(), trusting(", min_version: 1.3")), false);
  }

  /** The password goes over the wire when the server has shown who it is, and not before. */
  @ParameterizedTest
  @CsvSource({
    "proxy:secret, '', END",
    "proxy:wrong, '', SERVER_ERROR server did not accept the password of the proxy",
    "proxy:secret, ', server_name: other', SERVER_ERROR server speaks no TLS that is trusted"
  })
  void theProxyLogsInBehindTls(String password, String tls, String reply) throws IOException {
    Path users = Files.writeString(folder.resolve("memcached-users"), "proxy:secret\n");
    Path own = Files.writeString(folder.resolve("own"), password + "\n");
    try (TlsMemcached guarded =
            TlsMemcached.startWithUsers(authority.forServer("cache.example.com"), users);
        ConfiguredProxy proxy =
            ConfiguredProxy.start(
                folder,
                yaml("127.0.0.1", guarded.port(), trusting(tls)) + "    auth: \"" + own + "\"\n");
        RawClient raw = proxy.connect()) {
      raw.send("get k\r\n").expect(reply + "\r\n");
    }
  }

  @Test
  void aServerThatRestartsIsSpokenToAgain() throws IOException {
    try (TlsMemcached own = TlsMemcached.start(authority.forServer("cache.example.com"));
        ConfiguredProxy proxy =
            ConfiguredProxy.start(folder, yaml("127.0.0.1", own.port(), trusting("")));
        RawClient raw = proxy.connect()) {
      raw.send("set k 0 0 1\r\nx\r\n").expect("STORED\r\n");
      own.process().restart();
      Await.until("it is back", () -> raw.send("get k\r\n").readLine().equals("END"));
    }
  }

  @Test
  void filesThatAreNoGoodAreRefusedWithWhatIsExpected() throws IOException {
    Path empty = Files.writeString(folder.resolve("empty.pem"), "");
    assertThatThrownBy(
            () ->
                ConfiguredProxy.start(
                    folder, yaml("127.0.0.1", server.port(), "{ca: \"" + empty + "\"}")))
        .isInstanceOf(IOException.class)
        .hasMessage(empty + ": (expected: a certificate in PEM)");
  }
}
