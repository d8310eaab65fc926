package io.fairlead.secure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.faults.Await;
import io.fairlead.metrics.Counter;
import io.fairlead.testkit.Memcached;
import io.fairlead.testkit.MemcachedServer;
import io.fairlead.testkit.RawClient;
import io.fairlead.testkit.tls.Authority;
import io.fairlead.testkit.tls.Authority.Issued;
import io.fairlead.testkit.tls.OpenSsl;
import io.fairlead.testkit.tls.OpenSsl.Ended;
import io.fairlead.testkit.tls.TlsTunnel;
import io.fairlead.tls.KeyringStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients that speak TLS. */
class TlsListenerIT {
  @TempDir static Path shared;
  @TempDir Path folder;

  private static Authority authority;
  private static Issued keys;
  private static Issued client;
  private static MemcachedServer server;

  @BeforeAll
  static void issue() {
    authority = Authority.in(shared);
    keys = authority.forServer("cache.example.com");
    client = authority.forClient("web");
    server = Memcached.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String listener(Issued shown, String further) {
    return String.format(
        """
        - address: 127.0.0.1:0
          pool: main
          tls: {certificate: "%s", key: "%s"%s}
        """,
        shown.certificate(), shown.key(), further);
  }

  private static String yaml(String... listeners) {
    return "listeners:\n"
        + String.join("", listeners)
        + "pools: {main: {timeout: 5s, servers: [\"127.0.0.1:"
        + server.port()
        + "\"]}}\n";
  }

  private ConfiguredProxy start(String further) throws IOException {
    return ConfiguredProxy.start(folder, yaml(listener(keys, further)));
  }

  private static Ended sClient(ConfiguredProxy proxy, String input, String... further) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "s_client",
                "-quiet",
                "-verify_return_error",
                "-connect",
                "127.0.0.1:" + proxy.port(),
                "-CAfile",
                authority.certificate().toString()));
    arguments.addAll(List.of(further));
    return OpenSsl.end(input, arguments.toArray(String[]::new));
  }

  @Test
  void opensslIsServed() throws IOException {
    try (ConfiguredProxy proxy = start("")) {
      Ended ended = sClient(proxy, "set k 0 0 5\r\nhello\r\nget k\r\nquit\r\n", "-ign_eof");

      assertThat(ended.output()).contains("STORED\r\nVALUE k 0 5\r\nhello\r\nEND\r\n");
      assertThat(proxy.count(Counter.TLS_HANDSHAKES)).isEqualTo(1);
      assertThat(proxy.count(Counter.TLS_FAILURES)).isZero();
    }
  }

  /** As the one who pipes commands into it does: it says goodbye at the end of its input. */
  @Test
  void whatAClientAskedForBeforeItsGoodbyeIsAnswered() throws IOException {
    try (ConfiguredProxy proxy = start("");
        TlsTunnel tunnel = TlsTunnel.to(proxy.port(), authority);
        RawClient raw = RawClient.connect(tunnel.port())) {
      raw.send("set bye 0 0 5\r\nhello\r\n" + "get bye\r\n".repeat(2000)).halfClose();

      raw.expect("STORED\r\n" + "VALUE bye 0 5\r\nhello\r\nEND\r\n".repeat(2000)).expectClosed();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1.2, -tls1_2, true",
    "1.2, -tls1_3, true",
    "1.3, -tls1_3, true",
    "1.3, -tls1_2, false",
    "1.2, -tls1_1, false",
  })
  void onlyTheVersionsOfTheSettingsAreSpoken(String least, String offered, boolean isServed)
      throws IOException {
    try (ConfiguredProxy proxy = start(", min_version: " + least)) {
      Ended ended = sClient(proxy, "version\r\nquit\r\n", "-ign_eof", offered);

      assertThat(ended.output().contains("VERSION 1.6.18\r\n")).isEqualTo(isServed);
      assertThat(proxy.count(Counter.CLIENTS_ACCEPTED)).isEqualTo(isServed ? 1 : 0);
    }
  }

  @Test
  void onlyTheCiphersOfTheSettingsAreSpoken() throws IOException {
    try (ConfiguredProxy proxy = start(", ciphers: [TLS_AES_256_GCM_SHA384]")) {
      assertThat(sClient(proxy, "quit\r\n", "-ciphersuites", "TLS_AES_128_GCM_SHA256").status())
          .isNotZero();
      assertThat(sClient(proxy, "quit\r\n", "-ciphersuites", "TLS_AES_256_GCM_SHA384").status())
          .isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "required, true, true",
    "required, false, false",
    "optional, true, true",
    "optional, false, true",
  })
  void clientsShowACertificateWhereTheyMust(String shown, boolean hasOne, boolean isServed)
      throws IOException {
    String ca = ", client_ca: \"" + authority.certificate() + "\", client_certificate: " + shown;
    try (ConfiguredProxy proxy = start(ca)) {
      String[] own = {"-ign_eof", "-cert", "" + client.certificate(), "-key", "" + client.key()};
      Ended ended = sClient(proxy, "version\r\nquit\r\n", hasOne ? own : new String[] {"-ign_eof"});

      assertThat(ended.output().contains("VERSION 1.6.18\r\n")).isEqualTo(isServed);
      assertThat(proxy.count(Counter.TLS_FAILURES)).isEqualTo(isServed ? 0 : 1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "web, 'STORED|VALUE own 0 1|x|END'",
    "reader, 'CLIENT_ERROR access denied|END'",
    "stranger, 'CLIENT_ERROR access denied|CLIENT_ERROR access denied'",
  })
  void theNameInTheCertificateIsTheIdentity(String name, String replies) throws IOException {
    Issued own = authority.forClient(name);
    String access = "  access: {web: {commands: [all]}, reader: {commands: [read]}}\n";
    String ca = ", client_ca: \"" + authority.certificate() + "\"";
    String yaml = yaml(listener(keys, ca) + access);
    try (ConfiguredProxy proxy = ConfiguredProxy.start(folder, yaml);
        RawClient direct = RawClient.connect(server.port())) {
      direct.send("delete own\r\n").readLine();
      Ended ended =
          sClient(
              proxy,
              "set own 0 0 1\r\nx\r\nget own\r\nquit\r\n",
              "-ign_eof",
              "-cert",
              own.certificate().toString(),
              "-key",
              own.key().toString());

      assertThat(ended.output()).endsWith(replies.replace("|", "\r\n") + "\r\n");
    }
  }

  @Test
  void aCertificateOfAnotherAuthorityLetsNobodyIn() throws IOException {
    Path elsewhere = Files.createDirectory(folder.resolve("other"));
    Issued stranger = Authority.in(elsewhere).forClient("web");
    try (ConfiguredProxy proxy = start(", client_ca: \"" + authority.certificate() + "\"")) {
      Ended ended =
          sClient(
              proxy,
              "version\r\nquit\r\n",
              "-ign_eof",
              "-cert",
              stranger.certificate().toString(),
              "-key",
              stranger.key().toString());

      assertThat(ended.output()).doesNotContain("VERSION");
      assertThat(proxy.count(Counter.TLS_FAILURES)).isEqualTo(1);
    }
  }

  @Test
  void oneListenerSpeaksTlsBesideAnotherInTheClear() throws IOException {
    String clear = "- {address: \"127.0.0.1:0\", pool: main}\n";
    try (ConfiguredProxy proxy = ConfiguredProxy.start(folder, yaml(listener(keys, ""), clear));
        TlsTunnel tunnel = TlsTunnel.to(proxy.port(0), authority);
        RawClient secret = RawClient.connect(tunnel.port());
        RawClient open = RawClient.connect(proxy.port(1))) {
      secret.send("set both 0 0 1\r\nx\r\n").expect("STORED\r\n");
      open.send("get both\r\n").expect("VALUE both 0 1\r\nx\r\nEND\r\n");
    }
  }

  @Test
  void whoeverSpeaksInTheClearIsCutOffAndHurtsNobody() throws IOException {
    try (ConfiguredProxy proxy = start("");
        TlsTunnel tunnel = TlsTunnel.to(proxy.port(), authority);
        RawClient other = RawClient.connect(tunnel.port())) {
      other.send("version\r\n").expect("VERSION 1.6.18\r\n");
      try (RawClient clear = proxy.connect()) {
        clear.send("set evil 0 0 1\r\nx\r\n".repeat(10));
        assertThat(clear.readUntilQuiet(Duration.ofMillis(500))).doesNotContain("STORED");
        Await.until(
            "it is closed", () -> clear.readUntilQuiet(Duration.ZERO) != null && clear.isClosed());
      }
      Await.until("it is counted", () -> proxy.count(Counter.TLS_FAILURES) == 1);
      other.send("get evil\r\n").expect("END\r\n");
    }
  }

  @Test
  void aClientThatDoesNotBeginIsCutOffWhenItsTimeIsOver() throws IOException {
    try (ConfiguredProxy proxy = start(", handshake_timeout: 300ms");
        RawClient silent = proxy.connect()) {
      long start = System.nanoTime();

      silent.expectClosed();

      long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
      System.out.printf(
          "%-36s closed after %d ms (limit 300 + 700)%n", "A SILENT HANDSHAKE", millis);
      assertThat(millis).isBetween(250L, 1000L);
      assertThat(proxy.count(Counter.TLS_FAILURES)).isEqualTo(1);
      assertThat(proxy.count(Counter.CLIENTS)).isZero();
    }
  }

  @Test
  void clientsBeyondThePaceWaitForTheirTurn() throws IOException {
    try (ConfiguredProxy proxy = start(", handshakes_per_second: 20");
        TlsTunnel tunnel = TlsTunnel.to(proxy.port(), authority)) {
      List<RawClient> clients = new ArrayList<>();
      long start = System.nanoTime();
      for (int i = 0; i < 25; i++) {
        clients.add(RawClient.connect(tunnel.port()).send("version\r\n"));
      }
      clients.forEach(each -> each.expect("VERSION 1.6.18\r\n"));
      double seconds = (System.nanoTime() - start) / 1e9;
      clients.forEach(RawClient::close);

      // Five at once, the other twenty in a second.
      assertThat(seconds).isBetween(0.9, 4.0);
      assertThat(proxy.count(Counter.TLS_DELAYED)).isBetween(15L, 20L);
      assertThat(tunnel.failures()).isZero();
    }
  }

  @Test
  void sessionsAreResumed() throws IOException {
    try (ConfiguredProxy proxy = start("")) {
      Path session = folder.resolve("session");
      for (String version : List.of("-tls1_2", "-tls1_3")) {
        sClient(proxy, "version\r\nquit\r\n", version, "-ign_eof", "-sess_out", session.toString());

        Ended again =
            OpenSsl.end(
                "version\r\nquit\r\n",
                "s_client",
                "-connect",
                "127.0.0.1:" + proxy.port(),
                version,
                "-ign_eof",
                "-sess_in",
                session.toString());

        assertThat(again.output()).contains("Reused, TLS", "VERSION 1.6.18");
      }
    }
  }

  @Test
  void largeValuesGoBothWays() throws IOException {
    try (ConfiguredProxy proxy = start("");
        TlsTunnel tunnel = TlsTunnel.to(proxy.port(), authority);
        RawClient raw = RawClient.connect(tunnel.port())) {
      StringBuilder value = new StringBuilder();
      for (int i = 0; value.length() < 1_000_000; i++) {
        value.append(i).append(' ');
      }
      raw.send("set large 0 0 " + value.length() + "\r\n" + value + "\r\n").expect("STORED\r\n");
      for (int i = 0; i < 20; i++) {
        raw.send("get large\r\nget none\r\n");
      }
      for (int i = 0; i < 20; i++) {
        raw.expect("VALUE large 0 " + value.length() + "\r\n" + value + "\r\nEND\r\nEND\r\n");
      }
      Await.until("nothing is kept", () -> proxy.count(Counter.BUFFERED_BYTES) == 0);
    }
  }

  @Test
  void aRenewedCertificateIsShownWithinTenSecondsAndNobodyIsCutOff() throws IOException {
    Path certificate = Files.copy(keys.certificate(), folder.resolve("tls.crt"));
    Path key = Files.copy(keys.key(), folder.resolve("tls.key"));
    Issued next = authority.forServer("next.example.com");
    try (ConfiguredProxy proxy =
            ConfiguredProxy.start(folder, yaml(listener(new Issued(certificate, key), "")));
        TlsTunnel tunnel = TlsTunnel.to(proxy.port(), authority);
        RawClient old = RawClient.connect(tunnel.port())) {
      old.send("version\r\n").expect("VERSION 1.6.18\r\n");
      assertThat(subject(proxy)).contains("cache.example.com");

      // Not at once, as a tool that is no friend of ours may write them.
      Files.writeString(certificate, "half of it");
      Await.until("it was looked at", () -> proxy.proxy().certificates().failures() > 0);
      assertThat(subject(proxy)).contains("cache.example.com");
      long start = System.nanoTime();
      Files.copy(next.certificate(), certificate, StandardCopyOption.REPLACE_EXISTING);
      Files.copy(next.key(), key, StandardCopyOption.REPLACE_EXISTING);
      Await.until("it is shown", () -> subject(proxy).contains("next.example.com"));

      double seconds = (System.nanoTime() - start) / 1e9;
      System.out.printf("%-36s shown after %.1f s (limit 10)%n", "A RENEWED CERTIFICATE", seconds);
      assertThat(seconds).isLessThan(10);
      old.send("version\r\n").expect("VERSION 1.6.18\r\n");
      KeyringStatus status = proxy.proxy().certificates();
      assertThat(status.renewals()).isEqualTo(1);
      assertThat(status.certificates())
          .singleElement()
          .satisfies(shown -> assertThat(shown.subject()).contains("next.example.com"))
          .satisfies(
              shown -> assertThat(shown.expires()).isBetween(hoursFromNow(47), hoursFromNow(48)));
    }
  }

  private static Instant hoursFromNow(int hours) {
    return Instant.now().plus(Duration.ofHours(hours));
  }

  private static String subject(ConfiguredProxy proxy) {
    String shown =
        OpenSsl.end("quit\r\n", "s_client", "-connect", "127.0.0.1:" + proxy.port()).output();
    return shown.lines().filter(line -> line.startsWith("subject=")).findFirst().orElse(shown);
  }

  @Test
  void tlsComesAndGoesWithTheConfiguration() throws IOException {
    String clear = "- {address: \"127.0.0.1:0\", pool: main}\n";
    try (ConfiguredProxy proxy = ConfiguredProxy.start(folder, yaml(clear));
        RawClient before = proxy.connect()) {
      before.send("version\r\n").expect("VERSION 1.6.18\r\n");
      proxy.update(yaml(listener(keys, "")));
      assertThat(sClient(proxy, "version\r\nquit\r\n", "-ign_eof").output()).contains("VERSION");
      before.send("version\r\n").expect("VERSION 1.6.18\r\n");
      proxy.update(yaml(clear));
      try (RawClient after = proxy.connect()) {
        after.send("version\r\n").expect("VERSION 1.6.18\r\n");
      }
    }
  }

  @Test
  void aBadFileLeavesEverythingAsItIs() throws IOException {
    try (ConfiguredProxy proxy = start("")) {
      Issued bad = new Issued(keys.certificate(), client.key());
      assertThatThrownBy(() -> proxy.update(yaml(listener(bad, ""))))
          .hasMessageContaining("the key of the first certificate in " + keys.certificate());

      assertThat(sClient(proxy, "version\r\nquit\r\n", "-ign_eof").output()).contains("VERSION");
    }
  }
}
