package io.fairlead.server.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fairlead.hotkey.HotKey;
import io.fairlead.server.events.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The pages that list what a proxy has. */
class PartsPagesTest {
  private final AdminState state = new AdminState("1.2.3");
  private final AdminPages pages = new AdminPages(state);
  private final List<Event> events = new ArrayList<>();
  private final List<HotKey> hotKeys = new ArrayList<>();

  @BeforeEach
  void start() {
    state.readsProcess(new ProcessReadings(() -> events, ProcessReadings.NONE.logLevel()));
    state.onServing(new Samples().readings(), Samples.view(hotKeys));
    state.onReady();
  }

  @Test
  void listsPools() {
    assertThat(pages.page(PageRequest.of("/pools", "")).body())
        .isEqualTo(
            "{\"pools\":[{\"pool\":\"main\",\"kind\":\"sharded\",\"hash\":\"fnv1a_64\","
                + "\"distribution\":\"ketama\",\"fingerprint\":\"0123456789abcdef\","
                + "\"panic\":false,\"requests\":28,\"hits\":22,"
                + "\"misses\":0,\"errors\":0,\"servers\":2},"
                + "{\"pool\":\"copies\",\"kind\":\"replicated\",\"panic\":true,\"requests\":0,"
                + "\"hits\":0,\"misses\":0,\"errors\":0,\"servers\":2}]}\n");
  }

  @Test
  void listsServersOverAllEventLoops() {
    assertThat(json("/servers?pool=main"))
        .extracting("servers")
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .hasSize(2);
    assertThat(pages.page(PageRequest.of("/servers?pool=main", "")).body())
        .startsWith(
            "{\"servers\":[{\"pool\":\"main\",\"server\":\"cache1\","
                + "\"address\":\"10.0.0.1:11211\",\"state\":\"up\",\"share\":")
        .contains("\"in_flight\":5,")
        .contains("\"server\":\"cache2\",\"address\":\"10.0.0.2:11211\",\"state\":\"ejected\",");
  }

  @Test
  void showsTablesToTerminals() {
    String table = pages.page(PageRequest.of("/servers?format=table", "")).body();

    assertThat(table.lines().toList()).hasSize(5);
    assertThat(table.lines().toList().get(0))
        .startsWith("pool    server  address         state    reason   share  connections");
    assertThat(table.lines().toList().get(2)).contains("cache2  10.0.0.2:11211  ejected  -");
  }

  @Test
  void saysWhichPoolMayHaveBeenMeant() {
    for (String path : List.of("/servers", "/ring")) {
      Page page = pages.page(PageRequest.of(path + "?pool=mian", ""));

      assertThat(page.status().code()).isEqualTo(404);
      assertThat(page.body())
          .isEqualTo("{\"error\":\"no such pool: mian\",\"hint\":\"did you mean main?\"}\n");
    }
  }

  @Test
  void drawsARingWhoseSharesAreThoseOfItsSlots() {
    Map<?, ?> ring = json("/ring?pool=main");
    List<?> slots = list(ring, "slots");
    List<?> shares = list(ring, "shares");

    assertThat(ring.get("servers")).isEqualTo(List.of("cache1", "cache2"));
    assertThat(slots).hasSize(720);
    double first = slots.stream().filter(owner -> owner.equals(0)).count() / 720.0;
    assertThat(first).isBetween(0.3, 0.7);
    assertThat((double) shares.get(0)).isCloseTo(first, within(0.05));
    assertThat((double) shares.get(0) + (double) shares.get(1)).isCloseTo(1, within(1e-9));
  }

  @ParameterizedTest
  @CsvSource({"/ring?pool=copies, 404, has no ring", "/ring, 400, expected: /ring?pool=NAME"})
  void drawsNoOtherRing(String uri, int status, String words) {
    Page page = pages.page(PageRequest.of(uri, ""));

    assertThat(page.status().code()).isEqualTo(status);
    assertThat(page.body()).contains(words);
  }

  @Test
  void listsClientsAndSaysHowManyItLeavesOut() {
    assertThat(pages.page(PageRequest.of("/clients", "")).body())
        .isEqualTo(
            "{\"clients\":[{\"address\":\"10.0.0.9:4321\",\"listener\":\"127.0.0.1:5000\","
                + "\"tls\":true,\"identity\":\"web\",\"age_seconds\":70,\"idle_seconds\":2,"
                + "\"requests\":9,\"in_flight\":2,\"buffered_bytes\":4096}],\"left_out\":3}\n");
  }

