package io.fairlead.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.access.PasswordHash;
import io.fairlead.faults.Await;
import io.fairlead.faults.Servers;
import io.fairlead.testkit.FreePorts;
import io.fairlead.testkit.RawClient;
import io.fairlead.testkit.tls.Authority;
import io.fairlead.testkit.tls.TlsTunnel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of ConfigMaps and Secrets that the kubelet exchanges under a process that serves. */
class ConfigMapIT {
  private static final int KEYS = 200;
  private static final int REQUESTS_PER_SECOND = 4_000;
  private static final String TOKEN = "0123456789abcdef-";

  @TempDir private Path folder;
  private Servers servers;
  private Launcher launcher;
  private final int port = FreePorts.next();
  private final int admin = FreePorts.next();

  @BeforeEach
  void start() throws IOException {
    servers = new Servers(2);
    launcher = Launcher.sharedIn(folder);
  }

  @AfterEach
  void stop() {
    servers.close();
  }

  private RunningFairlead serve(MountedVolume config) throws Exception {
    RunningFairlead fairlead =
        launcher.start("serve", "--config", config.file("fairlead.yaml").toString());
    fairlead.await("msg=\"ready\"");
    return fairlead;
  }

  private String server(int index) {
    return "127.0.0.1:" + servers.ports().get(index);
  }

  private String ask(String request) {
    return ask(request, "");
  }

