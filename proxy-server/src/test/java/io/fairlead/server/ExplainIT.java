package io.fairlead.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainIT {
  private static final String YAML =
      """
      pools:
        main: { servers: [10.0.0.1, 10.0.0.2], distribution: ch3 }
        spare: { servers: [10.0.0.3], timeout: 1s }
      routes:
        web:
          by_prefix:
            "s:": { replicate: [main, { servers: main }, spare], answer: fastest }
            otherwise:
              by_operation: { reads: main, delete: { error: no deletes }, otherwise: false }
      """;

  @TempDir private Path folder;

  @Test
  void printsTheTreeWithTheConditionsUnderWhichRequestsGetDown() throws IOException {
    Cli explain = Cli.run("explain", "--config", file(YAML));

    assertThat(explain.err()).isEmpty();
    assertThat(explain.out())
        .isEqualTo(
            """
            route web on 127.0.0.1:5000
              by_prefix
                s: -> replicate, fastest
                  pool main
                    sharded by ch3
                      server 10.0.0.1:11211 (pool main, timeout 250ms)
                      server 10.0.0.2:11211 (pool main, timeout 250ms)
                  server 10.0.0.1:11211 (pool main, timeout 250ms)
                  server 10.0.0.2:11211 (pool main, timeout 250ms)
                  pool spare
                    sharded by ketama
                      server 10.0.0.3:11211 (pool spare, timeout 1000ms)
                otherwise -> by_operation
                  get, gets, gat, gats -> pool main
                    sharded by ch3
                      server 10.0.0.1:11211 (pool main, timeout 250ms)
                      server 10.0.0.2:11211 (pool main, timeout 250ms)
                  set, add, replace, append, prepend, cas, incr, decr, touch -> error: no route for this operation: give it one, or a default
                  delete -> error: no deletes
            """);
    assertThat(explain.status()).isZero();
  }

  @Test
  void followsOneRequestToTheServersThatMayBeAsked() throws IOException {
    String config = file(YAML);

    assertThat(Cli.run("explain", "--config", config, "get", "user:1").out())
        .isEqualTo(
            """
            get user:1: route web on 127.0.0.1:5000
              by_prefix
                otherwise -> by_operation
                  get -> pool main
                    sharded by ch3
                      server 10.0.0.1:11211 (pool main, timeout 250ms)
            server: 10.0.0.1:11211
            """);
    assertThat(Cli.run("explain", "--config", config, "delete", "user:1").out())
        .endsWith("  no server is asked\n");
    assertThat(Cli.run("explain", "--config", config, "--route", "spare", "set", "s:1").out())
        .isEqualTo(
            """
            set s:1: pool spare
              sharded by ketama
                server 10.0.0.3:11211 (pool spare, timeout 1000ms)
            server: 10.0.0.3:11211
            """);
  }

  @Test
  void saysTheSameAsJson() throws IOException {
    Cli explain =
        Cli.run("explain", "--config", file(YAML), "--format", "json", "delete", "user:1");

    assertThat(explain.out())
        .isEqualTo(
            """
            {"route":"web","listeners":["127.0.0.1:5000"],"operation":"delete","key":"user:1",\
            "nodes":[{"depth":0,"label":"root"},{"depth":1,"label":"prefix-selector"},\
            {"depth":2,"condition":"otherwise","label":"operation-selector"},\
            {"depth":3,"condition":"delete","label":"error|no deletes"}],"servers":[]}
            """);
  }

  @Test
  void connectsToNothing() throws IOException {
    try (ServerSocketChannel server = ServerSocketChannel.open()) {
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      server.configureBlocking(false);
      int port = ((InetSocketAddress) server.getLocalAddress()).getPort();
      String yaml =
          "pools: { main: { servers: [\"127.0.0.1:" + port + "\"], preconnect: true } }\n";

      Cli explain = Cli.run("explain", "--config", file(yaml), "get", "k");

      assertThat(explain.out()).endsWith("server: 127.0.0.1:" + port + "\n");
      assertThat(server.accept()).isNull();
    }
  }

  @Test
  void refusesWhatIsNoRequest() throws IOException {
    String config = file(YAML);

    assertMistake(2, "fairlead: flushall (expected: get, gets, ", "flushall", "k");
    assertMistake(2, "fairlead: A key is missing: get KEY.", "get");
    assertMistake(2, "fairlead: The key is refused, as it has ", "get", "a b");
    Cli unknown = Cli.run("explain", "--config", config, "--route", "inner");
    assertThat(unknown.err())
        .isEqualTo(
            "fairlead: no pool, and no route of a listener, is called inner in "
                + config
                + " (expected: web, main, spare).\n");
    assertThat(unknown.status()).isEqualTo(1);
  }

  @Test
  void explainsEveryExample() throws IOException {
    List<Path> examples;
    try (Stream<Path> files = Files.walk(Path.of("../config-examples"))) {
      examples = files.filter(Files::isRegularFile).filter(ExplainIT::isWhole).toList();
    }

    assertThat(examples).hasSizeGreaterThan(15);
    for (Path example : examples) {
      Cli explain =
          Cli.run("explain", "--no-lookup", "--config", example.toString(), "get", "user:1");

      assertThat(explain.err()).as(example.toString()).isEmpty();
      assertThat(explain.out()).as(example.toString()).contains("get user:1: ", "server");
    }
  }

  private static boolean isWhole(Path example) {
    return !example.toString().contains("/monitoring/") // these are not for Fairlead
        && !example.getFileName().toString().equals("two-regions-servers.json")
        && !example.getFileName().toString().equals("two-regions.json");
  }

  private void assertMistake(int status, String error, String... request) throws IOException {
    String[] args = {"explain", "--config", file(YAML), request[0]};
    Cli explain =
        request.length == 1
            ? Cli.run(args)
            : Cli.run(args[0], args[1], args[2], request[0], request[1]);

    assertThat(explain.err()).startsWith(error);
    assertThat(explain.status()).isEqualTo(status);
  }

  private String file(String yaml) throws IOException {
    return Files.writeString(folder.resolve("f.yaml"), yaml).toString();
  }
}
