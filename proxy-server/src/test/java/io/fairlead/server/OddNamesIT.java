package io.fairlead.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.testkit.FreePorts;
import io.fairlead.testkit.InProcessMemcached;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Names that a nutcracker.yml may have and a file of our own may not. */
class OddNamesIT {
  private static final String POOL = "a \"b\"\nlevel=ERROR {ü}";
  private static final int KEYS = 100;
  private static final String SERVER = "\"x\\\n=\u001b1";

  @TempDir private Path folder;

  @Test
  void areEscapedInMetricsStatisticsAndTheLog() throws Exception {
    Launcher launcher = Launcher.copiedTo(folder);
    int port = FreePorts.next();
    try (InProcessMemcached memcached = InProcessMemcached.start();
        RunningFairlead fairlead =
            launcher.start("serve", "--config", file(port, memcached.port()), "--admin", "0")) {
      int admin = fairlead.awaitPort("msg=\"admin listening\" url=\"http://127.0.0.1:(\\d+)\"");
      fairlead.await("msg=\"ready\"");

      assertThat(Conversation.with(port, sets() + "quit\r\n").lines())
          .hasSize(KEYS)
          .allMatch(line -> line.equals("STORED") || line.startsWith("SERVER_ERROR "))
          .contains("STORED");
      assertThat(page(admin, "/metrics"))
          .contains(
              "fairlead_backend_up{backend=\"\\\"x\\\\\\n=\u001b1\","
                  + "pool=\"a \\\"b\\\"\\nlevel=ERROR {ü}\"} 1.0");
      assertThat(page(admin, "/metrics")).contains("fairlead_backend_up{backend=\"\",");
      assertThat(servers(page(admin, "/stats"))).contains(POOL, SERVER);
      assertThat(fairlead.log())
          .contains(" pool=\"a \\\"b\\\"\\u000alevel=ERROR {ü}\" mode=\"sharded\"");
      assertThat(fairlead.log().lines()).allMatch(line -> line.startsWith("time="));
      assertThat(fairlead.log()).doesNotContain("\u001b");
    }
  }

  private String file(int port, int server) throws Exception {
    String pool = "a \\\"b\\\"\\nlevel=ERROR {ü}";
    String yaml =
        """
        "%s":
          listen: 127.0.0.1:%d
          timeout: 500
          servers:
           - "127.0.0.1:%d:1 \\"x\\\\\\n=\\e1"
           - "127.0.0.1:%d:1 "
           - "no such host.invalid:1:1 n"
           - "/tmp/%s:1"
           - "/tmp/a\\0b:1"
        """
            .formatted(pool, port, server, server, "x".repeat(200));
    return Files.writeString(folder.resolve("nutcracker.yml"), yaml).toString();
  }

  /** So many that each server gets some, those that cannot be reached too. */
  private static String sets() {
    StringBuilder sets = new StringBuilder();
    for (int i = 0; i < KEYS; i++) {
      sets.append("set key").append(i).append(" 0 0 1\r\n1\r\n");
    }
    return sets.toString();
  }

  private static String page(int admin, String path) throws Exception {
    String reply = Conversation.with(admin, "GET " + path + " HTTP/1.0\r\n\r\n");
    return reply.substring(reply.indexOf("\r\n\r\n") + 4);
  }

  /** All that the page says about servers; JSON is YAML too. */
  private static String servers(String json) {
    Object page = new Yaml(new SafeConstructor(new LoaderOptions())).load(json);
    return String.valueOf(((Map<?, ?>) page).get("servers"));
  }
}
