package io.fairlead.server.warmup;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.fairlead.config.Address;
import io.fairlead.config.AdminSettings;
import io.fairlead.config.ConfigLoader;
import io.fairlead.config.ListenerSettings;
import io.fairlead.config.LoadOptions;
import io.fairlead.config.ProxySettings;
import io.fairlead.dialect.FileLoader;
import io.fairlead.server.Conversation;
import io.fairlead.server.command.UserError;
import io.fairlead.server.process.ProxyProcess;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

class WarmUpIT {
  private static final Path EXAMPLES =
      Path.of(System.getProperty("basedir", ".")).resolve("../config-examples");

  private static final String READYZ = "GET /readyz HTTP/1.0\r\n\r\n";

  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @BeforeEach
  void listen() {
    log.start();
    root.addAppender(log);
  }

  @AfterEach
  void stopListening() {
    root.detachAppender(log);
  }

  /** Without names, the look-up of which would be logged when the proxy is long gone. */
  private static ProxySettings settings() {
    return ConfigLoader.read(
            "pools: { main: { servers: [127.0.0.1:1, 127.0.0.1:2] } }", "fairlead.yaml")
        .settings();
  }

  private static WarmUp warmUp(long millis, WarmUp.Opening opening) {
    return new WarmUp(Duration.ofMillis(millis), opening);
  }

