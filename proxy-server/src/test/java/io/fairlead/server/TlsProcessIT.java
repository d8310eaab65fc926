package io.fairlead.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.fairlead.testkit.FreePorts;
import io.fairlead.testkit.RawClient;
import io.fairlead.testkit.tls.Authority;
import io.fairlead.testkit.tls.Authority.Issued;
import io.fairlead.testkit.tls.TlsMemcached;
import io.fairlead.testkit.tls.TlsTunnel;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS on both sides of a process, as it is shipped. */
class TlsProcessIT {
  @TempDir Path folder;

  private Authority authority;
  private Issued keys;
  private TlsMemcached server;

  @BeforeEach
  void startServer() {
    authority = Authority.in(folder);
    keys = authority.forServer("cache.example.com");
    server = TlsMemcached.start(keys);
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  private void isServed(int port) {
    try (TlsTunnel tunnel = TlsTunnel.to(port, authority);
        RawClient client = RawClient.connect(tunnel.port());
        RawClient direct = RawClient.connect(server.process().port())) {
      String value = "x".repeat(100_000);
      client.send("set k 0 0 100000\r\n" + value + "\r\n").expect("STORED\r\n");
      direct.send("get k\r\n").expect("VALUE k 0 100000\r\n" + value + "\r\nEND\r\n");
      client.send("get k\r\n").expect("VALUE k 0 100000\r\n" + value + "\r\nEND\r\n");
    }
  }

  @Test
  void mcroutersOptionsAndFilesAreFollowed() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("mcrouter.json"),
            "{\"pools\": {\"A\": {\"servers\": [\"127.0.0.1:%d:ascii:ssl\"]}}, \"route\": \"PoolRoute|A\"}"
                .formatted(server.port()));
    int port = FreePorts.next();
    try (RunningFairlead fairlead =
        Launcher.sharedIn(folder)
            .start(
                "mcrouter",
                "--asynclog-disable",
                "--listen-addresses=127.0.0.1",
                "--ssl-port=" + port,
                "--pem-cert-path=" + keys.certificate(),
                "--pem-key-path=" + keys.key(),
                "--pem-ca-path=" + authority.certificate(),
                "--ssl-verify-peers",
                "-f",
                file.toString())) {
      fairlead.await("msg=\"ready\"");

      isServed(port);
      assertThat(fairlead.log()).contains("msg=\"TLS\" engine=\"Java\"");
    }
  }

  @Test
  void openSslIsUsedWhereItsLibraryIsOnTheClassPath() throws Exception {
    String libraries =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .filter(path -> path.contains("netty-tcnative"))
            .collect(Collectors.joining(File.pathSeparator));
    boolean isOfThisMachine =
        System.getProperty("os.name").equals("Linux")
            && System.getProperty("os.arch").equals("amd64");
    assumeThat(isOfThisMachine).as("the native library is for Linux on x86-64").isTrue();
    int port = FreePorts.next();
    Path file = Files.writeString(folder.resolve("fairlead.yml"), yaml(port));

    try (RunningFairlead fairlead = start(libraries, file)) {
      fairlead.await("msg=\"ready\"");

      isServed(port);
      assertThat(fairlead.log()).contains("msg=\"TLS\" engine=\"BoringSSL\"");
    }
  }

  private RunningFairlead start(String libraries, Path file) throws IOException {
    Path output = Files.createTempFile("fairlead", ".log");
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            Launcher.JAR + File.pathSeparator + libraries,
            "io.fairlead.server.Fairlead",
            "serve",
            "--config",
            file.toString());
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    return new RunningFairlead(process, output);
  }

  private String yaml(int port) {
    return """
    listeners:
      - {address: "127.0.0.1:%d", pool: main, tls: {certificate: "%s", key: "%s"}}
    pools:
      main: {servers: ["127.0.0.1:%d"], timeout: 5s, tls: {ca: "%s"}}
    admin: false
    """
        .formatted(port, keys.certificate(), keys.key(), server.port(), authority.certificate());
  }
}
