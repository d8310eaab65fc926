package io.fairlead.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class AdminPagesTest {
  @SuppressWarnings("UnusedVariable") // named by @FieldSource
  private static final List<String> PATHS = new AdminPages(new AdminState("")).paths();

  private final AdminState state = new AdminState("1.2.3");
  private final AdminPages pages = new AdminPages(state);
  private final Samples samples = new Samples();

  @Test
  void isAliveButNotReadyWhileStarting() {
    assertThat(status("/livez")).isEqualTo(200);
    assertThat(status("/readyz")).isEqualTo(503);
    assertThat(status("/startupz")).isEqualTo(503);
    assertThat(page("/readyz").body()).isEqualTo("{\"error\":\"starting\"}\n");
  }

  @Test
  void isReadyOnceTheProxyRuns() {
    state.onServing(samples.readings(), Samples.view());
    state.onReady();

    assertThat(status("/livez")).isEqualTo(200);
    assertThat(status("/readyz")).isEqualTo(200);
    assertThat(status("/startupz")).isEqualTo(200);
  }

  @Test
  void isAliveAndStartedButNotReadyWhileDraining() {
    state.onServing(samples.readings(), Samples.view());
    state.onReady();

    state.onDraining();

    assertThat(status("/livez")).isEqualTo(200);
    assertThat(status("/readyz")).isEqualTo(503);
    assertThat(status("/startupz")).isEqualTo(200);
  }

  @Test
  void isNotAliveWhileAnEventLoopIsStuck() {
    state.onServing(samples.readings(), Samples.view());
    state.onReady();

    samples.stuckLoops = List.of("event loop a has not ended a turn for 11 s");
    assertThat(status("/livez")).isEqualTo(503);
    assertThat(status("/readyz")).isEqualTo(503);
    assertThat(page("/livez").body())
        .isEqualTo("{\"error\":\"event loop a has not ended a turn for 11 s\"}\n");

    samples.stuckLoops = List.of();
    assertThat(status("/livez")).isEqualTo(200);
  }

  @Test
  void namesItsVersion() {
    assertThat(page("/version").body())
        .isEqualTo("{\"version\":\"1.2.3\",\"java\":\"" + Runtime.version() + "\"}\n");
  }

  @Test
  void countsByLoopAndListsServers() {
    state.onServing(samples.readings(), Samples.view());
    state.onReady();

    assertThat(page("/stats").body())
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
    Page page = page("/nothing");

    assertThat(page.status()).isEqualTo(HttpResponseStatus.NOT_FOUND);
    assertThat(page.contentType()).isEqualTo("application/json");
    assertThat(page.body()).contains("\"no such path\"").contains(pages.paths());
  }

  @ParameterizedTest
  @FieldSource("PATHS")
  void answersEveryPathThatItLists(String path) {
    state.onServing(samples.readings(), Samples.view());
    state.onReady();

    assertThat(status(path + "?pool=main")).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "/server, did you mean /servers?",
    "/Readyz, did you mean /readyz?",
    "/over-view, did you mean /overview?",
  })
  void namesTheNearestPath(String path, String hint) {
    assertThat(page(path).body()).contains("\"hint\":\"" + hint + "\"");
  }

  @Test
  void linksToEveryPage() {
    assertThat(page("/index").contentType()).startsWith("text/html");
    for (String path : pages.paths()) {
      assertThat(page("/index").body()).contains("<a href=\"" + path + "\">");
    }
  }

  @Test
  void answersUnderOtherNamesToo() {
    state.onServing(samples.readings(), Samples.view());
    state.onReady();

    assertThat(page("/healthz")).isEqualTo(page("/livez"));
    assertThat(page("/backends")).isEqualTo(page("/servers"));
  }

  private Page page(String uri) {
    return pages.page(PageRequest.of(uri, ""));
  }

  private int status(String path) {
    return page(path).status().code();
  }
}
