package io.fairlead.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.fairlead.testkit.MemcachedProcess;
import io.fairlead.testkit.RawClient;
import io.fairlead.testkit.tls.Authority;
import io.fairlead.testkit.tls.Authority.Issued;
import io.fairlead.testkit.tls.TlsTunnel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The image while it runs. */
class ContainerIT {
  private static final String JAVA = "/opt/fairlead/bin/";

  @TempDir private Path folder;

  private Path etc;
  private Engine engine;
  private MemcachedProcess memcached;

  @BeforeEach
  void start() throws Exception {
    etc = Files.createDirectory(folder.resolve("etc"));
    Image image = Image.unpackedTo(Files.createDirectory(folder.resolve("image")));
    engine = Engine.of(image, folder).mount(etc, "/etc/fairlead");
    assumeThat(engine.hindrance()).as("why no container can be run").isEmpty();
    memcached = MemcachedProcess.start();
  }

  @AfterEach
  void stop() {
    if (memcached != null) {
      memcached.close();
    }
  }

  private void configure(String more) throws IOException {
    Files.writeString(
        etc.resolve("fairlead.yaml"),
        """
        pools: { main: { servers: ["127.0.0.1:%d"], timeout: 10s } }
        admin: 127.0.0.1:0
        %s
        """
            .formatted(memcached.port(), more));
  }

  private static void isServed(Container container) throws Exception {
    try (RawClient client = container.client()) {
      isServed(client);
    }
  }

  private static void isServed(RawClient client) {
    client.send("set k 0 0 5\r\nvalue\r\nget k\r\n");
    client.expect("STORED\r\nVALUE k 0 5\r\nvalue\r\nEND\r\n");
  }

  @Test
  void servesAsNobodyWithoutWritingAnything() throws Exception {
    configure("listeners: [127.0.0.1:0]");
    try (Container container = engine.start()) {
      isServed(container);
      container.await("msg=\"ready\"");

      assertThat(container.status("Uid")).matches("65532(\\s65532){3}");
      assertThat(container.status("Gid")).matches("65532(\\s65532){3}");
      assertThat(container.status("CapEff")).isEqualTo("0000000000000000");
      assertThat(container.status("NoNewPrivs")).isEqualTo("1");
      assertThat(container.status("NSpid")).endsWith("\t1");
      assertThat(container.temporaryFiles()).isEmpty();
      assertThat(container.log())
          .contains("java=\"25")
          .doesNotContain("level=WARN", "level=ERROR", "[warning]", "[error]");
    }
  }

  @Test
  void usesEpollFromBesideJava() throws Exception {
    configure("listeners: [127.0.0.1:0]\nthreads: { transport: epoll }");
    try (Container container = engine.start()) {
      isServed(container);

      assertThat(container.mapped())
          .containsPattern("/opt/fairlead/lib/libnetty_transport_native_epoll_\\w+\\.so");
    }
  }

  @Test
  void servesWhatIsSaidOnTheCommandLineOnEveryAddress() throws Exception {
    String server = "127.0.0.1:" + memcached.port();
    Engine anyPort =
        engine.with("FAIRLEAD_LISTEN", "0.0.0.0:0").with("FAIRLEAD_ADMIN", "0.0.0.0:0");
    try (Container container = anyPort.start("serve", "--server", server)) {
      isServed(container);
      container.await("msg=\"ready\"");

      assertThat(container.page("/readyz")).contains(" 200 OK");
      assertThat(container.log()).containsPattern("msg=\"listening\" address=\"\\*:\\d+\"");
    }
  }

  @Test
  void saysWhatIsMissingWhenNoFileIsMounted() throws Exception {
    Ended ended = engine.run();

    assertThat(ended.output())
        .startsWith("fairlead: /etc/fairlead/fairlead.yaml: ")
        .hasLineCount(1);
    assertThat(ended.status()).isEqualTo(1);
  }

  @Test
  void answersARequestInFlightBeforeItEnds() throws Exception {
    configure("listeners: [127.0.0.1:0]");
    try (Container container = engine.start();
        RawClient client = container.client()) {
      isServed(client);
      memcached.freeze();
      client.send("get k\r\nset l 0 0 4\r\nha");
      container.tellToStop();
      container.await("msg=\"draining\"");
      memcached.thaw();

      client.expect("VALUE k 0 5\r\nvalue\r\nEND\r\n");
      client.send("lf\r\n").expect("STORED\r\n").expectClosed();
      assertThat(container.awaitEnd()).isZero();
      assertThat(container.log()).contains("msg=\"stopped\"");
    }
  }

