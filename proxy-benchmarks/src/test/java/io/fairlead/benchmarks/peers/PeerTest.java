package io.fairlead.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeerTest {
  private static final List<Integer> BACKENDS = List.of(23001, 23002, 23003);

  @TempDir Path directory;

  @Test
  void fairleadRunsThroughTheLauncherOfTheSourceTree() throws IOException {
    Path launcher = Files.createFile(directory.resolve("fairlead"));
    assertThat(launcher.toFile().setExecutable(true)).isTrue();

    assertThat(Peer.of("fairlead").command(site(false)))
        .containsExactly(
            launcher.toString(),
            "serve",
            "--server",
            "127.0.0.1:23001",
            "--server",
            "127.0.0.1:23002",
            "--server",
            "127.0.0.1:23003",
            "--listen",
            "127.0.0.1:22121",
            "--admin",
            "127.0.0.1:22122");
  }

  @Test
  void fairleadWithTlsDiffersInItsListenerOnly() throws IOException {
    Path launcher = Files.createFile(directory.resolve("fairlead"));
    assertThat(launcher.toFile().setExecutable(true)).isTrue();
    Path file = directory.resolve("fairlead.yaml");

    Peer peer = Peer.of("fairlead-tls");

    assertThat(peer.speaksTls()).isTrue();
    assertThat(peer.command(site(false)))
        .containsExactly(
            launcher.toString(),
            "serve",
            "--config",
            file.toString(),
            "--no-reload",
            "--admin",
            "127.0.0.1:22122");
    assertThat(Files.readString(file))
        .isEqualTo(
            """
            listeners:
              - address: 127.0.0.1:22121
                pool: main
                tls: { certificate: "DIR/certificate.pem", key: "DIR/key.pem" }
            pools:
              main: { servers: [127.0.0.1:23001, 127.0.0.1:23002, 127.0.0.1:23003] }
            """
                .replace("DIR", directory.toString()));
    assertThat(directory.resolve("certificate.pem")).content().contains("BEGIN CERTIFICATE");
    assertThat(directory.resolve("key.pem")).content().contains("BEGIN PRIVATE KEY");
  }

  @Test
  void aCertificateThatCannotBeMadeIsSaid() {
    assertThatThrownBy(() -> SelfSigned.in(directory.resolve("absent")))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("openssl made no certificate: ")
        .hasMessageContaining("absent");
  }

  @Test
  void memcachedSpeaksTls() throws IOException {
    Peer peer = Peer.of("direct-tls");

    assertThat(peer.speaksTls()).isTrue();
    assertThat(peer.command(site(false)))
        .endsWith(
            "-Z",
            "-o",
            "ssl_chain_cert=%s/certificate.pem,ssl_key=%s/key.pem".formatted(directory, directory));
  }

  @Test
  void aCommandMaySpeakTls() throws IOException {
    Peer peer = Peer.of("tls:./start-it --fast");

    assertThat(peer.speaksTls()).isTrue();
    assertThat(peer.command(site(false))).startsWith("./start-it", "--fast", "22121");
    assertThat(Peer.of("./start-it").speaksTls()).isFalse();
  }

  @Test
  void fairleadSaysThatItsLauncherIsMissing() {
    assertThatThrownBy(() -> Peer.of("fairlead").command(site(false)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("fairlead: missing (expected: the executable launcher)");
  }

  @Test
  void nutcrackerGetsItsConfiguration() throws IOException {
    List<String> command = Peer.of("nutcracker").command(site(false));

    assertThat(command.get(0)).endsWith("/nutcracker");
    assertThat(Files.readString(directory.resolve("nutcracker.yml")))
        .isEqualTo(
            """
            pool:
              listen: 127.0.0.1:22121
              hash: fnv1a_64
              distribution: ketama
              server_connections: 1
              auto_eject_hosts: false
              timeout: 5000
              backlog: 1024
              servers:
                - 127.0.0.1:23001:1
                - 127.0.0.1:23002:1
                - 127.0.0.1:23003:1
            """);
  }

  @Test
  void anyOtherTextIsACommand() throws IOException {
    Peer peer = Peer.of("./start-it --fast");

    assertThat(peer.command(site(true)))
        .containsExactly("./start-it", "--fast", "22121", "23001,23002,23003", "replicated");
    assertThat(peer.environment(site(true))).containsEntry("PROXY_DIR", directory.toString());
    assertThat(peer.canReplicate()).isTrue();
  }

  private Site site(boolean isReplicated) {
    return new Site(directory, directory, 22121, BACKENDS, isReplicated);
  }
}