  private String ask(String request, String header) {
    try {
      return Conversation.with(admin, request + " HTTP/1.0\r\n" + header + "\r\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, String> configMap(String... named) {
    return Map.of(
        "fairlead.yaml",
        """
        listeners: ["127.0.0.1:%d"]
        admin: 127.0.0.1:%d
        pools: { main: { servers: [%s], timeout: 10s } }
        """
            .formatted(port, admin, String.join(", ", named)));
  }

  @Test
  void aConfigMapThatIsSwappedUnderLoadIsTakenAndABrokenOneIsNot() throws Exception {
    MountedVolume config = MountedVolume.at(folder.resolve("config"), configMap(server(0)));
    try (RunningFairlead fairlead = serve(config)) {
      OpenLoad load = OpenLoad.start(port, KEYS, REQUESTS_PER_SECOND);
      try (load) {
        awaitAnswers(load);

        config.swap(configMap(server(0), server(1)));
        fairlead.await("msg=\"reconfigured\"");
        awaitAnswers(load);
        assertThat(gets(1)).isPositive();

        config.swap(Map.of("fairlead.yaml", "pools: { main: { servers: [} }\n"));
        fairlead.await("Failed to reconfigure: the running configuration stays");
        assertThat(ask("GET /readyz")).contains(" 200 ", "fairlead.yaml:1:");
        long before = gets(1);
        awaitAnswers(load);
        assertThat(gets(1)).isGreaterThan(before);

        config.swap(configMap(server(1)));
        fairlead.await("(?s)Failed to reconfigure.*msg=\"reconfigured\"");
        assertThat(ask("GET /readyz")).contains(" 200 ").endsWith("ok\n");
        long ofTheOther = gets(0);
        awaitAnswers(load);
        assertThat(gets(0)).isEqualTo(ofTheOther);
      }
      assertThat(load.wrong()).isEmpty(); // neither an error nor an end
    }
  }

  private static void awaitAnswers(OpenLoad load) {
    int until = load.answered() + REQUESTS_PER_SECOND / 2;
    Await.until("so many answers", () -> load.answered() >= until);
  }

  private long gets(int server) {
    String stats = servers.on(server, "stats");
    String from = stats.substring(stats.indexOf("STAT cmd_get ") + 13);
    return Long.parseLong(from.substring(0, from.indexOf('/')));
  }

  /** What a configuration may name in a Secret, and a file of servers. */
  private static final class Secret {
    private final Map<String, String> files = new HashMap<>();

    Secret with(String name, String content) {
      files.put(name, content);
      return this;
    }

    Secret withPassword(String password) {
      byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
      return with("users", "alice:" + PasswordHash.of(bytes, 1_000).format() + "\n");
    }

    Secret withKeys(Authority.Issued keys) throws IOException {
      return with("tls.crt", Files.readString(keys.certificate()))
          .with("tls.key", Files.readString(keys.key()));
    }
  }

  private Authority authority(String name) throws IOException {
    return Authority.in(Files.createDirectory(folder.resolve(name)));
  }

  @Test
  void secretsThatAreSwappedAreTakenAndBrokenOnesAreNot() throws Exception {
    Authority old = authority("old");
    Authority next = authority("next");
    Secret secret =
        new Secret()
            .withPassword("old")
            .withKeys(old.forServer("cache"))
            .with("token", TOKEN + "old")
            .with("servers", server(0) + " a\n");
    MountedVolume mounted = MountedVolume.at(folder.resolve("secret"), secret.files);
    int tls = FreePorts.next();
    MountedVolume config = MountedVolume.at(folder.resolve("config"), configWith(mounted, tls));
    try (RunningFairlead fairlead = serve(config)) {
      assertThat(mayEnter("old")).isTrue();
      isServedWith(old, tls, "1");
      assertThat(servers.values("k")).containsExactly("1", "-");

      mounted.swap(
          secret
              .with("users", "alice:not-hashed\n")
              .with("tls.key", "no key\n")
              .with("token", "short")
              .with("servers", "127.0.0.1:x\n")
              .files);
      fairlead.await("file of credentials was not taken, what it said before holds.*users");
      fairlead.await("a certificate was not renewed; the one before stays in use");
      Await.until("the servers fail", () -> ask("GET /stats").contains("127.0.0.1:x"));
      assertThat(mayEnter("old")).isTrue();
      assertThat(setLogLevel("old")).contains(" 200 ");
      fairlead.await("file of credentials was not taken, what it said before holds.*token");
      isServedWith(old, tls, "2");
      assertThat(servers.values("k")).containsExactly("2", "-");

      mounted.swap(
          secret
              .withPassword("next")
              .withKeys(next.forServer("cache"))
              .with("token", TOKEN + "next")
              .with("servers", server(1) + " b\n")
              .files);
      Await.until("the new password", () -> mayEnter("next"));
      fairlead.await("certificate renewed");
      assertThat(setLogLevel("next")).contains(" 200 ");
      assertThat(setLogLevel("old")).contains(" 401 ");
      assertThat(mayEnter("old")).isFalse();
      Await.until("the new server", () -> ask("GET /servers").contains("\"b\""));
      isServedWith(next, tls, "3");
    }
  }

  private Map<String, String> configWith(MountedVolume secret, int tls) {
    return Map.of(
        "fairlead.yaml",
        """
        listeners:
          - { address: "127.0.0.1:%d", auth: "%s" }
          - address: "127.0.0.1:%d"
            tls: { certificate: "%s", key: "%s" }
        admin: { listen: "127.0.0.1:%d", token_file: "%s" }
        pools:
          main:
            servers: ["file://%s"]
            remove_after: 1s
        """
            .formatted(
                port,
                secret.file("users"),
                tls,
                secret.file("tls.crt"),
                secret.file("tls.key"),
                admin,
                secret.file("token"),
                secret.file("servers")));
  }

  private boolean mayEnter(String password) {
    String pair = "alice " + password;
    try (RawClient client = RawClient.connect(port)) {
      return client
          .send("set auth 0 0 " + pair.length() + "\r\n" + pair + "\r\n")
          .readLine()
          .startsWith("STORED");
    }
  }

  private String setLogLevel(String token) {
    return ask("POST /log-level?level=info", "Authorization: Bearer " + TOKEN + token + "\r\n");
  }

  private static void isServedWith(Authority authority, int port, String value) {
    try (TlsTunnel tunnel = TlsTunnel.to(port, authority);
        RawClient client = RawClient.connect(tunnel.port())) {
      client.send("set k 0 0 1\r\n" + value + "\r\n").expect("STORED\r\n");
    }
  }
}