  @Test
  void clientsMaySpeakTls() throws Exception {
    Authority authority = Authority.in(folder);
    Issued keys = authority.forServer("cache.example.com");
    Files.copy(keys.certificate(), etc.resolve("tls.crt"));
    Files.copy(keys.key(), etc.resolve("tls.key"));
    etc.resolve("tls.key").toFile().setReadable(true, false);
    configure(
        "listeners: [{ address: 127.0.0.1:0, tls:"
            + " { certificate: /etc/fairlead/tls.crt, key: /etc/fairlead/tls.key } }]");
    try (Container container = engine.start();
        TlsTunnel tunnel = TlsTunnel.to(container.port(), authority);
        RawClient client = RawClient.connect(tunnel.port())) {
      isServed(client);
    }
  }

  @Test
  void metricsAndTheLogAreAsElsewhere() throws Exception {
    configure("listeners: [127.0.0.1:0]");
    try (Container container = engine.with("FAIRLEAD_LOG_FORMAT", "json").start()) {
      String url = container.await("\"url\":\"([^\"]*)\"");
      int port = Integer.parseInt(url.replaceAll(".*:", ""));
      container.await("\"msg\":\"ready\"");

      assertThat(Container.page(port, "/metrics"))
          .contains(" 200 OK", "fairlead_backend_up{backend=\"127.0.0.1:" + memcached.port());
      assertThat(container.log().lines()).allMatch(line -> line.startsWith("{\"time\":\""));
    }
  }

  @Test
  void everyCommandStarts() throws Exception {
    Ended help = engine.run("--help");
    List<String> commands =
        help.output()
            .lines()
            .dropWhile(line -> !line.equals("Commands:"))
            .skip(1)
            .takeWhile(line -> line.startsWith("  "))
            .filter(line -> line.matches("  \\w.*"))
            .map(line -> line.strip().split(" ", -1)[0])
            .toList();

    assertThat(commands)
        .contains("serve", "top", "mcrouter", "hash-password")
        .hasSizeGreaterThan(15);
    for (String command : commands) {
      Ended ended = engine.run(command, "--help");
      assertThat(ended.output()).as(command).contains("Usage: fairlead " + command);
      assertThat(ended.status()).as(command).isZero();
    }
  }

  @Test
  void toolsWorkInside() throws Exception {
    configure("listeners: [127.0.0.1:0]");
    Files.writeString(etc.resolve("größe.yml"), "a: { listen: 127.0.0.1:1, servers: [h:1:1] }\n");

    String file = "/etc/fairlead/fairlead.yaml";
    String other = "/etc/fairlead/größe.yml";
    assertThat(engine.run("check", file).status()).isZero();
    assertThat(engine.run("where", "--config", file, "user:42").output()).contains("user:42");
    assertThat(engine.run("explain", "--config", file, "get", "k").status()).isZero();
    assertThat(engine.run("convert", other).output()).contains("pools:");
    assertThat(engine.run("doctor", file).output()).doesNotContain("NoClassDefFoundError");
    assertThat(engine.run("bench", "--help").status()).isZero();
  }

  @Test
  void jcmdAndTopWorkBesideTheProxy() throws Exception {
    configure("listeners: [127.0.0.1:0]");
    try (Container container = engine.start()) {
      isServed(container);

      assertThat(container.exec(JAVA + "jcmd", "1", "VM.flags").output())
          .contains(
              "-XX:+UseSerialGC", "-XX:MaxHeapSize=100663296", "-XX:+UseCompactObjectHeaders");
      assertThat(container.exec(JAVA + "jcmd", "1", "Thread.print").output())
          .contains("\"fairlead-loop-");
      String admin = container.await("msg=\"admin listening\" url=\"http://([^\"]*)\"");
      String jar = "/opt/fairlead/fairlead.jar";
      assertThat(container.exec(JAVA + "java", "-jar", jar, "top", "--count", "1", admin).output())
          .contains("servers up", " 1/1");
    }
  }
}
