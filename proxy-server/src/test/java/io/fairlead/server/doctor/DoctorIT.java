package io.fairlead.server.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.ConfigLoader;
import io.fairlead.server.doctor.Finding.Level;
import io.fairlead.testkit.FaultProxy;
import io.fairlead.testkit.Memcached;
import io.fairlead.testkit.MemcachedServer;
import io.fairlead.testkit.ScriptedBackend;
import io.fairlead.testkit.tls.Authority;
import io.fairlead.testkit.tls.TlsMemcached;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found of servers and ports: real ones, and such as go wrong. */
class DoctorIT {
  private static final InstantSource CLOCK = InstantSource.system();
  private static final Machine MACHINE =
      new Machine(
          "17.0.15",
          OptionalLong.of(100_000),
          OptionalLong.of(4096),
          OptionalLong.empty(),
          96 << 20,
          128 << 20);

  private static MemcachedServer memcached;

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    memcached = Memcached.start();
  }

  @AfterAll
  static void stop() {
    memcached.close();
  }

  @Test
  void findsNothingWrongWithARealMemcached() throws IOException {
    List<Finding> findings =
        findings("servers: [{name: cache-a, address: \"127.0.0.1:PORT\"}]", memcached.port());

    assertThat(findings).extracting(Finding::level).containsOnly(Level.OK);
    assertThat(findings)
        .anySatisfy(
            finding -> {
              assertThat(finding.check()).isEqualTo("server");
              assertThat(finding.subject())
                  .isEqualTo("main/cache-a (127.0.0.1:" + memcached.port() + ")");
              assertThat(finding.text()).matches("answers, 1\\.\\d+\\.\\d+.*");
            });
  }

  @Test
  void findsAPortOnWhichNobodyListens() throws IOException {
    assertThat(ofServer("servers: [\"127.0.0.1:PORT\"]", freePort()))
        .isEqualTo("refuses connections: is memcached running there?");
  }

  @Test
  void findsAServerThatTakesConnectionsAndSaysNothing() throws IOException {
    try (FaultProxy hole = FaultProxy.to(memcached).blackHole()) {
      assertThat(ofServer("servers: [\"127.0.0.1:PORT\"]", hole.port()))
          .isEqualTo("has not answered within 1000 ms");
    }
  }

  @Test
  void findsAnAddressFromWhichNothingComesBack() throws IOException {
    List<SocketChannel> waiting = new ArrayList<>();
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      for (int i = 0; i < 8; i++) { // the kernel answers no more when nobody accepts these
        SocketChannel channel = SocketChannel.open();
        waiting.add(channel);
        channel.configureBlocking(false);
        channel.connect(full.getLocalSocketAddress());
      }

      assertThat(ofServer("servers: [\"127.0.0.1:PORT\"]", full.getLocalPort()))
          .startsWith("does not accept connections within 1000 ms: is the address right");
    } finally {
      for (SocketChannel channel : waiting) {
        channel.close();
      }
    }
  }

  @Test
  void findsAServerThatSpeaksSomethingElse() throws IOException {
    try (ScriptedBackend web =
        ScriptedBackend.answering(line -> "HTTP/1.1 400 \033[2JBad Request\r\n")) {
      assertThat(ofServer("servers: [\"127.0.0.1:PORT\"]", web.port()))
          .isEqualTo("is no memcached: it answers version with: HTTP/1.1 400 ?[2JBad Request");
    }
  }

  @Test
  void findsANameThatNobodyKnows() throws IOException {
    assertThat(ofServer("servers: [\"no-such-host.invalid:PORT\"]", 11211))
        .isEqualTo("has a name that nobody knows: correct it, or mend the DNS");
  }

  @Test
  void findsOneMemcachedUnderTwoAddresses() throws IOException {
    List<Finding> findings =
        findings(
            "servers: [{name: a, address: \"127.0.0.1:PORT\"}, {name: b, address:"
                + " \"localhost:PORT\"}]",
            memcached.port());

    assertThat(failures(findings))
        .singleElement()
        .asString()
        .startsWith("is the same memcached as main/b");
  }

  @Test
  void doesNotTakeTwoServersForOne() throws IOException {
    try (MemcachedServer other = Memcached.start()) {
      String yaml =
          "servers: [\"127.0.0.1:" + memcached.port() + "\", \"127.0.0.1:" + other.port() + "\"]";

      assertThat(failures(findings(yaml))).isEmpty();
    }
  }

  @Test
  void findsAClockThatIsWrongAndAServerThatIsOld() throws IOException {
    long hourAgo = CLOCK.instant().minusSeconds(3600).getEpochSecond();
    try (ScriptedBackend old =
        ScriptedBackend.answering(
            line ->
                switch (line) {
                  case "version" -> "VERSION 1.4.39\r\n";
                  case "stats" ->
                      "STAT pid 1\r\nSTAT uptime 5\r\nSTAT time " + hourAgo + "\r\nEND\r\n";
                  default -> "STAT item_size_max 268435456\r\nEND\r\n";
                })) {
      List<Finding> findings = findings("servers: [\"127.0.0.1:PORT\"]", old.port());

      assertThat(failures(findings)).isEmpty();
      assertThat(ofLevel(findings, Level.WARN))
          .anyMatch(text -> text.startsWith("answers, 1.4.39: meta commands need 1.6.0"))
          .anyMatch(text -> text.matches("differs from ours by 36\\d\\d s: .*"))
          .anyMatch(text -> text.startsWith("stores values of up to 256MiB"));
    }
  }

  @Test
  void findsThatAPasswordIsMissingOrWrong() throws IOException {
    Path users = Files.writeString(folder.resolve("users"), "proxy:secret\n");
    try (MemcachedServer guarded = Memcached.start("-Y", users.toString())) {
      String server = "servers: [\"127.0.0.1:" + guarded.port() + "\"]";

      assertThat(ofServer(server)).startsWith("asks for a password: give one with auth");
      assertThat(ofServer(server + ", auth: " + password("proxy:wrong")))
          .startsWith("refuses the password of its pool: correct auth");
      assertThat(failures(findings(server + ", auth: " + password("proxy:secret")))).isEmpty();
    }
  }

  @Test
  void findsCertificatesThatHaveExpiredOrSoonWill() throws IOException {
    Authority authority = Authority.in(folder);
    try (TlsMemcached server = TlsMemcached.start(authority.forServer("localhost"))) {
      String yaml =
          "servers: [\"127.0.0.1:"
              + server.port()
              + "\"], tls: {ca: \""
              + authority.certificate()
              + "\"}";

      assertThat(ofLevel(findings(yaml), Level.WARN))
          .anyMatch(text -> text.endsWith("less than 14 days: renew it soon"));
      InstantSource later = InstantSource.fixed(CLOCK.instant().plus(Duration.ofDays(3)));
      assertThat(failures(findings(yaml, later))).anyMatch(text -> text.startsWith("expired on "));
    }
  }

  @Test
  void findsAServerWhoseCertificateHasExpired() throws IOException {
    Authority authority = Authority.in(folder);
    try (TlsMemcached server = TlsMemcached.start(authority.expired("localhost"))) {
      String yaml =
          "servers: [\"127.0.0.1:"
              + server.port()
              + "\"], tls: {ca: \""
              + authority.certificate()
              + "\"}";

      assertThat(ofServer(yaml))
          .startsWith("has a certificate that has expired: renew it (NotAfter");
    }
  }

  @Test
  void findsAPortThatAnotherProgramHas() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String yaml =
          "listeners: [{address: \"127.0.0.1:"
              + taken.getLocalPort()
              + "\", pool: main}]\nadmin: false\npools:\n  main: {servers: [\"127.0.0.1:"
              + memcached.port()
              + "\"]}\n";

      assertThat(failures(examine(yaml, CLOCK)))
          .containsExactly("is taken by another program: stop it, or change the port");
    }
  }

  @Test
  void findsKeysThatCannotBeRead() throws IOException {
    String yaml =
        "servers: [\"127.0.0.1:" + memcached.port() + "\"], tls: {ca: \"" + folder + "/none.pem\"}";

    assertThat(failures(findings(yaml))).anyMatch(text -> text.contains("none.pem"));
  }

  private Path password(String entry) throws IOException {
    return Files.writeString(folder.resolve("password"), entry + "\n");
  }

  private String ofServer(String pool) throws IOException {
    return ofServer(pool, 0);
  }

  private String ofServer(String pool, int port) throws IOException {
    List<String> failures = failures(findings(pool, port));
    assertThat(failures).hasSize(1);
    return failures.get(0);
  }

  private List<Finding> findings(String pool) throws IOException {
    return findings(pool, CLOCK);
  }

  private List<Finding> findings(String pool, int port) throws IOException {
    return findings(pool.replace("PORT", String.valueOf(port)), CLOCK);
  }

  private List<Finding> findings(String pool, InstantSource clock) throws IOException {
    return examine(
        "listeners: [{address: \"127.0.0.1:0\", pool: main}]\nadmin: false\npools:\n  main: {"
            + pool
            + "}\n",
        clock);
  }

  private List<Finding> examine(String yaml, InstantSource clock) throws IOException {
    Path file = Files.writeString(folder.resolve("fairlead.yaml"), yaml);
    return new Examination(ConfigLoader.load(file), MACHINE, clock, Duration.ofSeconds(1))
        .findings();
  }

  private static List<String> failures(List<Finding> findings) {
    return ofLevel(findings, Level.FAIL);
  }

  private static List<String> ofLevel(List<Finding> findings, Level level) {
    return findings.stream()
        .filter(finding -> finding.level() == level)
        .map(Finding::text)
        .toList();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
