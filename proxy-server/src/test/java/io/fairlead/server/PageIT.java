package io.fairlead.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.browser.Chromium;
import io.fairlead.browser.Tab;
import io.fairlead.testkit.FreePorts;
import io.fairlead.testkit.Memcached;
import io.fairlead.testkit.MemcachedServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The page at {@code /} in a real browser. With {@code -Dfairlead.write=true} the pictures in docs
 * are taken anew.
 */
class PageIT {
  private static final int LARGEST_BYTES = 60_000;
  private static final String SERVER_ROWS = "document.querySelectorAll('.pool tbody tr')";
  private static final String HOT_KEYS = "document.querySelectorAll('#hot tbody tr')";
  private static final String THROUGHPUT =
      "document.querySelector('#throughput path.s0').getAttribute('d')";
  private static final String TILES = "document.querySelectorAll('#tiles .tile')";

  @TempDir private static Path profile;
  private static Chromium chromium;

  @TempDir private Path folder;
  private List<MemcachedServer> servers;
  private RunningFairlead fairlead;
  private BrowsingLoad load;
  private int admin;
  private Tab tab;

  @BeforeAll
  static void startBrowser() throws IOException, InterruptedException {
    chromium = Chromium.start(profile);
  }

  @AfterAll
  static void endBrowser() {
    chromium.close();
  }

  @BeforeEach
  void startProxy() throws IOException, InterruptedException {
    servers = Memcached.startAll(4);
    admin = FreePorts.next();
    fairlead = serve(admin);
    int port = fairlead.awaitPort("msg=\"listening\" address=\"127.0.0.1:(\\d+)\"");
    load = BrowsingLoad.start(port);
    tab = chromium.open();
  }

  private RunningFairlead serve(int adminPort) throws IOException {
    Path config = folder.resolve("fairlead.yaml");
    Files.writeString(
        config,
        """
        listeners: [{ address: 127.0.0.1:0, pool: main }, { address: 127.0.0.1:0, pool: both }]
        admin: 127.0.0.1:%d
        pools:
          main:
            servers:
              - { name: cache-a, address: 127.0.0.1:%d }
              - { name: cache-b, address: 127.0.0.1:%d }
              - { name: cache-c, address: 127.0.0.1:%d, weight: 2 }
            eject: { failures: 2, time: 60s, at_most: 50 }
          both:
            mode: replicated
            servers:
              - { name: "<img/src=x>", address: 127.0.0.1:%d }
        """
            .formatted(
                adminPort,
                servers.get(0).port(),
                servers.get(1).port(),
                servers.get(2).port(),
                servers.get(3).port()));
    return Launcher.installedIn(Launcher.CHECKOUT).start("serve", "--config", config.toString());
  }

  @AfterEach
  void end() throws IOException {
    load.close();
    fairlead.close();
    servers.forEach(MemcachedServer::close);
  }

  private void open(int width, int height, String scheme) {
    tab.resize(width, height);
    tab.prefer(scheme);
    tab.go("http://127.0.0.1:" + admin + "/");
    tab.until(SERVER_ROWS + ".length === 4");
    tab.until("document.querySelectorAll('.ring path').length > 50");
  }

  private String tile(String name) {
    return "[..."
        + TILES
        + "].find(t => t.firstChild.textContent === '"
        + name
        + "')"
        + ".lastChild.textContent";
  }

  @Test
  void numbersMoveUnderLoad() {
    open(1280, 900, "light");

    tab.until("parseFloat(" + tile("requests/s") + ") > 10");
    tab.until("parseFloat(" + tile("hit rate") + ") > 5");
    String before = tab.text(THROUGHPUT);
    tab.until(THROUGHPUT + " !== '" + before + "'");
    assertThat(tab.text("document.title")).endsWith(" · Fairlead");
    assertThat(tab.text("document.getElementById('phase').textContent")).isEqualTo("ready");
    assertThat(tab.text("document.querySelector('.ring text').textContent")).isEqualTo("3/3");
    assertThat(tab.complaints()).isEmpty();
  }

  @Test
  void showsAServerThatIsEjectedAndWhy() {
    open(1280, 900, "light");
    servers.get(1).close();

    String state = "document.querySelectorAll('.pool tbody tr')[1].cells[1].textContent";
    tab.until("/^(ejected|probing)connect/.test(" + state + ")");
    tab.until("document.querySelector('.ring text').textContent === '2/3'");
    tab.until("document.querySelectorAll('.ring path.out').length > 10");
    tab.until("/server state.*cache-b/s.test(document.getElementById('events').textContent)");
    assertThat(tab.complaints()).isEmpty();
  }

