package io.fairlead.routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.route.RoutingPrefixSettings;
import io.fairlead.faults.TestProxy;
import io.fairlead.it.LeakCheck;
import io.fairlead.testkit.RawClient;
import io.fairlead.testkit.ScriptedBackend;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The keys that mcrouter 0.40.0 was seen to send to a server. */
@ExtendWith(LeakCheck.class)
class RoutingKeyRowsIT {
  private static final Path RECORDED =
      Path.of(System.getProperty("basedir", "."))
          .resolve("../proxy-core/src/test/resources/placement/mcrouter-routing-key.tsv.gz");

  private static final int FULL_KEY = 0;
  private static final int SENT = 4;

  @Test
  void everyKeyIsSentAsRecorded() throws IOException {
    List<String[]> rows = rows();
    try (ScriptedBackend server = ScriptedBackend.answering(line -> "STORED\r\n");
        TestProxy proxy =
            new RouteSetup(List.of(server.port()))
                .start(
                    new RoutingPrefixSettings(
                        Map.of("/././", RouteSetup.pool(0)), "/././", true))) {
      RawClient client = proxy.client();
      List<String> expected = new ArrayList<>();
      for (String[] row : rows) {
        String sent = row[SENT];
        client.send("set " + row[FULL_KEY] + " 0 0 1\r\nx\r\n");
        client.expect(sent.isEmpty() ? "CLIENT_ERROR bad key\r\n" : "STORED\r\n");
        if (!sent.isEmpty()) {
          expected.add("set " + sent + " 0 0 1");
        }
      }

      assertThat(rows).hasSize(37);
      assertThat(server.lines()).filteredOn(line -> !line.equals("x")).isEqualTo(expected);
    }
  }

  private static List<String[]> rows() throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(new GZIPInputStream(Files.newInputStream(RECORDED)), UTF_8))) {
      return lines.lines().skip(1).map(line -> line.split("\t", -1)).toList();
    }
  }
}