  /** Lines from INFO on. */
  private List<String> lines() {
    return List.copyOf(log.list).stream()
        .filter(event -> event.getLevel().isGreaterOrEqual(Level.INFO))
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().matches("(warm-up|fairlead-).*"))
        .collect(Collectors.toSet());
  }

  @Test
  void practisesForAsLongAsItMayAndSaysSoOnce() {
    Set<Thread> before = threads();
    WarmUp warmUp = warmUp(500, () -> new Practice(settings()));

    warmUp.run();
    warmUp.run();

    assertThat(lines()).containsExactly("warmed up");
    assertThat(log.list)
        .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.INFO))
        .singleElement()
        .satisfies(
            event ->
                assertThat(Long.parseLong(event.getKeyValuePairs().get(1).value.toString()))
                    .isGreaterThan(100));
    assertThat(threads()).isSubsetOf(before);
  }

  static Stream<Path> examples() throws IOException {
    try (Stream<Path> files = Files.walk(EXAMPLES)) {
      return files
          .filter(Files::isRegularFile)
          .filter(WarmUpIT::isWhole)
          .sorted()
          .toList()
          .stream();
    }
  }

  private static boolean isWhole(Path example) {
    return !example.toString().contains("/monitoring/") // these are not for Fairlead
        && !example.getFileName().toString().startsWith("two-regions");
  }

  @ParameterizedTest
  @MethodSource("examples")
  void practisesWithEveryExampleOfAConfiguration(Path file) throws Exception {
    ProxySettings settings = FileLoader.read(file, LoadOptions.NONE).settings();

    warmUp(150, () -> new Practice(settings)).run();

    assertThat(lines()).containsExactly("warmed up");
  }

  @Test
  void aFailureIsAWarningAndTheProxyIsReadyAllTheSame() throws Exception {
    ProxySettings settings =
        settings()
            .change()
            .listeners(List.of(ListenerSettings.of(anyPort(), "main")))
            .admin(AdminSettings.at(anyPort()))
            .build();
    WarmUp failing =
        warmUp(
            5_000,
            () -> {
              throw new IOException("Too many open files");
            });
    try (ProxyProcess process = ProxyProcess.start(settings, null, null, failing)) {
      int admin = Objects.requireNonNull(process.adminAddress()).getPort();
      assertThat(Conversation.with(admin, READYZ)).contains(" 503 ", "starting");

      process.announce(settings);

      assertThat(Conversation.with(admin, READYZ)).contains(" 200 ");
    }
    assertThat(lines()).containsOnlyOnce("not warmed up, the first requests take longer", "ready");
  }

  private static Address.Tcp anyPort() {
    return new Address.Tcp("127.0.0.1", 0);
  }

  @Test
  void aWarningSaysWhy() {
    warmUp(
            5_000,
            () -> {
              throw new IOException("Too many open files");
            })
        .run();

    assertThat(lines()).containsExactly("not warmed up, the first requests take longer");
    assertThat(log.list.get(0).getKeyValuePairs().get(0).value)
        .asString()
        .endsWith("Too many open files");
  }

  @Test
  void soIsAnErrorOfJava() {
    warmUp(
            5_000,
            () -> {
              throw new OutOfMemoryError("for the test");
            })
        .run();

    assertThat(lines()).containsExactly("not warmed up, the first requests take longer");
  }

  @Test
  void nothingMakesItLastLongerThanItMay() throws Exception {
    Set<Thread> before = threads();
    long begin = System.nanoTime();

    warmUp(300, () -> new Practice(slow())).run(); // which answers nothing

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
    assertThat(lines()).containsExactly("warmed up");
    assertThat(threads()).isSubsetOf(before);
  }

  private static ProxySettings slow() {
    return ConfigLoader.read(
            """
            listeners: [{ address: "127.0.0.1:5000", route: nowhere }]
            pools: { main: { servers: [a] } }
            routes: { nowhere: { delay: main, before: 60s } }
            """,
            "fairlead.yaml")
        .settings();
  }

  @Test
  void whoStopsItIsNotKeptWaitingAndNothingIsSaid() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    WarmUp warmUp =
        warmUp(
            60_000,
            () -> {
              begun.countDown();
              return new Practice(settings());
            });
    Thread running = new Thread(warmUp::run);
    running.start();
    begun.await();

    warmUp.stop();
    running.join(5_000);

    assertThat(running.isAlive()).isFalse();
    assertThat(lines()).isEmpty();
  }

  @Test
  void doesNotBeginWhenItIsNotWanted() throws UserError {
    WarmUp stopped = warmUp(60_000, () -> new Practice(settings()));
    stopped.stop();
    stopped.run();
    WarmUp.NONE.run();
    WarmUp.of(settings(), Map.of(WarmUp.VARIABLE, "false")).run();
    WarmUp.of(settings().change().warmUp(Duration.ZERO).build(), Map.of()).run();

    assertThat(lines()).isEmpty();
  }

  @Test
  void theEnvironmentSaysHowLongItMayTake() throws UserError {
    assertThat(WarmUp.time("750ms")).isEqualTo(Duration.ofMillis(750));
    assertThat(WarmUp.time("false")).isZero();
    assertThatThrownBy(() -> WarmUp.time("2"))
        .isInstanceOf(UserError.class)
        .hasMessage("FAIRLEAD_WARM_UP: 2 (expected: a time with its unit, as in 2s, or false)");
  }

  @Test
  void everyKindOfRequestIsAnsweredAsAMemcachedWould() throws Exception {
    try (PracticeServer server = PracticeServer.start();
        Socket client = connect(server)) {
      client
          .getOutputStream()
          .write(
              "get k:3 none k:10\r\nset k:2 0 0 2\r\nxx\r\nms m 1\r\ny\r\nmg m v\r\nmn\r\n"
                  .getBytes(ISO_8859_1));

      String expected =
          "VALUE k:3 0 3\r\n\0\0\0\r\nVALUE k:10 0 10\r\n"
              + "\0".repeat(10)
              + "\r\nEND\r\nSTORED\r\nHD\r\nVA 1\r\ny\r\nMN\r\n";
      byte[] replies = client.getInputStream().readNBytes(expected.length());
      assertThat(new String(replies, ISO_8859_1)).isEqualTo(expected);
    }
  }

  private static Socket connect(PracticeServer server) throws IOException {
    Address.Tcp address = (Address.Tcp) server.address();
    return new Socket(address.host(), address.port());
  }
}