  @Test
  void showsWhereRequestsMayGo() {
    assertThat(pages.page(PageRequest.of("/routes", "")).body())
        .isEqualTo(
            "{\"routes\":[{\"listener\":\"127.0.0.1:5000\",\"target\":\"main\","
                + "\"route\":[\"server|main\"],\"servers\":[\"10.0.0.1:11211\"]}]}\n");
    assertThat(pages.page(PageRequest.of("/routes?format=table", "")).body())
        .endsWith("127.0.0.1:5000  main    server|main\n");
  }

  @Test
  void showsTheConfigurationAsYamlAndAsJson() {
    Page yaml = pages.page(PageRequest.of("/config", "*/*"));
    Page json = pages.page(PageRequest.of("/config", "application/json"));

    assertThat(yaml.contentType()).startsWith("application/yaml");
    assertThat(yaml.body()).contains("pools:\n  main:\n    mode: sharded\n");
    assertThat(json.contentType()).isEqualTo("application/json");
    assertThat(json.body()).contains("\"pools\":{\"main\":{\"mode\":\"sharded\",");
    assertThat(parsed(json.body())).isEqualTo(parsed(yaml.body()));
    assertThat(pages.page(PageRequest.of("/config?format=json", "*/*"))).isEqualTo(json);
  }

  @Test
  void tellsWhatHappenedLately() {
    events.add(new Event(5, "warn", "server ejected", Map.of("pool", "main")));

    assertThat(pages.page(PageRequest.of("/events", "")).body())
        .isEqualTo(
            "{\"events\":[{\"time_ms\":5,\"level\":\"warn\",\"message\":\"server ejected\","
                + "\"pairs\":{\"pool\":\"main\"}}]}\n");
  }

  @Test
  void listsHotKeys() {
    hotKeys.add(new HotKey("main", "user:42", 0.12, 0.01, 1234.56));

    assertThat(pages.page(PageRequest.of("/hotkeys", "")).body())
        .isEqualTo(
            "{\"hot_keys\":[{\"pool\":\"main\",\"key\":\"user:42\",\"share\":0.12,"
                + "\"per_second\":1234.6}]}\n");
  }

  @Test
  void boundsListsAndSaysHowManyAreLeftOut() {
    IntStream.range(0, 1500).forEach(i -> hotKeys.add(new HotKey("p", "k" + i, 0, 0, 0)));

    assertThat(json("/hotkeys"))
        .extracting("hot_keys")
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .hasSize(1000);
    assertThat(json("/hotkeys").get("left_out")).isEqualTo(500);
    assertThat(pages.page(PageRequest.of("/hotkeys?format=table", "")).body())
        .endsWith("… and 500 more\n");
  }

  @Test
  void overlooksEverything() {
    IntStream.range(0, 60).forEach(i -> events.add(new Event(i, "info", "x", Map.of())));
    hotKeys.add(new HotKey("main", "k", 0.5, 0, 1));

    Map<?, ?> overview = json("/overview");

    assertThat(overview.keySet().stream().map(String::valueOf))
        .containsExactly(
            "time_ms",
            "version",
            "host",
            "uptime_seconds",
            "phase",
            "java",
            "totals",
            "loops",
            "pools",
            "hot_keys",
            "events");
    assertThat(overview.get("phase")).isEqualTo("ready");
    assertThat(overview.get("totals")).extracting("requests", "clients").containsExactly(12, 4);
    assertThat(overview.get("events")).asInstanceOf(InstanceOfAssertFactories.LIST).hasSize(50);
    assertThat(overview.get("pools"))
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .first()
        .extracting("servers")
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .first()
        .extracting("server", "state", "in_flight")
        .containsExactly("cache1", "up", 5);
  }

  @Test
  void makesOneOverviewForAllWhoAskAtOnce() {
    assertThat(pages.overview().json()).isSameAs(pages.overview().json());
  }

  private Map<?, ?> json(String uri) {
    return (Map<?, ?>) parsed(pages.page(PageRequest.of(uri, "")).body());
  }

  private static List<?> list(Map<?, ?> page, String name) {
    return (List<?>) Objects.requireNonNull(page.get(name));
  }

  /** JSON is YAML too. */
  private static Object parsed(String text) {
    return new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
  }
}
