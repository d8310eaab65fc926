package io.fairlead.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.Address;
import io.fairlead.config.DiscoverySettings;
import io.fairlead.config.Identity;
import io.fairlead.config.PoolSettings;
import io.fairlead.config.ServerSettings;
import io.fairlead.config.SourcePlace;
import io.fairlead.config.SourceSettings;
import io.fairlead.config.SourceText;
import io.fairlead.faults.Await;
import io.fairlead.it.LeakCheck;
import io.fairlead.testkit.ApiServer;
import io.fairlead.testkit.MemcachedProcess;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that an API server lists, whatever becomes of it. */
@ExtendWith(LeakCheck.class)
class KubernetesIT {
  private static final String PASSWORD = "secret";

  @TempDir private Path folder;

  private ApiServer api;

  @BeforeEach
  void start() throws IOException {
    api = ApiServer.start();
    Files.writeString(folder.resolve("token"), "t\n");
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private static String twoPods() {
    return slice(
        pod("cache-0", "10.0.0.1", "true", "true"), pod("cache-1", "10.0.0.2", "true", "true"));
  }

  @Test
  void podsComeMoveAndStay() {
    api.put("s1", twoPods());
    try (DiscoveringProxy proxy = proxy()) {
      assertThat(proxy.servers()).containsExactly("cache-0", "cache-1");
      awaitWatch();

      api.put(
          "s1",
          slice(
              pod("cache-0", "10.0.0.1", "false", "false"),
              pod("cache-1", "10.0.0.3", "true", "true")));
      awaitAddress(proxy, 1, "10.0.0.3");
      assertThat(address(proxy, 0)).isEqualTo("10.0.0.1");

      api.put("s1", slice(pod("cache-1", "10.0.0.3", "true", "true")));
      Await.until("cache-0 is missing", () -> proxy.source().missing() == 1);
      assertThat(proxy.servers()).containsExactly("cache-0", "cache-1");

      api.put(
          "s1",
          slice(
              pod("cache-0", "10.0.0.9", "false", "false"),
              pod("cache-1", "10.0.0.3", "true", "true")));
      Await.until("cache-0 is listed", () -> proxy.source().missing() == 0);
      assertThat(address(proxy, 0)).isEqualTo("10.0.0.1");

      api.put(
          "s1",
          slice(
              pod("cache-0", "10.0.0.9", "true", "true"),
              pod("cache-1", "10.0.0.3", "true", "true")));
      awaitAddress(proxy, 0, "10.0.0.9");
    }
  }

  @Test
  void listsPageByPageAndTheWatchGoesOnFromABookmark() {
    for (int i = 0; i < 5; i++) {
      api.put("s" + i, slice(pod("cache-" + i, "10.0.0." + i, "true", "true")));
    }
    try (DiscoveringProxy proxy = proxy()) {
      assertThat(proxy.servers()).hasSize(5);
      assertThat(api.requests()).filteredOn(request -> request.contains("continue=")).hasSize(2);
      awaitWatch();
      int bookmark = api.bookmark();
      endWatchThatHasLasted();
      assertThat(api.watchedFrom()).last().isEqualTo(bookmark);
      api.remove("s4");
      Await.until("one is missing", () -> proxy.source().missing() == 1);
      assertThat(proxy.servers()).hasSize(5);
      assertThat(proxy.source().failures()).isZero();
    }
  }

  @Test
  void watchThatIsCutOffInALineGoesOnWithWhatHasHappenedMeanwhile() {
    api.put("s1", slice(pod("cache-0", "10.0.0.1", "true", "true")));
    try (DiscoveringProxy proxy = proxy()) {
      awaitWatch();
      awaitThatItLasts();

      api.cutOff();
      api.put("s1", slice(pod("cache-0", "10.0.0.2", "true", "true")));

      awaitAddress(proxy, 0, "10.0.0.2");
      assertThat(lists()).isEqualTo(1);
      assertThat(proxy.source().failures()).isZero();
    }
  }

  @Test
  void watchThatIsCutOffAgainAndAgainIsAFailure() {
    api.put("s1", slice(pod("cache-0", "10.0.0.1", "true", "true")));
    try (DiscoveringProxy proxy = proxy()) {
      awaitWatch();
      awaitThatItLasts();
      api.cutOff();
      awaitWatch();
      api.cutOff();

      proxy.awaitState(SourceStatus.State.FAILING);
      assertThat(proxy.servers()).containsExactly("cache-0");
      proxy.awaitState(SourceStatus.State.OK);
      assertThat(lists()).isEqualTo(2);
    }
  }

  @Test
  void watchThatTellsByteByByteIsUnderstood() {
    api.slow(true);
    api.put("s1", slice(pod("cache-0", "10.0.0.1", "true", "true")));
    try (DiscoveringProxy proxy = proxy()) {
      awaitWatch();

      api.put("s1", slice(pod("cache-0", "10.0.0.2", "true", "true")));

      awaitAddress(proxy, 0, "10.0.0.2");
      assertThat(proxy.source().failures()).isZero();
    }
  }

  @Test
  void listThatDoesNotEndIsAskedForAgain() throws Exception {
    api.put("s1", slice(pod("cache-0", "10.0.0.1", "true", "true")));
    api.stall(true);
    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    try (Source source = source(group.next(), told)) {
      group.submit(source::start).get();
      assertThat(told.poll(10, TimeUnit.SECONDS)).contains("TimeoutException");

      api.stall(false);

      Await.until("it is listed", () -> "[cache-0]".equals(told.poll()));
    } finally {
      group.shutdownGracefully(0, 2, TimeUnit.SECONDS).get();
    }
  }

  /** The source alone, with an API server that is not waited for as long. */
  private Source source(EventLoop loop, BlockingQueue<String> told) {
    return new KubernetesSource(
        new SourcePlace.Kubernetes("ns", "cache", null),
        Identity.HOSTNAME,
        "cluster.local",
        new KubernetesApi(api.uri(), folder, Duration.ofMillis(300)),
        loop,
        new Source.Listener() {
          @Override
          public void onServers(List<ServerSettings> servers) {
            told.add(servers.stream().map(ServerSettings::name).toList().toString());
          }

          @Override
          public void onSomeServers(List<ServerSettings> servers) {
            onServers(servers);
          }

          @Override
          public void onFailure(String reason) {
            told.add(reason);
          }
        });
  }

  @Test
  void slicesThatAreMadeAnewChangeNothing() {
    api.put("s1", slice(pod("cache-0", "10.0.0.1", "true", "true")));
    api.put("s2", slice(pod("cache-1", "10.0.0.2", "true", "true")));
    try (DiscoveringProxy proxy = proxy()) {
      awaitWatch();
      long changes = proxy.source().changes();

      api.remove("s1");
      api.remove("s2");
      proxy.awaitState(SourceStatus.State.FAILING);
      assertThat(proxy.source().problem()).contains("no servers");
      assertThat(proxy.servers()).containsExactly("cache-0", "cache-1");
      api.put("s3", slice(pod("cache-1", "10.0.0.2", "true", "true")));
      api.put("s4", slice(pod("cache-0", "10.0.0.1", "true", "true")));

      proxy.awaitState(SourceStatus.State.OK);
      Await.until("none is missing", () -> proxy.source().missing() == 0);
      assertThat(proxy.source().changes()).isEqualTo(changes);
      assertThat(proxy.servers()).containsExactly("cache-0", "cache-1");
    }
  }

  @Test
  void emptyListTakesNobodyOut() {
    api.put("s1", slice(pod("cache-0", "10.0.0.1", "true", "true")));
    try (DiscoveringProxy proxy = proxy()) {
      awaitWatch();

      api.remove("s1");
      api.forget();
      api.breakOff();

      Await.until("it is listed again", () -> lists() == 2);
      proxy.awaitState(SourceStatus.State.FAILING);
      assertThat(proxy.servers()).containsExactly("cache-0");
      assertThat(proxy.source().missing()).isZero();
    }
  }

  @Test
  void podOfTwoFamiliesIsReachedByIpv4() {
    api.put("s6", slice(pod("cache-0", "fd00::1", "true", "true")).replace("IPv4", "IPv6"));
    try (DiscoveringProxy proxy = proxy()) {
      assertThat(address(proxy, 0)).isEqualTo("fd00::1");
      awaitWatch();

      api.put("s7", slice(pod("cache-0", "10.0.0.1", "true", "true")));

      awaitAddress(proxy, 0, "10.0.0.1");
      assertThat(proxy.servers()).containsExactly("cache-0");
    }
  }

  @Test
  void listsAgainWhenItsVersionIsTooOld() {
    api.put("s1", slice(pod("cache-0", "10.0.0.1", "true", "true")));
    try (DiscoveringProxy proxy = proxy()) {
      awaitWatch();
      api.putUnseen("s2", slice(pod("cache-1", "10.0.0.2", "true", "true")));
      proxy.awaitServers("cache-0", "cache-1");
      awaitWatch();

      api.forget();
      api.breakOff();
      api.put("s3", slice(pod("cache-2", "10.0.0.3", "true", "true")));
      proxy.awaitServers("cache-0", "cache-1", "cache-2");
    }
  }

  @Test
  void failingApiServerTakesNobodyOut() {
    api.put("s1", slice(pod("cache-0", "10.0.0.1", "true", "true")));
    try (DiscoveringProxy proxy = proxy()) {
      awaitWatch();
      api.status(403);
      api.breakOff();
      proxy.awaitState(SourceStatus.State.FAILING);
      Await.until("it is refused", () -> String.valueOf(proxy.source().problem()).contains("403"));
      assertThat(proxy.servers()).containsExactly("cache-0");

      api.status(200);
      api.put("s1", slice(pod("cache-0", "10.0.0.2", "true", "true")));
      awaitAddress(proxy, 0, "10.0.0.2");
    }
  }

  @Test
  void tokenIsReadAgain() throws IOException {
    api.put("s1", slice(pod("cache-0", "10.0.0.1", "true", "true")));
    api.token("new");
    try (DiscoveringProxy proxy = proxy()) {
      assertThat(proxy.source().problem()).contains("does not know the token");

      Files.writeString(folder.resolve("token"), "new");

      proxy.awaitServers("cache-0");
    }
  }

  @Test
  void tokenThatIsExchangedIsUsedForTheNextWatch() throws IOException {
    api.put("s1", slice(pod("cache-0", "10.0.0.1", "true", "true")));
    try (DiscoveringProxy proxy = proxy()) {
      awaitWatch();
      Files.writeString(folder.resolve("token"), "new");
      api.token("new");

      endWatchThatHasLasted();

      assertThat(lists()).isEqualTo(1);
      assertThat(proxy.source().failures()).isZero();
    }
  }

  @Test
  void certificatesOfTheServiceAccountAreTheOnesThatCount() throws Exception {
    SSLContext tls = ownAuthority();
    api.close();
    api = ApiServer.start(tls);
    api.put("s1", slice(pod("cache-0", "10.0.0.1", "true", "true")));
    Path authority = folder.resolve("ca.crt");
    Path hidden = Files.move(authority, folder.resolve("hidden"));
    try (DiscoveringProxy proxy = proxy()) {
      assertThat(proxy.source().problem()).contains("ca.crt");

      Files.move(hidden, authority);

      proxy.awaitServers("cache-0");
    }
  }

  @Test
  void requestsReachThePod() {
    try (MemcachedProcess server = MemcachedProcess.start();
        DiscoveringProxy proxy = proxy("k8s://ns/cache:" + server.port())) {
      proxy.client().send("get k\r\n").expect("SERVER_ERROR no servers\r\n");
      api.put("s1", slice(pod("cache-0", "127.0.0.1", "true", "true")));

      Await.until("it is served", proxy::answersGet);
    }
  }

  /** A StatefulSet of no pods has a slice of none, which the API writes as null. */
  @ParameterizedTest
  @ValueSource(strings = {"[]", "null"})
  void serviceWithoutPodsIsServedWhenTheFirstOneComes(String none) {
    api.put("s1", slice().replace("\"endpoints\": []", "\"endpoints\": " + none));
    try (MemcachedProcess server = MemcachedProcess.start();
        DiscoveringProxy proxy = proxy("k8s://ns/cache:" + server.port())) {
      proxy.client().send("get k\r\n").expect("SERVER_ERROR no servers\r\n");
      assertThat(proxy.source().problem()).contains("no servers");

      api.put("s1", slice(pod("cache-0", "127.0.0.1", "true", "true")));

      Await.until("it is served", proxy::answersGet);
      assertThat(proxy.source().state()).isEqualTo(SourceStatus.State.OK);
    }
  }

  /** As while a controller moves it from one to the other. */
  @Test
  void podThatTwoSlicesNameIsOneServer() {
    api.put("s1", slice(pod("cache-0", "10.0.0.1", "true", "true")));
    api.put("s2", twoPods());
    try (DiscoveringProxy proxy = proxy()) {
      assertThat(proxy.servers()).containsExactly("cache-0", "cache-1");
      awaitWatch();

      api.put("s1", slice());
      api.put("s3", slice(pod("cache-2", "10.0.0.3", "true", "true")));

      proxy.awaitServers("cache-0", "cache-1", "cache-2");
      assertThat(proxy.source().missing()).isZero();
    }
  }

  private DiscoveringProxy proxy() {
    return proxy("k8s://ns/cache");
  }

  private DiscoveringProxy proxy(String url) {
    PoolSettings pool =
        PoolSettings.with("p", PoolSettings.Mode.SHARDED, List.of())
            .preconnect(false)
            .discovery(
                new DiscoverySettings(
                    List.of(SourceSettings.at(SourceText.parse(url))), Duration.ofSeconds(60)))
            .build();
    return DiscoveringProxy.start(pool, folder, api.uri());
  }

  private void awaitWatch() {
    Await.until("it is watched", () -> api.watches() == 1);
  }

  /** Only one that has lasted for a second is taken up again at once. */
  private void endWatchThatHasLasted() {
    awaitThatItLasts();
    int before = api.watchedFrom().size();
    api.breakOff();
    Await.until("it is watched again", () -> api.watchedFrom().size() > before);
    awaitWatch();
  }

  private static void awaitThatItLasts() {
    long start = System.nanoTime();
    Await.until("a second is over", () -> System.nanoTime() - start > 1_100_000_000L);
  }

  private long lists() {
    return api.requests().stream()
        .filter(request -> !request.contains("watch=true") && !request.contains("continue="))
        .count();
  }

  private static void awaitAddress(DiscoveringProxy proxy, int server, String address) {
    Await.until(address + " is used", () -> address(proxy, server).equals(address));
  }

  private static String address(DiscoveringProxy proxy, int server) {
    ServerSettings settings = proxy.settings().pools().get(0).servers().get(server);
    return ((Address.Tcp) settings.address()).host();
  }

  private static String slice(String... pods) {
    return """
    "addressType": "IPv4", "ports": [{"name": "memcache", "port": 11211}], "endpoints": [%s]\
    """
        .formatted(String.join(",", pods));
  }

  private static String pod(String name, String address, String ready, String serving) {
    return """
    {"addresses": ["%s"], "hostname": "%s", "nodeName": "n",
     "conditions": {"ready": %s, "serving": %s, "terminating": false},
     "targetRef": {"kind": "Pod", "name": "%s-x"}}\
    """
        .formatted(address, name, ready, serving, name)
        .replace("\n", " ");
  }

  /** A certificate for this machine that nobody else has signed, and its text for clients. */
  private SSLContext ownAuthority() throws Exception {
    Path store = folder.resolve("keys.p12");
    String[] command = {
      Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
      "-genkeypair",
      "-keyalg",
      "EC",
      "-alias",
      "api",
      "-dname",
      "CN=api",
      "-ext",
      "san=ip:127.0.0.1",
      "-keystore",
      store.toString(),
      "-storetype",
      "PKCS12",
      "-storepass",
      PASSWORD
    };
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    String encoded =
        Base64.getMimeEncoder().encodeToString(keys.getCertificate("api").getEncoded());
    Files.writeString(
        folder.resolve("ca.crt"),
        "-----BEGIN CERTIFICATE-----\n" + encoded + "\n-----END CERTIFICATE-----\n");
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(managers.getKeyManagers(), null, null);
    return tls;
  }
}