  @Test
  void showsWhichKeysAreHot() {
    open(1280, 900, "light");

    tab.until(HOT_KEYS + ".length > 0");
    assertThat(tab.text(HOT_KEYS + "[0].cells[0].textContent")).startsWith("user:");
    tab.until("/µs|ms/.test(" + tile("p99") + ")");
    assertThat(tab.complaints()).isEmpty();
  }

  @Test
  void namesAreTextAndNothingElse() {
    open(1280, 900, "light");

    tab.until("document.body.innerText.includes('<img/src=x>')");
    assertThat(tab.number("document.querySelectorAll('img').length")).isZero();
  }

  @Test
  void asksNobodyButTheProxy() {
    open(1280, 900, "light");

    assertThat(tab.requests())
        .isNotEmpty()
        .allMatch(url -> url.startsWith("http://127.0.0.1:" + admin + "/"));
    assertThat(tab.complaints()).isEmpty();
  }

  @Test
  void isOneSmallDocumentWithAStrictPolicy() throws IOException, InterruptedException {
    HttpResponse<byte[]> page =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + admin + "/")).build(),
                BodyHandlers.ofByteArray());

    assertThat(page.body()).hasSizeLessThanOrEqualTo(LARGEST_BYTES);
    assertThat(page.headers().firstValue("content-security-policy"))
        .hasValueSatisfying(
            policy ->
                assertThat(policy)
                    .startsWith("default-src 'none'; script-src 'sha256-")
                    .contains("frame-ancestors 'none'")
                    .doesNotContain("unsafe"));
  }

  @ParameterizedTest
  @ValueSource(ints = {360, 768, 1280, 2560})
  void fitsAnyWidth(int width) {
    open(width, 800, "light");

    assertThat(tab.number("document.documentElement.scrollWidth")).isLessThanOrEqualTo(width);
  }

  @Test
  void isDarkForThoseWhoPreferThat() {
    open(1280, 900, "dark");
    String background = "getComputedStyle(document.body).backgroundColor";
    String dark = tab.text(background);

    tab.text("document.getElementById('theme').click()");

    assertThat(dark).isEqualTo("rgb(13, 19, 26)");
    assertThat(tab.text(background)).isEqualTo("rgb(244, 246, 248)");
    tab.prefer("light");
    assertThat(tab.text(background)).isEqualTo("rgb(244, 246, 248)");
  }

  @Test
  void keyboardReachesEverythingAndSorts() {
    open(1280, 900, "light");
    tab.press("Tab", 9);
    assertThat(tab.text("document.activeElement.className")).isEqualTo("skip");

    String column = "document.activeElement.closest('th')";
    for (int i = 0; i < 30 && !tab.isTrue(column + "?.textContent === 'share'"); i++) {
      tab.press("Tab", 9);
    }
    tab.press("Enter", 13);

    assertThat(tab.text(column + ".getAttribute('aria-sort')")).isEqualTo("descending");
    assertThat(tab.text(SERVER_ROWS + "[0].cells[0].textContent")).isEqualTo("cache-c");
    tab.press("Enter", 13);
    assertThat(tab.text(column + ".getAttribute('aria-sort')")).isEqualTo("ascending");
  }

  @Test
  void saysThatTheProxyIsGoneAndGoesOnWhenItIsBack() throws IOException, InterruptedException {
    open(1280, 900, "light");
    fairlead.kill();
    tab.until("!document.getElementById('note').hidden");
    assertThat(tab.text("document.getElementById('phase').textContent")).isEqualTo("no connection");

    fairlead = serve(admin);
    fairlead.await("msg=\"ready\"");

    tab.until("document.getElementById('note').hidden");
    tab.until("document.getElementById('phase').textContent === 'ready'");
  }

  @ParameterizedTest
  @ValueSource(ints = {360, 1280})
  void looksLikeThePictureInTheDocs(int width) throws IOException {
    open(width, 900, "light");
    tab.until(HOT_KEYS + ".length > 0");
    tab.until(
        THROUGHPUT + "?.split('L').length > " + (Boolean.getBoolean("fairlead.write") ? 25 : 3));
    int height = tab.number("document.documentElement.scrollHeight");
    Path picture =
        Boolean.getBoolean("fairlead.write")
            ? Launcher.CHECKOUT.resolve("docs/page-" + width + ".png")
            : folder.resolve("page.png");

    tab.screenshot(picture, width, height);

    assertThat(picture).isNotEmptyFile();
    assertThat(Launcher.CHECKOUT.resolve("docs/page-" + width + ".png")).isNotEmptyFile();
  }
}
