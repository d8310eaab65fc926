package io.fairlead.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class AdminPagesTest {
  @SuppressWarnings("UnusedVariable") // named by @FieldSource
  private static final List<String> PATHS = AdminPages.PATHS;

  private final AdminPages pages = new AdminPages("1.2.3");
  private final Samples samples = new Samples();

  @Test
  void isAliveButNotReadyWhileStarting() {
    assertThat(status("/livez")).isEqualTo(200);
    assertThat(status("/readyz")).isEqualTo(503);
    assertThat(status("/startupz")).isEqualTo(503);
    assertThat(pages.page("/readyz").body()).isEqualTo("{\"error\":\"starting\"}\n");
  }

  @Test
  void isReadyOnceTheProxyRuns() {
    pages.onReady(samples.readings());

    assertThat(status("/livez")).isEqualTo(200);
    assertThat(status("/readyz")).isEqualTo(200);
    assertThat(status("/startupz")).isEqualTo(200);
  }

  @Test
  void isAliveAndStartedButNotReadyWhileDraining() {
    pages.onReady(samples.readings());

    pages.onDraining();

    assertThat(status("/livez")).isEqualTo(200);
    assertThat(status("/readyz")).isEqualTo(503);
    assertThat(status("/startupz")).isEqualTo(200);
  }

  @Test
  void isNotAliveWhileAnEventLoopIsStuck() {
    pages.onReady(samples.readings());

    samples.stuckLoops = List.of("event loop a has not ended a turn for 11 s");
    assertThat(status("/livez")).isEqualTo(503);
    assertThat(pages.page("/livez").body())
        .isEqualTo("{\"error\":\"event loop a has not ended a turn for 11 s\"}\n");

    samples.stuckLoops = List.of();
    assertThat(status("/livez")).isEqualTo(200);
  }

  @Test
  void namesItsVersion() {
    assertThat(pages.page("/version").body())
        .isEqualTo("{\"version\":\"1.2.3\",\"java\":\"" + Runtime.version() + "\"}\n");
  }

  @Test
  void countsByLoopAndListsServers() {
    pages.onReady(samples.readings());

    assertThat(pages.page("/stats").body())
        .startsWith("{\"phase\":\"ready\",\"loops\":[{\"clients\":4,")
        .contains("\"cmd_get\":7")
        .contains("\"cmd_get\":5")
        .contains(
            "{\"pool\":\"main\",\"server\":\"cache2\",\"address\":\"10.0.0.2:11211\","
                + "\"state\":\"ejected\",\"failures_in_a_row\":3,\"in_flight\":0,"
                + "\"probes\":0,\"failures\":{},\"ejections\":{}}")
        .contains("\"pools\":[{\"pool\":\"main\",\"client_eof\":6,")
        .contains("\"servers\":[{\"server\":\"cache1\",\"server_eof\":0,")
        .contains("\"requests\":40,")
        .contains("\"delete_spool\":{\"spooled\":9,");
  }

  @Test
  void listsWhatThereIsWhenAPathIsUnknown() {
    Page page = pages.page("/nothing");

    assertThat(page.status()).isEqualTo(HttpResponseStatus.NOT_FOUND);
    assertThat(page.contentType()).isEqualTo("application/json");
    assertThat(page.body()).contains("\"no such path\"").contains(AdminPages.PATHS);
  }

  @ParameterizedTest
  @FieldSource("PATHS")
  void answersEveryPathThatItLists(String path) {
    pages.onReady(samples.readings());

    assertThat(status(path)).isEqualTo(200);
  }

  private int status(String path) {
    return pages.page(path).status().code();
  }
}
